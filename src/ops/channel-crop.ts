import { channelCropKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import type { Params } from './operator.js';
import { offsets, wrongValue } from './parameters.js';
import { structural } from './structural.js';

const whole = (params: Params, name: string): number => offsets({ [name]: params[name]! }, name, 1)[0]!;

/** A window of channels: from `start`, `length` channels, zero where it leaves x. Its gradient is the window back. */
export const channelCrop = structural({
  name: 'channel_crop',
  summary: 'reads the channels from start, as many as length, with zeros outside x',
  output: 'N H L@',
  result: 'part',
  params: { start: 0, length: 1 },
  letters: { start: 'a', length: 'H' },
  domain: ['H >= 0'],
  definition: 'y[n<N, h<H, p@<L@] = [0 <= h + a < C] x[n, h + a, p@]',
  sizes: (_, params) => {
    const [start, length] = [whole(params, 'start'), whole(params, 'length')];
    if (length < 0) throw wrongValue('length', 'an integer from 0', params.length!);
    return { a: start, H: length };
  },
  claim: apply('channel_crop', tensor(COTANGENT), { start: '-a', length: 'C' }),
  kernel: (x, { sizes, output }) => channelCropKernel(x, sizes.a!, output[1]!),
  mistakes: () => [
    {
      name: 'same-start',
      says: 'the window moves the same way back',
      claim: apply('channel_crop', tensor(COTANGENT), { start: 'a', length: 'C' }),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 5, 3, 4] }, params: { start: 1, length: 2 } },
    { shapes: { x: [3, 2, 4] }, params: { start: -1, length: 5 } },
  ],
  badCalls: () => [
    { shapes: { x: [1, 4, 2] }, params: { length: -1 }, code: 'bad-parameter' },
    { shapes: { x: [1, 4, 2] }, params: { start: [1, 2] }, code: 'bad-parameter' },
    { shapes: { x: [3] }, params: {}, code: 'rank-mismatch' },
  ],
});
