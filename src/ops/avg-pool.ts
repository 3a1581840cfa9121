/** avg_pool1d, avg_pool2d, avg_pool3d: one definition at three ranks. */
import { type AverageCount, avgPoolForward, avgPoolVjp } from '../kernels/index.js';
import { type Claim, formula } from './claim.js';
import { defineOperator, type Mistake, type Operator, type Params, type Resolved } from './operator.js';
import { poolDomain, poolGeometry, poolSizes, switchParameter, WINDOW_STRIDE } from './pool-sizes.js';
import { paddingDomain } from './sliding.js';

/**
 * The mean of each window. The divisor counts the cells of the window in x and its padding (count_include_pad, the
 * default, as in PyTorch) or only those in x (false: also the average of TensorFlow's SAME padding). Neither counts
 * cells beyond the padding, which ceil_mode lets a window reach. Source: torch.nn.AvgPool2d, proofs/pooling.md.
 */
function avgPooling(rank: 1 | 2 | 3): Operator<'x'> {
  const name = `avg_pool${rank}d`;
  return defineOperator<'x'>({
    name,
    summary: `${rank}-d average pooling: the mean of each window, with padded cells counted (the default) or not`,
    rank,
    inputs: { x: 'N C L@' },
    optional: [],
    output: 'N C P@',
    result: 'averaged',
    params: { kernel_size: 2, stride: WINDOW_STRIDE, padding: 0, ceil_mode: false, count_include_pad: true },
    letters: { kernel_size: 'K@', stride: 's@', padding: ['a@', 'b@'] },
    modes: { count_include_pad: ['true', 'false'] },
    domain: params => [...poolDomain, ...paddingDomain(params)],
    definition: params => `${shares(countOf(params))}
      y[n<N, c<C, p@<P@] = sum(q@<K@) [${ON_X}] r[p@] * x[n, c, s@*p@ + q@ - a@]`,
    sizes: (dims, params) => {
      switchParameter(params, 'count_include_pad');
      return poolSizes(name, dims, params, rank);
    },
    claims: params => ({ x: scattered(shares(countOf(params))) }),
    kernel: {
      forward: ({ x }, call) => avgPoolForward(x!, poolGeometry(call), countOf(call.params)),
      vjp: {
        x: (yBar, _, call: Resolved) =>
          avgPoolVjp(yBar, call.inputs.x!, poolGeometry(call), countOf(call.params)),
      },
    },
    mistakes: () => (rank === 1 ? mistakes() : [...mistakes(), oneExtent()]),
    examples: () => examples(rank),
    badCalls: () => badCalls(rank),
  });
}

const countOf = (params: Params): AverageCount =>
  switchParameter(params, 'count_include_pad') ? 'padded' : 'real';

const ON_X = '0 <= s@*p@ + q@ - a@ < L@';
const IN_PADDED = '0 <= s@*p@ + q@ < L@ + a@ + b@';

/** One over the cells that count, per window. */
const shares = (count: AverageCount): string =>
  `count[p@<P@] = sum(q@<K@) [${count === 'real' ? ON_X : IN_PADDED}] 1
      r[p@<P@] = 1/count[p@]`;

/** Cell i gets its share of every window that covers it. */
const scattered = (stages: string, part = 'r[p@] * yBar[n, c, p@]', guard = 'i@ + a@ = s@*p@ + q@'): Claim =>
  formula(`${stages}\n dx[n<N, c<C, i@<L@] = sum(p@<P@, q@<K@) [${guard}] ${part}`);

const mistake = (name: string, says: string, claim: (count: AverageCount) => Claim): Mistake<'x'> => ({
  name,
  says,
  wrt: 'x',
  claim: params => claim(countOf(params)),
});

const SHARED = 'r[] * yBar[n, c, p@]';

const mistakes = (): readonly Mistake<'x'>[] => [
  mistake('undivided', 'yBar is not divided', () => scattered('', 'yBar[n, c, p@]')),
  mistake(
    'other-count',
    'padded cells are counted where they should not be, or not where they should',
    count => scattered(shares(count === 'real' ? 'padded' : 'real')),
  ),
  mistake('full-window', 'every window is taken to have all its cells', () =>
    scattered('r[] = 1/(prod(K@))', SHARED),
  ),
  mistake('side-by-side', 'windows are taken to lie side by side', count =>
    scattered(shares(count), undefined, 'i@ + a@ = K@*p@ + q@'),
  ),
  mistake('no-stride', 'windows are taken to move by 1', count =>
    scattered(shares(count), undefined, 'i@ + a@ = p@ + q@'),
  ),
  mistake('no-padding', 'the padding before is not taken off again', count =>
    scattered(shares(count), undefined, 'i@ = s@*p@ + q@'),
  ),
];

const oneExtent = () =>
  mistake('one-extent', 'yBar is divided by the extent of one axis only', () =>
    scattered('r[] = 1/(K1)', SHARED),
  );

/** All extents differ; overlaps, gaps, lopsided padding, cells left over, windows that reach beyond the padding. */
function examples(rank: number): Operator['examples'] {
  const take = <T>(values: readonly T[]) => values.slice(0, rank);
  const pads = [
    [1, 2],
    [0, 1],
    [1, 0],
  ] as const;
  const cut = [
    [2, 1],
    [0, 1],
    [1, 0],
  ] as const;
  return [
    { shapes: { x: [1, 1, ...take([3, 3, 3])] }, params: { kernel_size: 2, stride: 1 } },
    {
      shapes: { x: [2, 3, ...take([7, 6, 4])] },
      params: {
        kernel_size: take([4, 2, 3]),
        stride: take([3, 3, 2]),
        padding: take(pads),
        count_include_pad: false,
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
    { shapes, params: { kernel_size: -1 }, code: 'kernel-size-not-positive' },
    { shapes, params: { stride: 0 }, code: 'stride-not-positive' },
    { shapes, params: { stride: 'window' }, code: 'bad-parameter' },
    { shapes, params: { padding: -1 }, code: 'negative-padding' },
    { shapes, params: { padding: 2 }, code: 'window-outside-input' },
    { shapes, params: { ceil_mode: 'up' }, code: 'bad-parameter' },
    { shapes, params: { count_include_pad: 2 }, code: 'bad-parameter' },
    { shapes, params: { dilation: 1 }, code: 'unknown-parameter' },
    { shapes, params: { stride: ones(2).concat(2) }, code: 'wrong-axis-count' },
    { shapes: { x: [2, ...ones(5)] }, params: {}, code: 'rank-mismatch' },
  ];
}

export const avgPool1d = avgPooling(1);
export const avgPool2d = avgPooling(2);
export const avgPool3d = avgPooling(3);
