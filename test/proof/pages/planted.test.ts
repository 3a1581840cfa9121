/** Mistakes planted in the theorems of the pages: each is refuted by a counterexample, none is proved. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/proof/judge.js';
import { refute } from '../../../src/proof/refute/refute.js';
import { changedTheorems } from './shipped.js';

type Planted = readonly [what: string, page: string, theorem: string, from: string, to: string];

const KERNEL = 'dilate(transpose(regroup(w, groups=G)), step=d@)';
const CORRELATED = 'correlate(regroup(transpose(padded), groups=G), zero_stuff(transpose(z), step=s@)';

const planted: readonly Planted[] = [
  ['no rotation', 'transposed-conv.md', 'transposed-conv/by-operators', `flip_spatial(${KERNEL})`, KERNEL],
  ['padding ignored', 'transposed-conv.md', 'transposed-conv/adjoint', '[i@ + a@ = s@*p@', '[i@ = s@*p@'],
  ['dilation ignored', 'transposed-conv.md', 'transposed-conv/of-conv', 's@*p@ + d@*q@]', 's@*p@ + q@]'],
  [
    'window step 1',
    'transposed-conv.md',
    'transposed-conv/gradients',
    `${CORRELATED}, step=d@, groups=G)`,
    `crop(${CORRELATED}, groups=G), start=0, length=K@)`,
  ],
  ['first group only', 'transposed-conv.md', 'transposed-conv/adjoint', 'z[n, g*M + j, p@]', 'z[n, j, p@]'],
  ['matrix not transposed', 'toeplitz.md', 'toeplitz/transpose', 'T[r, k] * yBar', 'T[k, r] * yBar'],
  ['columns too narrow', 'toeplitz.md', 'toeplitz/flat', '[k = c*L1 + i] [i =', '[k = c*P1 + i] [i ='],
  ['window axes swapped', 'im2col.md', 'im2col/gemm-2d', '(c*K1 + q1)*K2 + q2', '(c*K2 + q2)*K1 + q1'],
  ['no zeros outside', 'im2col.md', 'im2col/gemm-1d', '[0 <= s1*t + d1*q1 - a1 < L1] x', 'x'],
  ['axes reversed', 'reshape.md', 'reshape/unflatten', '[k = (a*B + b)*C + c]', '[k = (c*B + b)*A + a]'],
  ['batch not summed', 'dense.md', 'dense/gradients', 'sum(n<N) yBar[n, m] *', 'sum(n<1) yBar[n, m] *'],
  ['positions not summed', 'dense.md', 'dense/as-1x1-conv', 'sum(n<N, p@<L@) yBar', 'sum(n<N, p@<1) yBar'],
  ['one window per cell', 'pooling.md', 'average-pool/gradient', 'sum(p@<P@, q@<K@) [', 'sum(p@<P@, q@<1) ['],
  ['no selection', 'pooling.md', 'max-pool/selection-held', 'S[n, c, p@, q@] * yBar', 'yBar'],
  ['no factor 2', 'pointwise.md', 'pointwise/square', '2 * x', 'x'],
  ['bias of one example', 'bias.md', 'bias/gradients', 'sum(n<N, p@<L@)', 'sum(n<1, p@<L@)'],
  ['derivative forgotten', 'layers.md', 'layers/convolutions', 'D[n, h, p@] * dmiddle', 'dmiddle'],
  ['sign of the bypass', 'layers.md', 'layers/residual', 'yBar[n, h, i@] + sum', 'yBar[n, h, i@] - sum'],
  ['order of the layers', 'layers.md', 'layers/dense', 'dfirst[n, h] * v', 'dmiddle[n, h] * v'],
  ['window shifted', 'conv.md', 'conv/remainder', 'crop(layer, start=0', 'crop(layer, start=1'],
  ['mean of the samples alone', 'statistics.md', 'statistics/deviations', '1/(N*prod(L@))', '1/(N)'],
  ['variance over one cell less', 'statistics.md', 'statistics/variance', '2 * r[] *', '2 * r[] * r[] *'],
  ['mean held fixed', 'statistics.md', 'statistics/batch-norm', ' - s[c] * meanBar[c]', ''],
  [
    'variance held fixed',
    'statistics.md',
    'statistics/batch-norm',
    ' + 2 * r[] * g[c] * sBar[c] * d[n, c, i@]',
    '',
  ],
  ['correlation commutes', 'convolve.md', 'convolve/commutes', 'convolve(w, x', 'correlate(w, x'],
];

describe('refuted', () => {
  test.each(planted)('%s (%s, %s)', (_, page, theorem, from, to) => {
    const theorems = changedTheorems(page, theorem, [from, to], '1');
    const refutations = theorems.map(({ statement }) => refute(statement));
    const found = refutations.find(one => one !== null);
    expect(found).toBeDefined();
    expect(found!.leftCoefficient).not.toEqual(found!.rightCoefficient);
    const verdicts = theorems.map((one, k) => (refutations[k] ? judge(one).verdict : 'REFUTED'));
    expect(new Set(verdicts)).toEqual(new Set(['REFUTED']));
  });
});
