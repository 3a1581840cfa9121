import { channelSumKernel, linearInputVjp, linearKernel, linearWeightVjp } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { defineOperator } from './operator.js';

const [X, W, UPSTREAM] = [tensor('x'), tensor('w'), tensor(COTANGENT)];

/** A dense layer: one row of w, and one bias, for each output. Source of the gradients: proofs/dense.md. */
export const linear = defineOperator<'x' | 'w' | 'b'>({
  name: 'linear',
  summary: 'dense layer: x times the transposed w, and a bias',
  rank: 0,
  inputs: { x: 'N I', w: 'O I', b: 'O' },
  optional: ['b'],
  output: 'N O',
  result: 'layer',
  params: {},
  letters: {},
  modes: {},
  domain: () => [],
  definition: () => 'y[n<N, o<O] = sum(i<I) x[n, i] * w[o, i] + b[o]',
  sizes: () => ({}),
  claims: () => ({
    x: apply('matmul', { x: UPSTREAM, w: W }),
    w: apply('matmul', { x: apply('transpose', UPSTREAM), w: X }),
    b: apply('channel_sum', UPSTREAM),
  }),
  kernel: {
    forward: ({ x, w, b }, _call, options) => linearKernel(x!, w!, b, options),
    vjp: {
      x: (yBar, { w }, _call, options) => linearInputVjp(yBar, w!, options),
      w: (yBar, { x }, _call, options) => linearWeightVjp(yBar, x!, options),
      b: yBar => channelSumKernel(yBar),
    },
  },
  mistakes: () => [
    {
      name: 'transposed-w',
      says: 'w is transposed as in the forward pass',
      wrt: 'x',
      claim: () => apply('matmul', { x: UPSTREAM, w: apply('transpose', W) }),
    },
    {
      name: 'transposed-result',
      says: 'the gradient is transposed',
      wrt: 'w',
      claim: () => apply('matmul', { x: apply('transpose', X), w: UPSTREAM }),
    },
  ],
  // The second example lets the mistakes keep their shape.
  examples: () => [
    { shapes: { x: [2, 3], w: [4, 3], b: [4] }, params: {} },
    { shapes: { x: [2, 3], w: [3, 3] }, params: {} },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3], w: [3, 4] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3], w: [4, 3], b: [3] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 1], w: [4, 3] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3] }, params: {}, code: 'missing-input' },
    { shapes: { x: [2, 3], w: [4, 3] }, params: { bias: 1 }, code: 'unknown-parameter' },
  ],
});
