import { zeroStuffKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import type { Operator } from './operator.js';
import { axes, axisParameter, named } from './parameters.js';
import { structural } from './structural.js';

/** step - 1 zeros between neighbours on every spatial axis; the gradient keeps every step-th cell. */
function stuffing(name: string, result: string, input: string, summary: string): Operator<'x'> {
  const [first, second] = input.split(' ');
  return structural({
    name,
    summary,
    input,
    output: `${first} ${second} P@`,
    result,
    params: { step: 1 },
    letters: { step: 's@' },
    domain: ['s@ >= 1', 'P@ = windows(s@*(L@ - 1), 1)'],
    definition: `y[n<${first}, c<${second}, p@<P@] = sum(q@<L@) [p@ = s@*q@] x[n, c, q@]`,
    sizes: (dims, params, rank) => {
      const step = axisParameter({ stride: params.step! }, 'stride', rank);
      const output = axes('L', dims, rank).map((extent, k) => Math.max(0, step[k]! * (extent - 1) + 1));
      return { ...named('s', step), ...named('P', output) };
    },
    claim: apply('subsample', tensor(COTANGENT), { step: 's@' }),
    kernel: (x, { sizes, rank }) => zeroStuffKernel(x, axes('s', sizes, rank)),
    mistakes: () => [
      {
        name: 'neighbours',
        says: 'neighbouring cells are read instead of every step-th',
        claim: apply('crop', tensor(COTANGENT), { start: '0', length: 'L@' }),
      },
    ],
    examples: () => [{ shapes: { x: [2, 3, 4, 5] }, params: { step: [3, 2] } }],
    badCalls: () => [{ shapes: { x: [1, 1, 4] }, params: { step: 0 }, code: 'stride-not-positive' }],
  });
}

export const zeroStuff = stuffing(
  'zero_stuff',
  'stuffed',
  'N C L@',
  'puts step - 1 zeros between neighbouring cells',
);
export const dilate = stuffing(
  'dilate',
  'dilated',
  'O I L@',
  'spreads the taps of a kernel: step - 1 zeros between neighbours',
);
