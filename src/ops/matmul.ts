import { matmulKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { defineOperator } from './operator.js';

const [X, W, UPSTREAM] = [tensor('x'), tensor('w'), tensor(COTANGENT)];

/** The product of two matrices. Source of the gradients: proofs/dense.md. */
export const matmul = defineOperator<'x' | 'w'>({
  name: 'matmul',
  summary: 'the product of two matrices',
  rank: 0,
  inputs: { x: 'N K', w: 'K M' },
  optional: [],
  output: 'N M',
  result: 'product',
  params: {},
  letters: {},
  modes: {},
  domain: () => [],
  definition: () => 'y[n<N, m<M] = sum(k<K) x[n, k] * w[k, m]',
  sizes: () => ({}),
  claims: () => ({
    x: apply('matmul', { x: UPSTREAM, w: apply('transpose', W) }),
    w: apply('matmul', { x: apply('transpose', X), w: UPSTREAM }),
  }),
  kernel: { forward: ({ x, w }, _call, options) => matmulKernel(x!, w!, options), vjp: {} },
  mistakes: () => [
    {
      name: 'untransposed-w',
      says: 'w is not transposed',
      wrt: 'x',
      claim: () => apply('matmul', { x: UPSTREAM, w: W }),
    },
    {
      name: 'wrong-order',
      says: 'the factors are exchanged: the transposed w stands before yBar',
      wrt: 'x',
      claim: () => apply('matmul', { x: apply('transpose', W), w: UPSTREAM }),
    },
    {
      name: 'untransposed-x',
      says: 'x is not transposed',
      wrt: 'w',
      claim: () => apply('matmul', { x: X, w: UPSTREAM }),
    },
    {
      name: 'transposed-result',
      says: 'the gradient is transposed',
      wrt: 'w',
      claim: () => apply('matmul', { x: apply('transpose', UPSTREAM), w: X }),
    },
  ],
  // The second example lets the mistakes keep their shape.
  examples: () => [
    { shapes: { x: [2, 3], w: [3, 4] }, params: {} },
    { shapes: { x: [3, 3], w: [3, 3] }, params: {} },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3], w: [4, 3] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], w: [3, 4] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3] }, params: {}, code: 'missing-input' },
    { shapes: { x: [2, 3], w: [3, 4] }, params: { step: 1 }, code: 'unknown-parameter' },
  ],
});
