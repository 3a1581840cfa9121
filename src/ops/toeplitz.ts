/** The matrix of a correlation, and the sums over the places where each weight stands in it. */
import { BackproofError } from '../error.js';
import { diagonalSumsKernel, toeplitzKernel } from '../kernels/index.js';
import { apply, type Claim, COTANGENT, formula, tensor } from './claim.js';
import { axisParameter, named } from './parameters.js';
import { structural } from './structural.js';
import {
  cells,
  extentsParameter,
  geometryOf,
  lengthsRank,
  sameWindows,
  sizeParameter,
  windowDomain,
  windowLetters,
  windowMistakes,
  windowParams,
  windowSizes,
} from './windows.js';

type Settings = Readonly<Record<string, string>>;

const UPSTREAM = tensor(COTANGENT);

const summed = (windows: Settings) =>
  apply('diagonal_sums', UPSTREAM, {
    outputs: 'O',
    channels: 'I',
    kernel_size: 'K@',
    length: 'L@',
    ...windows,
  });

const matrixOf = (kernel: Claim, windows: Settings) =>
  apply('toeplitz', kernel, { length: 'L@', ...windows });

/**
 * Row (o, p) and column (c, i) of y hold w[o, c, q] where i = s p + d q - a, and 0 elsewhere, so that the product
 * with a flat image is its correlation with w. Source of the gradient: proofs/toeplitz.md.
 */
export const toeplitz = structural({
  name: 'toeplitz',
  summary: 'the matrix of a correlation with x: its product with a flat image is the flat output',
  input: 'O I K@',
  output: 'R S',
  result: 'matrix',
  params: { length: 1, ...windowParams },
  letters: { length: 'L@', ...windowLetters },
  domain: ['L@ >= 0', ...windowDomain, 'R = O*prod(P@)', 'S = I*prod(L@)'],
  definition: `y[r<R, k<S] = sum(o<O, p@<P@, c<I, i@<L@, q@<K@) [r = flat(o<O, p@<P@)] [k = flat(c<I, i@<L@)]
    [i@ = s@*p@ + d@*q@ - a@] x[o, c, q@]`,
  sizes: (dims, params, rank) => {
    const length = extentsParameter(params, 'length', rank);
    const windows = windowSizes({ ...dims, ...length }, params, rank);
    const rows = dims.O! * cells('P', windows, rank);
    return { ...length, ...windows, R: rows, S: dims.I! * cells('L', length, rank) };
  },
  claim: summed(sameWindows),
  kernel: (x, call) => toeplitzKernel(x, geometryOf(call)),
  mistakes: () => [
    {
      name: 'flipped-diagonals',
      says: 'the diagonals are counted from the other end: the gradient is rotated by 180 degrees',
      claim: apply('flip_spatial', summed(sameWindows)),
    },
    ...windowMistakes.map(({ name, says, windows }) => ({ name, says, claim: summed(windows) })),
    {
      name: 'positions-first',
      says: 'the rows are read as position by channel, not as channel by position',
      claim: formula(`dx[o<O, c<I, q@<K@] = sum(p@<P@, i@<L@) [i@ = s@*p@ + d@*q@ - a@]
        yBar[flat(p@<P@, o<O), flat(c<I, i@<L@)]`),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 1, 2] }, params: { length: 4 } },
    {
      shapes: { x: [2, 3, 3] },
      params: { length: 5, stride: 2, dilation: 2, before: 1, after: 3 },
    },
    {
      shapes: { x: [1, 2, 2, 3] },
      params: { length: [3, 4], stride: [2, 1], dilation: [1, 2], before: [1, 2], after: [0, 1] },
    },
  ],
  badCalls: () => [
    { shapes: { x: [1, 1, 0] }, params: { length: 4 }, code: 'kernel-size-not-positive' },
    { shapes: { x: [1, 1, 2] }, params: { length: -1 }, code: 'bad-parameter' },
    { shapes: { x: [1, 1, 2] }, params: { length: [3, 3] }, code: 'bad-parameter' },
    { shapes: { x: [1, 1, 2] }, params: { stride: 0 }, code: 'stride-not-positive' },
    { shapes: { x: [1, 1, 2] }, params: { padding: 1 }, code: 'unknown-parameter' },
    { shapes: { x: [2] }, params: {}, code: 'rank-mismatch' },
  ],
});

/** The gradient of toeplitz: every weight gets the sum over the entries where it stands. Source: proofs/toeplitz.md. */
export const diagonalSums = structural({
  name: 'diagonal_sums',
  summary: 'adds up the entries of a matrix that toeplitz fills with one weight (the gradient of toeplitz)',
  input: 'R S',
  output: 'O I K@',
  rank: lengthsRank,
  result: 'sums',
  params: { outputs: 1, channels: 1, kernel_size: 1, length: [1], ...windowParams },
  letters: { outputs: 'O', channels: 'I', kernel_size: 'K@', length: 'L@', ...windowLetters },
  domain: ['O >= 0', 'I >= 0', 'L@ >= 0', ...windowDomain, 'R = O*prod(P@)', 'S = I*prod(L@)'],
  definition: `y[o<O, c<I, q@<K@] = sum(p@<P@, i@<L@) [i@ = s@*p@ + d@*q@ - a@]
    x[flat(o<O, p@<P@), flat(c<I, i@<L@)]`,
  sizes: (dims, params, rank) => {
    const own = {
      O: sizeParameter(params, 'outputs'),
      I: sizeParameter(params, 'channels'),
      ...named('K', axisParameter(params, 'kernel_size', rank)),
      ...extentsParameter(params, 'length', rank),
    };
    const windows = windowSizes(own, params, rank);
    const [rows, columns] = [own.O * cells('P', windows, rank), own.I * cells('L', own, rank)];
    if (dims.R !== rows || dims.S !== columns) throw doesNotFit(dims.R!, dims.S!, rows, columns);
    return { ...own, ...windows };
  },
  claim: matrixOf(UPSTREAM, sameWindows),
  kernel: (x, call) => diagonalSumsKernel(x, call.sizes.O!, call.sizes.I!, geometryOf(call)),
  mistakes: () => [
    {
      name: 'flipped-diagonals',
      says: 'the kernel is rotated by 180 degrees in the matrix',
      claim: matrixOf(apply('flip_spatial', UPSTREAM), sameWindows),
    },
    ...windowMistakes.map(({ name, says, windows }) => ({ name, says, claim: matrixOf(UPSTREAM, windows) })),
    {
      name: 'positions-first',
      says: 'the columns are written as position by channel, not as channel by position',
      claim: formula(`dx[r<R, k<S] = sum(o<O, p@<P@, c<I, i@<L@, q@<K@)
        [r = flat(o<O, p@<P@)] [k = flat(i@<L@, c<I)] [i@ = s@*p@ + d@*q@ - a@] yBar[o, c, q@]`),
    },
  ],
  examples: () => [
    { shapes: { x: [6, 4] }, params: { outputs: 2, channels: 1, kernel_size: 2, length: [4] } },
    {
      shapes: { x: [3, 10] },
      params: {
        outputs: 1,
        channels: 2,
        kernel_size: 3,
        length: [5],
        stride: 2,
        dilation: 2,
        before: 1,
        after: 3,
      },
    },
  ],
  badCalls: () => [
    { shapes: { x: [5, 4] }, params: { outputs: 2, kernel_size: 2, length: [4] }, code: 'size-mismatch' },
    { shapes: { x: [6, 5] }, params: { outputs: 2, kernel_size: 2, length: [4] }, code: 'size-mismatch' },
    { shapes: { x: [6, 4] }, params: { outputs: -2, length: [4] }, code: 'bad-parameter' },
    { shapes: { x: [6, 4] }, params: { kernel_size: 0, length: [4] }, code: 'kernel-size-not-positive' },
    { shapes: { x: [6, 4, 1] }, params: {}, code: 'rank-mismatch' },
  ],
});

function doesNotFit(rows: number, columns: number, expectedRows: number, expectedColumns: number) {
  return new BackproofError({
    code: 'size-mismatch',
    where: 'diagonal_sums',
    what: `x is a matrix of ${rows} rows and ${columns} columns`,
    expected: `${expectedRows} rows and ${expectedColumns} columns, as these windows have`,
    got: `${rows} by ${columns}`,
    fix: 'Give outputs, channels, kernel_size and length of the matrix.',
    data: { rows, columns, expectedRows, expectedColumns },
  });
}
