/** x times a gate that opens from 0 to 1: silu, gelu, and the tanh form of gelu. */
import { geluActivation, geluTanhActivation, siluActivation } from '../kernels/index.js';
import { activation } from './activation.js';

/** Source of the gradient: proofs/activations.md. */
export const silu = activation({
  name: 'silu',
  summary: 'x sigmoid(x) in each cell, also called swish',
  result: 'gated',
  cell: 'x[p@]*sigmoid(x[p@])',
  slope: '(sigmoid(x[p@]) + x[p@]*sigmoid(x[p@])*(1 - sigmoid(x[p@])))',
  kernel: () => siluActivation,
  mistakes: () => [
    { name: 'gate-only', says: 'the gate is taken to be constant', slope: 'sigmoid(x[p@])' },
    {
      name: 'gate-held-open',
      says: 'only the gate is differentiated',
      slope: 'x[p@]*sigmoid(x[p@])*(1 - sigmoid(x[p@]))',
    },
    {
      name: 'x-lost',
      says: 'the factor x before the derivative of the gate is missing',
      slope: '(sigmoid(x[p@]) + sigmoid(x[p@])*(1 - sigmoid(x[p@])))',
    },
  ],
});

/** Source of the gradient: proofs/activations.md. */
export const gelu = activation({
  name: 'gelu',
  summary: 'x times the standard normal distribution function, in each cell',
  result: 'gated',
  cell: 'x[p@]*normcdf(x[p@])',
  slope: '(normcdf(x[p@]) + x[p@]*normpdf(x[p@]))',
  kernel: () => geluActivation,
  mistakes: () => [
    { name: 'gate-only', says: 'the gate is taken to be constant', slope: 'normcdf(x[p@])' },
    { name: 'gate-held-open', says: 'only the gate is differentiated', slope: 'x[p@]*normpdf(x[p@])' },
    {
      name: 'x-lost',
      says: 'the factor x before the density is missing',
      slope: '(normcdf(x[p@]) + normpdf(x[p@]))',
    },
    {
      name: 'density-slope',
      says: 'the density is differentiated once more',
      slope: '(normcdf(x[p@]) - x[p@]^2*normpdf(x[p@]))',
    },
  ],
});

const INNER = 'u[p@<L@] = scale[]*(x[p@] + cubic[]*x[p@]^3)';
const GATE = '(1 + tanh(u[p@]))/2';
const OPENING = '(1 - tanh(u[p@])^2)/2';
const INNER_SLOPE = 'scale[]*(1 + 3*cubic[]*x[p@]^2)';

/** Source of the gradient: proofs/activations.md. */
export const geluTanh = activation({
  name: 'gelu_tanh',
  summary: 'gelu with tanh in place of the distribution function',
  result: 'gated',
  params: { scale: Math.sqrt(2 / Math.PI), cubic: 0.044715 },
  stages: [INNER],
  cell: `x[p@]*${GATE}`,
  slope: `(${GATE} + x[p@]*${OPENING}*${INNER_SLOPE})`,
  kernel: ({ scale, cubic }) => geluTanhActivation(Number(scale), Number(cubic)),
  mistakes: () => [
    { name: 'gate-only', says: 'the gate is taken to be constant', slope: `${GATE}` },
    {
      name: 'inner-lost',
      says: 'the derivative of the argument of tanh is missing',
      slope: `(${GATE} + x[p@]*${OPENING})`,
    },
    {
      name: 'three-lost',
      says: 'the cube is differentiated without its factor 3',
      slope: `(${GATE} + x[p@]*${OPENING}*scale[]*(1 + cubic[]*x[p@]^2))`,
    },
  ],
});
