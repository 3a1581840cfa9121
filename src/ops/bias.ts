import { biasKernel } from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { defineOperator } from './operator.js';

const UPSTREAM = tensor(COTANGENT);
const SUMMED = apply('channel_sum', UPSTREAM);

/** One value per channel added at every position of every sample. Source of the gradients: proofs/bias.md. */
export const bias = defineOperator<'x' | 'b'>({
  name: 'bias',
  summary: 'adds one value per channel, at every position of every sample',
  rank: null,
  inputs: { x: 'N C L@', b: 'C' },
  optional: [],
  output: 'N C L@',
  result: 'shifted',
  params: {},
  letters: {},
  modes: {},
  domain: () => [],
  definition: () => 'y[n<N, c<C, p@<L@] = x[n, c, p@] + b[c]',
  sizes: () => ({}),
  claims: () => ({ x: UPSTREAM, b: SUMMED }),
  kernel: { forward: ({ x, b }) => biasKernel(x!, b!), vjp: {} },
  mistakes: () => [
    {
      name: 'first-position-only',
      says: 'only the first position of each sample is summed',
      wrt: 'b',
      claim: () => apply('channel_sum', apply('crop', UPSTREAM, { start: '0', length: '0*L@ + 1' })),
    },
    {
      name: 'last-position-lost',
      says: 'the last position of each axis is not summed',
      wrt: 'b',
      claim: () => apply('channel_sum', apply('crop', UPSTREAM, { start: '0', length: 'L@ - 1' })),
    },
    {
      name: 'x-summed-too',
      says: 'the gradient of x is summed over batch and positions, as that of b is',
      wrt: 'x',
      claim: () => apply('channel_spread', SUMMED, { batch: 'N', length: 'L@' }),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4, 5], b: [3] }, params: {} },
    { shapes: { x: [2, 3], b: [3] }, params: {} },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3, 4], b: [2] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], b: [3, 4] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3, 4] }, params: {}, code: 'missing-input' },
    { shapes: { x: [2, 3, 4], b: [3] }, params: { axis: 1 }, code: 'unknown-parameter' },
  ],
});
