/** im2col and col2im: sliding windows written out as columns, and every cell as the sum of its copies. */
import { BackproofError } from '../error.js';
import { col2imKernel, im2colKernel } from '../kernels/index.js';
import { apply, COTANGENT, formula, tensor } from './claim.js';
import { axisParameter, named } from './parameters.js';
import { structural } from './structural.js';
import {
  cells,
  extentsParameter,
  geometryOf,
  lengthsRank,
  sameWindows,
  windowDomain,
  windowLetters,
  windowMistakes,
  windowParams,
  windowSizes,
} from './windows.js';

type Settings = Readonly<Record<string, string>>;

const UPSTREAM = tensor(COTANGENT);

const collected = (windows: Settings) =>
  apply('col2im', UPSTREAM, { kernel_size: 'K@', length: 'L@', ...windows });

const unrolled = (windows: Settings) => apply('im2col', UPSTREAM, { kernel_size: 'K@', ...windows });

const mistakesOf = (claim: typeof collected) =>
  windowMistakes.map(({ name, says, windows }) => ({ name, says, claim: claim(windows) }));

/** Row c K + q and column p of y hold x at s p + d q - a. Source of the gradient: proofs/im2col.md. */
export const im2col = structural({
  name: 'im2col',
  summary: 'writes every sliding window as a column: convolution becomes a product of matrices',
  output: 'N R T',
  result: 'columns',
  params: { kernel_size: 1, ...windowParams },
  letters: { kernel_size: 'K@', ...windowLetters },
  domain: [...windowDomain, 'R = C*prod(K@)', 'T = prod(P@)'],
  definition: `y[n<N, r<R, t<T] = sum(c<C, q@<K@, p@<P@) [r = flat(c<C, q@<K@)] [t = flat(p@<P@)]
    [0 <= s@*p@ + d@*q@ - a@ < L@] x[n, c, s@*p@ + d@*q@ - a@]`,
  sizes: (dims, params, rank) => {
    const kernel = named('K', axisParameter(params, 'kernel_size', rank));
    const windows = windowSizes({ ...dims, ...kernel }, params, rank);
    return { ...kernel, ...windows, R: dims.C! * cells('K', kernel, rank), T: cells('P', windows, rank) };
  },
  claim: collected(sameWindows),
  kernel: (x, call) => im2colKernel(x, geometryOf(call)),
  mistakes: () => [
    ...mistakesOf(collected),
    {
      name: 'overlap-overwritten',
      says: 'where windows overlap, a later window replaces the earlier one instead of adding to it',
      claim: formula(`dx[n<N, c<C, i@<L@] = sum(q@<K@, p@<P@) [i@ = s@*p@ + d@*q@ - a@] [0 <= q@ < s@]
        yBar[n, flat(c<C, q@<K@), flat(p@<P@)]`),
    },
    {
      name: 'taps-first',
      says: 'the rows are read as tap by channel, not as channel by tap',
      claim: formula(`dx[n<N, c<C, i@<L@] = sum(q@<K@, p@<P@) [i@ = s@*p@ + d@*q@ - a@]
        yBar[n, flat(q@<K@, c<C), flat(p@<P@)]`),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3, 5] }, params: { kernel_size: 2 } },
    {
      shapes: { x: [2, 2, 5, 4] },
      params: { kernel_size: [2, 3], stride: [2, 1], dilation: [3, 2], before: [1, 2], after: [0, 1] },
    },
  ],
  badCalls: () => [
    { shapes: { x: [1, 1, 5] }, params: { kernel_size: 0 }, code: 'kernel-size-not-positive' },
    { shapes: { x: [1, 1, 5] }, params: { kernel_size: [2, 2] }, code: 'wrong-axis-count' },
    { shapes: { x: [1, 1, 5] }, params: { stride: 0 }, code: 'stride-not-positive' },
    { shapes: { x: [1, 1, 5] }, params: { dilation: 0 }, code: 'dilation-not-positive' },
    { shapes: { x: [1, 1, 5] }, params: { before: 'same' }, code: 'bad-parameter' },
    { shapes: { x: [5] }, params: {}, code: 'rank-mismatch' },
  ],
});

/** The gradient of im2col: where windows overlap, the copies of a cell add up. Source: proofs/im2col.md. */
export const col2im = structural({
  name: 'col2im',
  summary: 'adds the columns of sliding windows up where they came from (the gradient of im2col)',
  input: 'N R T',
  output: 'N C L@',
  rank: lengthsRank,
  result: 'collected',
  params: { kernel_size: 1, length: [1], ...windowParams },
  letters: { kernel_size: 'K@', length: 'L@', ...windowLetters },
  domain: ['L@ >= 0', ...windowDomain, 'R = C*prod(K@)', 'T = prod(P@)'],
  definition: `y[n<N, c<C, i@<L@] = sum(q@<K@, p@<P@) [i@ = s@*p@ + d@*q@ - a@]
    x[n, flat(c<C, q@<K@), flat(p@<P@)]`,
  sizes: (dims, params, rank) => {
    const own = {
      ...named('K', axisParameter(params, 'kernel_size', rank)),
      ...extentsParameter(params, 'length', rank),
    };
    const windows = windowSizes(own, params, rank);
    const [taps, columns] = [cells('K', own, rank), cells('P', windows, rank)];
    if (dims.R! % taps !== 0)
      throw doesNotFit('rows', `a multiple of ${taps}, the cells of a window`, dims.R!);
    if (dims.T !== columns) throw doesNotFit('columns', `${columns}, the number of windows`, dims.T!);
    return { ...own, ...windows, C: dims.R! / taps };
  },
  claim: unrolled(sameWindows),
  kernel: (x, call) => col2imKernel(x, geometryOf(call)),
  mistakes: () => [
    ...mistakesOf(unrolled),
    {
      name: 'taps-first',
      says: 'the rows are written as tap by channel, not as channel by tap',
      claim: formula(`dx[n<N, r<R, t<T] = sum(c<C, q@<K@, p@<P@) [r = flat(q@<K@, c<C)] [t = flat(p@<P@)]
        [0 <= s@*p@ + d@*q@ - a@ < L@] yBar[n, c, s@*p@ + d@*q@ - a@]`),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 6, 4] }, params: { kernel_size: 2, length: [5] } },
    {
      shapes: { x: [1, 12, 6] },
      params: {
        kernel_size: [2, 3],
        length: [5, 4],
        stride: [2, 1],
        dilation: [3, 2],
        before: [1, 2],
        after: [0, 1],
      },
    },
  ],
  badCalls: () => [
    { shapes: { x: [1, 3, 4] }, params: { kernel_size: 2, length: [5] }, code: 'size-mismatch' },
    { shapes: { x: [1, 4, 5] }, params: { kernel_size: 2, length: [5] }, code: 'size-mismatch' },
    { shapes: { x: [1, 4, 5] }, params: { kernel_size: 0, length: [5] }, code: 'kernel-size-not-positive' },
    { shapes: { x: [1, 4, 0] }, params: { kernel_size: 2, length: [-1] }, code: 'bad-parameter' },
    { shapes: { x: [1, 4] }, params: { kernel_size: 2, length: [5] }, code: 'rank-mismatch' },
  ],
});

function doesNotFit(what: 'rows' | 'columns', expected: string, got: number): BackproofError {
  return new BackproofError({
    code: 'size-mismatch',
    where: 'col2im',
    what: `x has ${got} ${what}`,
    expected,
    got: String(got),
    fix: 'Give the window and the length that the columns were made with.',
    data: { [what]: got },
  });
}
