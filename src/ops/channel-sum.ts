import { channelSumKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { structural } from './structural.js';

/** The sum over batch and positions, per channel: the gradient of a bias. */
export const channelSum = structural({
  name: 'channel_sum',
  summary: 'sums over batch and positions, per channel (the gradient of a bias)',
  output: 'C',
  result: 'summed',
  params: {},
  definition: 'y[c<C] = sum(n<N, p@<L@) x[n, c, p@]',
  sizes: () => ({}),
  claim: apply('channel_spread', tensor(COTANGENT), { batch: 'N', length: 'L@' }),
  kernel: x => channelSumKernel(x),
  mistakes: () => [
    {
      name: 'last-position-lost',
      says: 'the last position of each axis gets no gradient',
      claim: apply('pad', apply('channel_spread', tensor(COTANGENT), { batch: 'N', length: 'L@ - 1' }), {
        before: '0',
        after: '1',
      }),
    },
  ],
  examples: () => [{ shapes: { x: [2, 3, 4, 5] }, params: {} }],
  badCalls: () => [{ shapes: { x: [3] }, params: {}, code: 'rank-mismatch' }],
});
