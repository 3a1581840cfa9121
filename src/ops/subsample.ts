import { subsampleKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { axes, axisParameter, named } from './parameters.js';
import { structural } from './structural.js';

/** Every step-th cell of each spatial axis; the gradient puts them back with zeros between and after. */
export const subsample = structural({
  name: 'subsample',
  summary: 'keeps every step-th cell of each spatial axis',
  output: 'N C P@',
  result: 'sampled',
  params: { step: 1 },
  letters: { step: 's@' },
  domain: ['s@ >= 1', 'P@ = windows(L@ - 1, s@)'],
  definition: 'y[n<N, c<C, p@<P@] = x[n, c, s@*p@]',
  sizes: (dims, params, rank) => {
    const step = axisParameter({ stride: params.step! }, 'stride', rank);
    const output = axes('L', dims, rank).map((extent, k) => Math.ceil(extent / step[k]!));
    return { ...named('s', step), ...named('P', output) };
  },
  claim: apply('crop', apply('zero_stuff', tensor(COTANGENT), { step: 's@' }), { start: '0', length: 'L@' }),
  kernel: (x, { sizes, rank }) => subsampleKernel(x, axes('s', sizes, rank)),
  mistakes: () => [
    {
      name: 'no-zero-stuffing',
      says: 'the kept cells are not spread out again',
      claim: apply('crop', tensor(COTANGENT), { start: '0', length: 'L@' }),
    },
  ],
  examples: () => [{ shapes: { x: [2, 3, 7, 5] }, params: { step: [3, 2] } }],
  badCalls: () => [{ shapes: { x: [1, 1, 4] }, params: { step: -1 }, code: 'stride-not-positive' }],
});
