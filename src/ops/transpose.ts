import { transposeKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { structural } from './structural.js';

/** The first two axes exchanged: batch and channel, or output and input channel. It is its own inverse. */
export const transpose = structural({
  name: 'transpose',
  summary: 'exchanges the first two axes (batch and channel, or output and input channel)',
  output: 'C N L@',
  result: 'transposed',
  params: {},
  definition: 'y[c<C, n<N, p@<L@] = x[n, c, p@]',
  sizes: () => ({}),
  claim: apply('transpose', tensor(COTANGENT)),
  kernel: x => transposeKernel(x),
  mistakes: () => [{ name: 'not-transposed', says: 'yBar is not transposed back', claim: tensor(COTANGENT) }],
  // The second example lets the mistake keep its shape.
  examples: () => [
    { shapes: { x: [2, 3, 4] }, params: {} },
    { shapes: { x: [3, 3, 2, 4] }, params: {} },
  ],
  badCalls: () => [{ shapes: { x: [3] }, params: {}, code: 'rank-mismatch' }],
});
