/** The exponential function and the natural logarithm, cell by cell. */
import { expActivation, logActivation } from '../kernels/index.js';
import { activation } from './activation.js';

/** Source of the gradient: proofs/activations.md. */
export const exp = activation({
  name: 'exp',
  summary: 'the exponential function in each cell',
  result: 'exponentials',
  cell: 'exp(x[p@])',
  slope: 'y[p@]',
  kernel: () => expActivation,
  mistakes: () => [
    { name: 'at-the-input', says: 'x stands where y belongs', slope: 'x[p@]' },
    { name: 'power-rule', says: 'the rule of powers is used: x exp(x)', slope: 'x[p@]*y[p@]' },
    { name: 'passed-through', says: 'yBar passes unchanged', slope: '1' },
  ],
});

/** Where x is 0 or below there is no value. Source of the gradient: proofs/activations.md. */
export const log = activation({
  name: 'log',
  summary: 'the natural logarithm in each cell',
  result: 'logarithms',
  cell: 'log(x[p@])',
  slope: '(1/x[p@])',
  kernel: () => logActivation,
  mistakes: () => [
    { name: 'at-the-output', says: 'y stands where x belongs', slope: '(1/y[p@])' },
    { name: 'not-inverted', says: 'x is not inverted', slope: 'x[p@]' },
    { name: 'sign-turned', says: 'the sign is turned', slope: '(0 - 1/x[p@])' },
  ],
});
