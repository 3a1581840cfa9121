import { cropKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { named, offsets, wrongValue } from './parameters.js';
import { structural } from './structural.js';

/** A window of x: from `start`, `length` cells long, zero where it leaves x. Its gradient is the window back. */
export const crop = structural({
  name: 'crop',
  summary: 'reads the window from start, as long as length, with zeros outside x',
  output: 'N C P@',
  result: 'window',
  params: { start: 0, length: 1 },
  letters: { start: 'a@', length: 'P@' },
  domain: ['P@ >= 0'],
  definition: 'y[n<N, c<C, p@<P@] = [0 <= p@ + a@ < L@] x[n, c, p@ + a@]',
  sizes: (_, params, rank) => {
    const length = offsets(params, 'length', rank);
    if (length.some(extent => extent < 0)) throw wrongValue('length', 'integers from 0', params.length!);
    return { ...named('a', offsets(params, 'start', rank)), ...named('P', length) };
  },
  claim: apply('crop', tensor(COTANGENT), { start: '-a@', length: 'L@' }),
  kernel: (x, { sizes, rank, output }) => {
    const start = Array.from({ length: rank }, (_, k) => sizes[`a${k + 1}`]!);
    return cropKernel(x, start, output.slice(2));
  },
  mistakes: () => [
    {
      name: 'same-start',
      says: 'the window moves the same way back',
      claim: apply('crop', tensor(COTANGENT), { start: 'a@', length: 'L@' }),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4, 5] }, params: { start: [1, -2], length: [2, 6] } },
    { shapes: { x: [1, 2, 6] }, params: { start: 4, length: 5 } },
  ],
  badCalls: () => [{ shapes: { x: [1, 1, 4] }, params: { length: -1 }, code: 'bad-parameter' }],
});
