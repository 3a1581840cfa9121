import { BackproofError } from '../error.js';
import { regroupKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { integerParameter } from './parameters.js';
import { structural } from './structural.js';

/** Moves the groups from the first axis to the second: x [G*B, A, ...] becomes y [B, G*A, ...]. */
export const regroup = structural({
  name: 'regroup',
  summary: 'moves the groups from the first axis to the second',
  output: 'B H L@',
  result: 'regrouped',
  params: { groups: 1 },
  letters: { groups: 'G' },
  domain: ['G >= 1', 'N = G*B', 'H = G*C'],
  definition: 'y[b<B, h<H, p@<L@] = sum(g<G, i<C) [h = g*C + i] x[g*B + b, i, p@]',
  sizes: (dims, params) => {
    const groups = integerParameter(params, 'groups');
    if (dims.N! % groups !== 0) throw doesNotDivide(dims.N!, groups);
    return { G: groups, B: dims.N! / groups, H: groups * dims.C! };
  },
  claim: apply('transpose', apply('regroup', apply('transpose', tensor(COTANGENT)), { groups: 'G' })),
  kernel: (x, { sizes }) => regroupKernel(x, sizes.G!),
  mistakes: () => [
    {
      name: 'not-regrouped',
      says: 'the groups stay on the second axis',
      claim: apply('transpose', tensor(COTANGENT)),
    },
  ],
  // The second example lets the mistake keep its shape.
  examples: () => [
    { shapes: { x: [6, 2, 3] }, params: { groups: 3 } },
    { shapes: { x: [4, 2, 3, 2] }, params: { groups: 2 } },
  ],
  badCalls: () => [{ shapes: { x: [5, 2, 3] }, params: { groups: 2 }, code: 'groups-do-not-divide' }],
});

function doesNotDivide(extent: number, groups: number): BackproofError {
  return new BackproofError({
    code: 'groups-do-not-divide',
    where: 'regroup',
    what: 'the groups do not divide the first axis',
    expected: `a divisor of ${extent}`,
    got: String(groups),
    fix: 'Choose groups that divide the first axis.',
    data: { extent, groups },
  });
}
