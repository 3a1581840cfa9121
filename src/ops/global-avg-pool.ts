import { BackproofError } from '../error.js';
import { globalAvgForward, globalAvgVjp } from '../kernels/index.js';
import { formula } from './claim.js';
import { defineOperator, type Mistake } from './operator.js';
import { axes } from './parameters.js';

const spread = (share: string) => formula(`${share}\n dx[n<N, c<C, i@<L@] = r[] * yBar[n, c]`);

const mistake = (name: string, says: string, share: string): Mistake<'x'> => ({
  name,
  says,
  wrt: 'x',
  claim: () => spread(share),
});

/** The mean of each channel of each sample over all positions. Source of the gradient: proofs/pooling.md. */
export const globalAvgPool = defineOperator<'x'>({
  name: 'global_avg_pool',
  summary: 'the mean of each channel of each sample over all positions',
  rank: null,
  inputs: { x: 'N C L@' },
  optional: [],
  output: 'N C',
  result: 'mean',
  params: {},
  letters: {},
  modes: {},
  domain: () => ['L@ >= 1'],
  definition: () => `r[] = 1/(prod(L@))
    y[n<N, c<C] = sum(i@<L@) r[] * x[n, c, i@]`,
  sizes: (dims, _, rank) => {
    const empty = axes('L', dims, rank).indexOf(0);
    if (empty >= 0) throw noCells(empty);
    return {};
  },
  claims: () => ({ x: spread('r[] = 1/(prod(L@))') }),
  kernel: {
    forward: ({ x }) => globalAvgForward(x!),
    vjp: { x: (yBar, _, call) => globalAvgVjp(yBar, call.inputs.x!) },
  },
  mistakes: () => [
    {
      name: 'undivided',
      says: 'yBar is not divided by the number of cells',
      wrt: 'x',
      claim: () => formula('dx[n<N, c<C, i@<L@] = yBar[n, c]'),
    },
    mistake('divided-by-batch', 'yBar is divided by the batch size too', 'r[] = 1/(N*prod(L@))'),
    mistake('divided-by-channels', 'yBar is divided by the number of channels too', 'r[] = 1/(C*prod(L@))'),
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4, 5] }, params: {} },
    { shapes: { x: [3, 2, 5] }, params: {} },
    { shapes: { x: [2, 5, 3, 1, 4] }, params: {} },
  ],
  badCalls: () => [
    { shapes: { x: [1, 2, 3, 0] }, params: {}, code: 'empty-input' },
    { shapes: { x: [2] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [1, 2, 3] }, params: { axis: 1 }, code: 'unknown-parameter' },
  ],
});

function noCells(axis: number): BackproofError {
  return new BackproofError({
    code: 'empty-input',
    where: 'global_avg_pool',
    what: `x has no cells along spatial axis ${axis}`,
    expected: 'at least 1',
    got: '0',
    fix: 'A mean of nothing is not defined: leave the layer out for empty inputs.',
    data: { axis },
  });
}
