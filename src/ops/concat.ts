import { concatKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { defineOperator, type Mistake } from './operator.js';

const part = (start: string, length: string) => apply('channel_crop', tensor(COTANGENT), { start, length });

const mistake = (name: string, says: string, wrt: 'x' | 'w', start: string): Mistake<'x' | 'w'> => ({
  name,
  says,
  wrt,
  claim: () => part(start, wrt === 'x' ? 'C' : 'E'),
});

/** The channels of x, then those of w. Source of the gradients: proofs/reshape.md. */
export const concat = defineOperator<'x' | 'w'>({
  name: 'concat',
  summary: 'the channels of x, then those of w',
  rank: null,
  inputs: { x: 'N C L@', w: 'N E L@' },
  optional: [],
  output: 'N H L@',
  result: 'joined',
  params: {},
  letters: {},
  modes: {},
  domain: () => ['H = C + E'],
  definition: () => 'y[n<N, h<H, p@<L@] = [0 <= h < C] x[n, h, p@] + [0 <= h - C < E] w[n, h - C, p@]',
  sizes: ({ C, E }) => ({ H: C! + E! }),
  claims: () => ({ x: part('0', 'C'), w: part('C', 'E') }),
  kernel: { forward: ({ x, w }) => concatKernel(x!, w!), vjp: {} },
  mistakes: () => [
    mistake('second-part', 'the parts are exchanged: x gets the channels behind those of w', 'x', 'E'),
    mistake('first-part', 'w gets the first channels, as x does', 'w', '0'),
    mistake('one-too-far', 'the part of w starts one channel too far', 'w', 'C + 1'),
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4, 5], w: [2, 6, 4, 5] }, params: {} },
    { shapes: { x: [2, 3], w: [2, 1] }, params: {} },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3, 4], w: [1, 3, 4] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], w: [2, 3, 5] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], w: [2, 3] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3, 4] }, params: {}, code: 'missing-input' },
  ],
});
