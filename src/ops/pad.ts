import { padKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { axes, named, offsets } from './parameters.js';
import { structural } from './structural.js';

/** Zeros before and after each spatial axis; a negative amount crops. Its gradient is a window of yBar. */
export const pad = structural({
  name: 'pad',
  summary: 'puts zeros before and after each spatial axis (a negative amount crops)',
  output: 'N C P@',
  result: 'padded',
  params: { before: 0, after: 0 },
  letters: { before: 'a@', after: 'b@' },
  domain: ['P@ = windows(L@ + a@ + b@ - 1, 1)'],
  definition: 'y[n<N, c<C, p@<P@] = [0 <= p@ - a@ < L@] x[n, c, p@ - a@]',
  sizes: (dims, params, rank) => {
    const [before, after] = [offsets(params, 'before', rank), offsets(params, 'after', rank)];
    const output = axes('L', dims, rank).map((extent, k) => Math.max(0, extent + before[k]! + after[k]!));
    return { ...named('a', before), ...named('b', after), ...named('P', output) };
  },
  claim: apply('crop', tensor(COTANGENT), { start: 'a@', length: 'L@' }),
  kernel: (x, { sizes, rank }) => padKernel(x, axes('a', sizes, rank), axes('b', sizes, rank)),
  mistakes: () => [
    {
      name: 'window-at-the-start',
      says: 'the window starts at 0 instead of the padding before',
      claim: apply('crop', tensor(COTANGENT), { start: '0', length: 'L@' }),
    },
  ],
  examples: () => [{ shapes: { x: [2, 3, 4, 5] }, params: { before: [1, 2], after: [3, -1] } }],
  badCalls: () => [
    { shapes: { x: [1, 1, 4] }, params: { before: 'one' }, code: 'bad-parameter' },
    { shapes: { x: [1, 1, 4] }, params: { before: [1, 2] }, code: 'bad-parameter' },
    { shapes: { x: [1, 1, 4] }, params: { after: 0.5 }, code: 'not-an-integer-parameter' },
  ],
});
