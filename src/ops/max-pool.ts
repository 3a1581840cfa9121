/** max_pool1d, max_pool2d, max_pool3d: one definition at three ranks. */
import { maxPoolForward, maxPoolVjp } from '../kernels/index.js';
import { type Claim, formula } from './claim.js';
import { defineOperator, type Mistake, type Operator } from './operator.js';
import { modeParameter } from './parameters.js';
import { poolDomain, poolGeometry, poolSizes, WINDOW_STRIDE } from './pool-sizes.js';
import { paddingDomain } from './sliding.js';

const TIES = ['first', 'last', 'split'] as const;

/**
 * The largest cell of each window. Padding never wins, and every window covers a cell. The gradient is that of the
 * cell that was chosen, held fixed: `ties` says which one counts where several are largest. Source: proofs/pooling.md.
 */
function maxPooling(rank: 1 | 2 | 3): Operator<'x'> {
  const name = `max_pool${rank}d`;
  return defineOperator<'x'>({
    name,
    summary: `${rank}-d max pooling: the largest cell of each window; the gradient goes to the chosen cell, held fixed`,
    rank,
    inputs: { x: 'N C L@' },
    optional: [],
    output: 'N C P@',
    result: 'pooled',
    params: {
      kernel_size: 2,
      stride: WINDOW_STRIDE,
      padding: 0,
      dilation: 1,
      ceil_mode: false,
      ties: 'first',
    },
    letters: { kernel_size: 'K@', stride: 's@', padding: ['a@', 'b@'], dilation: 'd@' },
    modes: {},
    domain: params => [...poolDomain, 'd@ >= 1', ...paddingDomain(params)],
    definition: () => `y[n<N, c<C, p@<P@] = max(q@<K@)
      [0 <= s@*p@ + d@*q@ - a@ < L@] x[n, c, s@*p@ + d@*q@ - a@]`,
    sizes: (dims, params) => {
      modeParameter(params, 'ties', TIES);
      return poolSizes(name, dims, params, rank);
    },
    claims: () => ({ x: scattered('i@ + a@ = s@*p@ + d@*q@') }),
    kernel: {
      forward: ({ x }, call) => maxPoolForward(x!, poolGeometry(call)),
      vjp: {
        x: (yBar, { x }, call) =>
          maxPoolVjp(yBar, x!, poolGeometry(call), modeParameter(call.params, 'ties', TIES)),
      },
    },
    mistakes,
    examples: () => examples(rank),
    badCalls: () => badCalls(rank),
  });
}

/** Cell i gets what the windows and taps under the guard hand to it. */
const scattered = (guard: string, part = 'selection[n, c, p@, q@] * yBar[n, c, p@]'): Claim =>
  formula(`dx[n<N, c<C, i@<L@] = sum(p@<P@, q@<K@) [${guard}] ${part}`);

const mistake = (name: string, says: string, claim: Claim): Mistake<'x'> => ({
  name,
  says,
  wrt: 'x',
  claim: () => claim,
});

const mistakes = (): readonly Mistake<'x'>[] => [
  mistake(
    'no-selection',
    'every cell of a window gets its yBar, not only the chosen one',
    scattered('i@ + a@ = s@*p@ + d@*q@', 'yBar[n, c, p@]'),
  ),
  mistake('side-by-side', 'windows are taken to lie side by side', scattered('i@ + a@ = K@*p@ + d@*q@')),
  mistake('no-stride', 'windows are taken to move by 1', scattered('i@ + a@ = p@ + d@*q@')),
  mistake('no-dilation', 'the dilation is left out', scattered('i@ + a@ = s@*p@ + q@')),
  mistake('no-padding', 'the padding before is not taken off again', scattered('i@ = s@*p@ + d@*q@')),
  mistake('place-in-window', 'the place in the window is taken for the place in x', scattered('i@ = q@')),
];

/** All extents differ; overlaps, gaps, lopsided padding, cells left over, windows cut by rounding up. */
function examples(rank: number): Operator['examples'] {
  const take = <T>(values: readonly T[]) => values.slice(0, rank);
  const pads = [
    [1, 2],
    [0, 1],
    [2, 0],
  ] as const;
  const cut = [
    [2, 1],
    [0, 1],
    [1, 0],
  ] as const;
  return [
    { shapes: { x: [1, 1, ...take([3, 3, 3])] }, params: { kernel_size: 2, stride: 1 } },
    {
      shapes: { x: [2, 3, ...take([7, 6, 5])] },
      params: {
        kernel_size: take([3, 2, 2]),
        stride: take([2, 3, 1]),
        padding: take(pads),
        dilation: take([2, 1, 3]),
      },
    },
    {
      shapes: { x: [3, 2, ...take([5, 4, 3])] },
      params: { kernel_size: take([4, 3, 2]), stride: take([3, 2, 3]), padding: take(cut), ceil_mode: true },
    },
  ];
}

function badCalls(rank: number): Operator['badCalls'] {
  const ones = (extent: number) => new Array<number>(rank).fill(extent);
  const shapes = { x: [1, 2, ...ones(5)] };
  return [
    { shapes, params: { kernel_size: 0 }, code: 'kernel-size-not-positive' },
    { shapes, params: { stride: 0 }, code: 'stride-not-positive' },
    { shapes, params: { stride: 'window' }, code: 'bad-parameter' },
    { shapes, params: { dilation: 0 }, code: 'dilation-not-positive' },
    { shapes, params: { padding: -1 }, code: 'negative-padding' },
    { shapes, params: { padding: 'mirror' }, code: 'unknown-padding-mode' },
    { shapes, params: { padding: 2 }, code: 'window-outside-input' },
    { shapes, params: { kernel_size: 2, dilation: 6, padding: 1 }, code: 'window-outside-input' },
    { shapes, params: { ceil_mode: 1 }, code: 'bad-parameter' },
    { shapes, params: { ties: 'any' }, code: 'bad-parameter' },
    { shapes, params: { kernel_size: ones(2).concat(2) }, code: 'wrong-axis-count' },
    { shapes, params: { count_include_pad: true }, code: 'unknown-parameter' },
    { shapes: { x: [2, ...ones(5)] }, params: {}, code: 'rank-mismatch' },
  ];
}

export const maxPool1d = maxPooling(1);
export const maxPool2d = maxPooling(2);
export const maxPool3d = maxPooling(3);
