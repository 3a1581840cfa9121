import { channelSpreadKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { integers, named, offsets, wrongValue } from './parameters.js';
import { structural } from './structural.js';

/** One value per channel, repeated over batch and positions: how a bias is added. */
export const channelSpread = structural({
  name: 'channel_spread',
  summary: 'repeats one value per channel over batch and positions (how a bias is added)',
  input: 'C',
  output: 'N C L@',
  result: 'spread',
  rank: params => integers(params.length!, 'length').length,
  params: { batch: 1, length: [1] },
  letters: { batch: 'N', length: 'L@' },
  domain: ['N >= 0', 'L@ >= 0'],
  definition: 'y[n<N, c<C, p@<L@] = x[c]',
  sizes: (_, params, rank) => {
    const [batch] = offsets({ batch: params.batch! }, 'batch', 1);
    const length = offsets(params, 'length', rank);
    if (batch! < 0) throw wrongValue('batch', 'an integer from 0', params.batch!);
    if (length.some(extent => extent < 0)) throw wrongValue('length', 'integers from 0', params.length!);
    return { N: batch!, ...named('L', length) };
  },
  claim: apply('channel_sum', tensor(COTANGENT)),
  kernel: (x, { output }) => channelSpreadKernel(x, output),
  mistakes: () => [
    {
      name: 'first-position-only',
      says: 'only the first position of each axis is summed',
      claim: apply('channel_sum', apply('crop', tensor(COTANGENT), { start: '0', length: '0*L@ + 1' })),
    },
  ],
  examples: () => [{ shapes: { x: [3] }, params: { batch: 2, length: [4, 5] } }],
  badCalls: () => [
    { shapes: { x: [3] }, params: { batch: -1 }, code: 'bad-parameter' },
    { shapes: { x: [3, 2] }, params: {}, code: 'rank-mismatch' },
  ],
});
