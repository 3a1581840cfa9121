/** False claims about operators that slide: one guard, one extent, one offset, one sign. */
import type { Refused } from './case.js';

export const sliding: readonly Refused[] = [
  {
    name: 'no zeros put between: right at stride 1 only',
    text: `rank 2
tensor x[N, C, L@], w[O, C, K@]
assume s@ >= 1, K@ >= 1
y = conv2d(x, w, stride=s@)
dx = crop(correlate(zero_stuff(yBar, step={1|s@}), flip_spatial(transpose(w)), padding=full), start=0, length=L@)
prove gradient of y by x is dx`,
  },
  {
    name: 'the rows that the stride leaves over are lost: right where it divides',
    text: `tensor x[N, C, L], w[O, C, K]
assume s >= 1, a >= 0, b >= 0, K >= 1, P >= 1
y = conv1d(x, w, stride=s, padding=[a, b])
full = correlate(zero_stuff(yBar, step=s), flip_spatial(transpose(w)), padding=full)
dx = {crop(crop(full, start=a, length=s*(P - 1) + K - a - b), start=0, length=L)|crop(full, start=a, length=L)}
assume L + a + b >= K, 0 <= L + a + b - K - s*(P - 1) < s, s*(P - 1) + K >= a + b
prove gradient of y by x is dx`,
  },
  {
    name: 'dw rotated: right for kernels of one cell only',
    text: `rank 2
tensor x[N, C, L@], w[O, C, K@]
assume d@ >= 1, K@ >= 1
y = conv2d(x, w, dilation=d@)
dw = {flip_spatial(|}transpose(crop(correlate(transpose(x), transpose(yBar), step=d@), start=0, length=K@)){)|}
prove gradient of y by w is dw`,
  },
  {
    name: 'paddings before and after exchanged: right where they are equal',
    text: `tensor x[N, C, L], w[O, C, K]
assume a >= 0, b >= 0, K >= 1
y = conv1d(x, w, padding=[a, b])
dw = transpose(crop(correlate(transpose(pad(x, before={b|a}, after={a|b})), transpose(yBar)), start=0, length=K))
prove gradient of y by w is dw`,
  },
  {
    name: 'the last window forgotten',
    text: `assume s >= 1
y[p<P] = sum(q<K) [0 <= s*p + q < L] x[s*p + q] * w[q]
dw[q<K] = sum(p<{P - 1|P}) [0 <= s*p + q < L] x[s*p + q] * yBar[p]
prove gradient of y by w is dw`,
  },
  {
    name: 'the input one cell too short at its border',
    text: `assume s >= 1
y[p<P] = sum(q<K) [0 <= s*p + q < L] x[s*p + q] * w[q]
dw[q<K] = sum(p<P) [0 <= s*p + q < {L - 1|L}] x[s*p + q] * yBar[p]
prove gradient of y by w is dw`,
  },
  {
    name: 'a transposed convolution without its output padding',
    text: `assume s >= 1, e >= 0, a >= 0, K >= 1, L >= 1
y[i<s*(L - 1) + K - 2*a + e] = sum(l<L, q<K) [i + a = s*l + q] x[l] * w[q]
dw[q<K] = sum(l<L, i<s*(L - 1) + K - 2*a{| + e}) [i + a = s*l + q] x[l] * yBar[i]
prove gradient of y by w is dw`,
  },
  {
    name: 'a transposed convolution whose input gradient forgets the stride',
    text: `assume s >= 1
y[i<M] = sum(l<L, q<K) [i = s*l + q] x[l] * w[q]
dx[l<L] = sum(q<K) [0 <= {|s*}l + q < M] yBar[{|s*}l + q] * w[q]
prove gradient of y by x is dx`,
  },
  {
    name: 'double backward: the kernel turned once too often',
    text: `tensor yBar[N, O, P], w[O, C, K]
assume s >= 1, P >= 1, K >= 1
dx = correlate(zero_stuff(yBar, step=s), flip_spatial(transpose(w)), padding=full)
again = subsample(correlate(u, {flip_spatial(w)|w}), step=s)
prove gradient of dx by yBar is again upstream u`,
  },
  {
    name: 'true convolution: the rotated kernel gradient not turned back',
    text: `rank 2
tensor x[N, C, L@], w[O, C, K@]
assume K@ >= 1
y = conv2d(x, w, convention=convolution)
dw = {|flip_spatial(}transpose(correlate(transpose(x), transpose(yBar))){|)}
assume L@ >= K@
prove gradient of y by w is dw`,
  },
  {
    name: 'only the first axis of the kernel reversed',
    text: `rank 2
assume K@ >= 1
y[p@<P@] = sum(q@<K@) [0 <= p@ + q@ < L@] x[p@ + q@] * w[q@]
dx[i@<L@] = sum(q@<K@) [0 <= i1 + q1 - K1 + 1 < P1] [0 <= i2 + q2 - K2 + 1 < P2]
  yBar[i1 + q1 - K1 + 1, i2 + q2 - K2 + 1] * w[K1 - 1 - q1, {q2|K2 - 1 - q2}]
prove gradient of y by x is dx`,
  },
  {
    name: 'the second and third axis of a volume exchanged',
    text: `rank 3
assume s@ >= 1
y[p@<P@] = sum(q@<K@) [0 <= s@*p@ + q@ < L@] x[s@*p@ + q@] * w[q@]
dw[q@<K@] = sum(p@<P@) [0 <= s@*p@ + q@ < L@] x[s@*p@ + q@] * yBar[p1, {p3, p2|p2, p3}]
prove gradient of y by w is dw`,
  },
  {
    name: 'one padding for both axes',
    text: `rank 2
tensor x[N, C, L@], w[O, C, K@]
assume a@ >= 0, b@ >= 0, K@ >= 1
y = conv2d(x, w, padding=[a@, b@])
dx = crop(correlate(yBar, flip_spatial(transpose(w)), padding=full), start=[a1, {a1|a2}], length=L@)
prove gradient of y by x is dx`,
  },
  {
    name: 'groups of the output counted by the channels of the input',
    text: `tensor x[N, G*I, L], w[G*M, I, K]
assume G >= 1
y = conv1d(x, w, groups=G)
dw[o<G*M, c<I, q<K] = sum(n<N, g<G, j<M, p<L - K + 1) [o = g*M + j] x[n, g*{M|I} + c, p + q] * yBar[n, o, p]
assume L >= K
prove gradient of y by w is dw`,
  },
  {
    name: 'a depthwise multiplier that counts the wrong way round',
    text: `y[c<C*D, p<P] = sum(e<C, j<D, q<K) [c = e*D + j] x[e, p + q] * w[e, j, q]
dx[e<C, l<L] = sum(j<D, p<P, q<K) [l = p + q] yBar[{j*C + e|e*D + j}, p] * w[e, j, q]
prove gradient of y by x is dx`,
  },
  {
    name: 'a separable kernel: the other factor forgotten',
    text: `rank 2
y[p@<P@] = sum(q@<K@) [0 <= p@ + q@ < L@] x[p@ + q@] * u[q1] * v[q2]
du[q<K1] = sum(p@<P@, k<K2) [0 <= p1 + q < L1] [0 <= p2 + k < L2] x[p1 + q, p2 + k] * yBar[p@] * {v[0]|v[k]}
prove gradient of y by u is du`,
  },
  {
    name: 'a pad turned back with the wrong sign',
    text: `tensor x[N, C, L]
assume a >= 0, b >= 0
y = pad(x, before=a, after=b)
prove gradient of y by x is crop(yBar, start={-a|a}, length=L)`,
  },
  {
    name: 'a crop turned back with the same start',
    text: `tensor x[N, C, L]
assume M >= 0
y = crop(x, start=a, length=M)
prove gradient of y by x is crop(yBar, start={a|-a}, length=L)`,
  },
  {
    name: 'a shift whose guard matters at the border alone',
    text: `y[p<L] = [0 <= p - 1 < L] x[p - 1]
z[p<L] = {x[p - 1]|[0 <= p - 1 < L] x[p - 1]}
prove y = z`,
  },
  {
    name: 'differences of neighbours: nothing guarded at the ends',
    text: `assume L >= 1
y[p<L - 1] = x[p + 1] - x[p]
dx[l<L] = {yBar[l - 1] - yBar[l]|[0 <= l - 1 < L - 1] yBar[l - 1] - [0 <= l < L - 1] yBar[l]}
prove gradient of y by x is dx`,
  },
  {
    name: 'upsampling by repetition: one of the copies summed',
    text: `assume s >= 1
y[i<s*L] = sum(l<L, r<s) [i = s*l + r] x[l]
dx[l<L] = {yBar[s*l]|sum(r<s) yBar[s*l + r]}
prove gradient of y by x is dx`,
  },
  {
    name: 'running sums: the gradient runs forward again',
    text: `y[p<L] = sum(q<L) [0 <= p - q < L] x[q]
dx[q<L] = sum(p<L) [0 <= {q - p|p - q} < L] yBar[p]
prove gradient of y by x is dx`,
  },
];
