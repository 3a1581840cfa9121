/** sigmoid, tanh and softplus, whose derivatives are written with their own values. */
import { sigmoidActivation, softplusActivation, tanhActivation } from '../kernels/index.js';
import { activation } from './activation.js';

/** Source of the gradient: proofs/activations.md. */
export const sigmoid = activation({
  name: 'sigmoid',
  summary: 'the logistic function 1/(1 + exp(-x)) in each cell',
  result: 'squashed',
  cell: 'sigmoid(x[p@])',
  slope: 'y[p@]*(1 - y[p@])',
  kernel: () => sigmoidActivation,
  mistakes: () => [
    { name: 'factor-lost', says: 'the factor y is missing', slope: '(1 - y[p@])' },
    { name: 'other-factor-lost', says: 'the factor 1 - y is missing', slope: 'y[p@]' },
    { name: 'at-the-input', says: 'x stands where y belongs', slope: 'x[p@]*(1 - x[p@])' },
    {
      name: 'applied-twice',
      says: 'sigmoid is applied to y again',
      slope: 'sigmoid(y[p@])*(1 - sigmoid(y[p@]))',
    },
    { name: 'tanh-rule', says: 'the rule of tanh is used', slope: '(1 - y[p@]^2)' },
  ],
});

/** Source of the gradient: proofs/activations.md. */
export const tanh = activation({
  name: 'tanh',
  summary: 'the hyperbolic tangent in each cell',
  result: 'squashed',
  cell: 'tanh(x[p@])',
  slope: '(1 - y[p@]^2)',
  kernel: () => tanhActivation,
  mistakes: () => [
    { name: 'square-lost', says: 'y is not squared', slope: '(1 - y[p@])' },
    { name: 'at-the-input', says: 'x stands where y belongs', slope: '(1 - x[p@]^2)' },
    { name: 'sigmoid-rule', says: 'the rule of sigmoid is used', slope: 'y[p@]*(1 - y[p@])' },
    { name: 'sign-lost', says: 'y² is added, as for the tangent', slope: '(1 + y[p@]^2)' },
  ],
});

/** Source of the gradient: proofs/activations.md. */
export const softplus = activation({
  name: 'softplus',
  summary: 'log(1 + exp(x)) in each cell',
  result: 'smoothed',
  cell: 'log(1 + exp(x[p@]))',
  slope: 'sigmoid(x[p@])',
  kernel: () => softplusActivation,
  mistakes: () => [
    { name: 'inner-lost', says: 'the inner derivative exp(x) is missing', slope: '(1/(1 + exp(x[p@])))' },
    { name: 'outer-lost', says: 'the derivative of the logarithm is missing', slope: 'exp(x[p@])' },
    { name: 'at-the-output', says: 'y stands where x belongs', slope: 'sigmoid(y[p@])' },
    {
      name: 'slope-of-sigmoid',
      says: 'the derivative of sigmoid is used',
      slope: 'sigmoid(x[p@])*(1 - sigmoid(x[p@]))',
    },
  ],
});
