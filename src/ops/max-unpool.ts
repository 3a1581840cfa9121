import { maxUnpoolForward, maxUnpoolSelectionVjp, maxUnpoolVjp } from '../kernels/index.js';
import type { Shape } from '../tensor/index.js';
import { formula } from './claim.js';
import { defineOperator, type Mistake, type Params, type Sizes } from './operator.js';
import { axes, axisParameter, named, offsets, paddingParameter, wrongValue } from './parameters.js';
import { poolGeometry, strideParameter, WINDOW_STRIDE, windowLetters } from './pool-sizes.js';
import { paddingDomain } from './sliding.js';

/** The extents of which pooling makes the windows of x without rounding: the default, as in PyTorch. */
const SMALLEST = 'smallest';

const ON_Y = '0 <= s@*p@ + d@*q@ - a@ < L@';

const reading = (guard: string, cell: string) =>
  formula(`dx[n<N, c<C, p@<P@] = sum(q@<K@) [${guard}] selection[n, c, p@, q@] * yBar[n, c, ${cell}]`);

const chosen = (guard: string, cell: string, factor: string) =>
  formula(`dselection[n<N, c<C, p@<P@, q@<K@] = [${guard}] ${factor}yBar[n, c, ${cell}]`);

const CELL = 's@*p@ + d@*q@ - a@';

/**
 * The way back of max pooling: each cell of x goes to the place in its window that the selection names, one-hot over
 * the window; what falls outside y is left out. Both inputs are linear, and it is also the gradient of max pooling. Source: proofs/pooling.md.
 */
export const maxUnpool = defineOperator<'x' | 'selection'>({
  name: 'max_unpool',
  summary: 'puts each cell back to the place in its window that a one-hot selection names, zeros elsewhere',
  rank: null,
  inputs: { x: 'N C P@', selection: 'N C P@ K@' },
  optional: [],
  output: 'N C L@',
  result: 'unpooled',
  params: { stride: WINDOW_STRIDE, padding: 0, dilation: 1, output_size: SMALLEST },
  letters: { stride: 's@', padding: ['a@', 'b@'], dilation: 'd@', output_size: 'L@' },
  modes: {},
  domain: params => ['K@ >= 1', 's@ >= 1', 'd@ >= 1', 'L@ >= 0', ...paddingDomain(params)],
  definition: () => `y[n<N, c<C, i@<L@] = sum(p@<P@, q@<K@) [i@ + a@ = s@*p@ + d@*q@]
    selection[n, c, p@, q@] * x[n, c, p@]`,
  sizes: unpoolSizes,
  claims: () => ({ x: reading(ON_Y, CELL), selection: chosen(ON_Y, CELL, 'x[n, c, p@] * ') }),
  kernel: {
    forward: ({ x, selection }, call) => maxUnpoolForward(x!, selection!, call.output, poolGeometry(call)),
    vjp: {
      x: (yBar, { selection }, call) => maxUnpoolVjp(yBar, selection!, poolGeometry(call)),
      selection: (yBar, { x }, call) => maxUnpoolSelectionVjp(yBar, x!, call.output, poolGeometry(call)),
    },
  },
  mistakes: () => [
    unpoolMistake('no-selection', 'all cells of the window are summed', () =>
      formula(`dx[n<N, c<C, p@<P@] = sum(q@<K@) [${ON_Y}] yBar[n, c, ${CELL}]`),
    ),
    unpoolMistake('no-padding', 'the padding before is not taken off', () =>
      reading('0 <= s@*p@ + d@*q@ < L@', 's@*p@ + d@*q@'),
    ),
    unpoolMistake('no-stride', 'windows are taken to move by 1', () =>
      reading('0 <= p@ + d@*q@ - a@ < L@', 'p@ + d@*q@ - a@'),
    ),
    {
      ...unpoolMistake('no-x', 'x is left out of the gradient', () => chosen(ON_Y, CELL, '')),
      wrt: 'selection',
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4], selection: [2, 3, 4, 3] }, params: { stride: 2, output_size: [10] } },
    {
      shapes: { x: [1, 2, 3, 2], selection: [1, 2, 3, 2, 2, 3] },
      params: {
        stride: [3, 2],
        padding: [
          [1, 0],
          [2, 1],
        ],
        dilation: [2, 1],
      },
    },
    { shapes: { x: [2, 1, 2, 1, 3], selection: [2, 1, 2, 1, 3, 3, 2, 1] }, params: { dilation: [1, 2, 1] } },
  ],
  badCalls: () => [
    { shapes: { x: [1, 1, 3], selection: [1, 1, 2, 2] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [1, 1, 3], selection: [1, 1, 3] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [1, 1, 3] }, params: {}, code: 'missing-input' },
    { shapes: { x: [1, 1, 3], selection: [1, 1, 3, 0] }, params: {}, code: 'kernel-size-not-positive' },
    { shapes: { x: [1, 1, 3], selection: [1, 1, 3, 2] }, params: { stride: 0 }, code: 'stride-not-positive' },
    { shapes: { x: [1, 1, 3], selection: [1, 1, 3, 2] }, params: { output_size: -1 }, code: 'bad-parameter' },
    { shapes: { x: [1, 1, 3], selection: [1, 1, 3, 2] }, params: { padding: 'same' }, code: 'bad-parameter' },
  ],
});

function unpoolMistake(name: string, says: string, claim: Mistake<'x'>['claim']): Mistake<'x' | 'selection'> {
  return { name, says, wrt: 'x', claim };
}

function unpoolSizes(dims: Sizes, params: Params, rank: number): Sizes {
  const [kernel, windows] = [
    axisParameter({ kernel_size: axes('K', dims, rank) }, 'kernel_size', rank),
    axes('P', dims, rank),
  ];
  const stride = strideParameter(params, kernel);
  const dilation = axisParameter(params, 'dilation', rank);
  const given = params.output_size === SMALLEST ? null : outputSize(params, rank);
  if (!given && typeof params.padding === 'string' && params.padding !== 'valid')
    throw wrongValue('output_size', 'one extent per axis, from which such a padding follows', SMALLEST);
  const padding = paddingParameter(params, { input: given ?? windows, kernel, stride, dilation });
  const smallest = (count: number, k: number) => {
    const reach = stride[k]! * (count - 1) + dilation[k]! * (kernel[k]! - 1) + 1;
    return Math.max(0, reach - padding.before[k]! - padding.after[k]!);
  };
  const extents = given ?? windows.map(smallest);
  const sizes = {
    ...windowLetters({ kernel, stride, dilation, ...padding, output: windows }),
    ...named('L', extents),
  };
  return sizes;
}

function outputSize(params: Params, rank: number): Shape {
  const extents = offsets(params, 'output_size', rank);
  if (extents.some(extent => extent < 0))
    throw wrongValue('output_size', 'integers from 0', params.output_size!);
  return extents;
}
