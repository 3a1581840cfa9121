/** flatten and unflatten: the cells of a sample row by row as one axis, and back. Source: proofs/reshape.md. */
import { BackproofError } from '../error.js';
import { flattenKernel, unflattenKernel } from '../kernels/index.js';
import { size } from '../tensor/index.js';
import { apply, COTANGENT, formula, tensor } from './claim.js';
import { axes } from './parameters.js';
import { structural } from './structural.js';
import { extentsParameter, lengthsRank, sizeParameter } from './windows.js';

const BACK = apply('unflatten', tensor(COTANGENT), { channels: 'C', length: 'L@' });

export const flatten = structural({
  name: 'flatten',
  summary: 'the channels and positions of a sample as one axis, row by row',
  output: 'N F',
  result: 'flattened',
  params: {},
  domain: ['F = C*prod(L@)'],
  definition: 'y[n<N, f<F] = sum(c<C, p@<L@) [f = flat(c<C, p@<L@)] x[n, c, p@]',
  sizes: (dims, _, rank) => ({ F: size([dims.C!, ...axes('L', dims, rank)], 'flatten') }),
  claim: BACK,
  kernel: x => flattenKernel(x),
  mistakes: () => [
    {
      name: 'reversed',
      says: 'the positions come back in reverse order',
      claim: apply('flip_spatial', BACK),
    },
    {
      name: 'channels-last',
      says: 'the channel is taken for the fastest axis',
      claim: formula('dx[n<N, c<C, p@<L@] = yBar[n, flat(p@<L@, c<C)]'),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4] }, params: {} },
    { shapes: { x: [3, 2, 4, 5] }, params: {} },
  ],
  badCalls: () => [
    { shapes: { x: [3] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [1, 2, -3] }, params: {}, code: 'bad-shape' },
    { shapes: { x: [1, 2, 3] }, params: { start: 1 }, code: 'unknown-parameter' },
  ],
});

export const unflatten = structural({
  name: 'unflatten',
  summary: 'a flat sample as channels and positions, row by row',
  input: 'N F',
  output: 'N C L@',
  rank: lengthsRank,
  result: 'unflattened',
  params: { channels: 1, length: [1] },
  letters: { channels: 'C', length: 'L@' },
  domain: ['C >= 0', 'L@ >= 0', 'F = C*prod(L@)'],
  definition: 'y[n<N, c<C, p@<L@] = x[n, flat(c<C, p@<L@)]',
  sizes: ({ F }, params, rank) => {
    const [channels, length] = [sizeParameter(params, 'channels'), extentsParameter(params, 'length', rank)];
    const cells = size([channels, ...Object.values(length)], 'unflatten');
    if (F !== undefined && F !== cells) throw otherCount(F, cells);
    return { C: channels, ...length, F: cells };
  },
  claim: apply('flatten', tensor(COTANGENT)),
  kernel: (x, { output }) => unflattenKernel(x, output.slice(1)),
  mistakes: () => [
    {
      name: 'reversed',
      says: 'the positions are flattened in reverse order',
      claim: apply('flatten', apply('flip_spatial', tensor(COTANGENT))),
    },
    {
      name: 'channels-last',
      says: 'the channel is taken for the fastest axis',
      claim: formula('dx[n<N, f<F] = sum(c<C, p@<L@) [f = flat(p@<L@, c<C)] yBar[n, c, p@]'),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 12] }, params: { channels: 3, length: [4] } },
    { shapes: { x: [3, 30] }, params: { channels: 2, length: [3, 5] } },
  ],
  badCalls: () => [
    { shapes: { x: [2, 12] }, params: { channels: 3, length: [5] }, code: 'size-mismatch' },
    { shapes: { x: [2, 12] }, params: { channels: -3, length: [4] }, code: 'bad-parameter' },
    { shapes: { x: [2, 12] }, params: { channels: 3, length: [-4] }, code: 'bad-parameter' },
    { shapes: { x: [2, 12] }, params: { channels: [3, 4], length: [1] }, code: 'bad-parameter' },
    { shapes: { x: [2, 12] }, params: { channels: 3, length: 'all' }, code: 'bad-parameter' },
    { shapes: { x: [2, 3, 4] }, params: { channels: 3, length: [4] }, code: 'rank-mismatch' },
  ],
});

function otherCount(got: number, cells: number): BackproofError {
  return new BackproofError({
    code: 'size-mismatch',
    where: 'unflatten',
    what: `a sample of x has ${got} cells`,
    expected: `${cells}, the product of channels and length`,
    got: String(got),
    fix: 'Ask for channels and length with that product.',
    data: { expected: cells, got },
  });
}
