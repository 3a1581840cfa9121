import { flipSpatialKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { structural } from './structural.js';

/** Every spatial axis reversed: rot180 in two dimensions. It is its own gradient. */
export const flipSpatial = structural({
  name: 'flip_spatial',
  summary: 'reverses every spatial axis (rot180 in two dimensions)',
  output: 'N C L@',
  result: 'rotated',
  params: {},
  definition: 'y[n<N, c<C, p@<L@] = x[n, c, L@ - 1 - p@]',
  sizes: () => ({}),
  claim: apply('flip_spatial', tensor(COTANGENT)),
  kernel: x => flipSpatialKernel(x),
  mistakes: () => [{ name: 'no-flip', says: 'yBar is not turned back', claim: tensor(COTANGENT) }],
  examples: () => [{ shapes: { x: [2, 3, 4, 5] }, params: {} }],
  badCalls: () => [{ shapes: { x: [1, 1, 4] }, params: { axis: 0 }, code: 'unknown-parameter' }],
});
