/** False claims about layouts: digits, columns, flattening, and sums that are split. */
import type { Refused } from './case.js';

export const layouts: readonly Refused[] = [
  {
    name: 'im2col: channel and kernel cell exchanged on one side',
    text: `assume C >= 1, K >= 1
columns[r<C*K, p<P] = sum(c<C, q<K) [r = c*K + q] x[c, p + q]
row[r<C*K] = sum(c<C, q<K) [r = {q*C + c|c*K + q}] w[c, q]
y[p<P] = sum(c<C, q<K) x[c, p + q] * w[c, q]
z[p<P] = sum(r<C*K) columns[r, p] * row[r]
prove y = z`,
  },
  {
    name: 'im2col in two dimensions: the width of the kernel taken for its height',
    text: `rank 2
y[o<O, p@<P@] = sum(c<C, q@<K@) x[c, p@ + q@] * w[o, c*prod(K@) + q1*{K1|K2} + q2]
columns[r<C*prod(K@), p@<P@] = sum(c<C, q@<K@) [r = c*prod(K@) + q1*K2 + q2] x[c, p@ + q@]
z[o<O, p@<P@] = sum(r<C*prod(K@)) columns[r, p@] * w[o, r]
prove y = z`,
  },
  {
    name: 'a Toeplitz matrix that is not transposed',
    text: `assume P = L
t[p<P, l<L] = sum(q<K) [l = p + q] w[q]
y[p<P] = sum(l<L) t[p, l] * x[l]
dx[l<L] = sum(p<P) {t[l, p]|t[p, l]} * yBar[p]
prove gradient of y by x is dx`,
  },
  {
    name: 'a split index put together in the wrong radix',
    text: `y[] = sum(v<n*m) x[v]
z[] = sum(h<n, l<m) x[{n|m}*h + l]
prove y = z`,
  },
  {
    name: 'a sum over n + m that starts its second part too early',
    text: `y[] = sum(k<n + m) x[k]
z[] = sum(k<n) x[k] + sum(k<m) x[{m} + k]
prove y = z`,
  },
  {
    name: 'a sum that counts its middle twice',
    text: `y[] = sum(k<n) x[k]
z[] = sum(k<n) [0 <= k < m] x[k] + sum(k<n) [0 <= k - m {+ 1} < n] x[k]
assume m <= n
prove y = z`,
  },
  {
    name: 'flattening by the height for the width: right for squares only',
    text: `rank 2
y[o<O] = sum(i@<L@) x[i@] * w[o, i1*L2 + i2]
dx[i@<L@] = sum(o<O) yBar[o] * w[o, i1*{L1|L2} + i2]
prove gradient of y by x is dx`,
  },
  {
    name: 'flattening undone with rows and columns exchanged',
    text: `rank 2
y[r<prod(L@)] = sum(i@<L@) [r = i1*L2 + i2] x[i@]
dx[i@<L@] = yBar[{i2*L1 + i1|i1*L2 + i2}]
prove gradient of y by x is dx`,
  },
  {
    name: 'a channel shuffle undone by the same shuffle: right where G = I',
    text: `y[c<G*I, p<P] = sum(g<G, i<I) [c = i*G + g] x[g*I + i, p]
dx[c<G*I, p<P] = sum(g<G, i<I) [c = {i*G + g|g*I + i}] yBar[{g*I + i|i*G + g}, p]
prove gradient of y by x is dx`,
  },
  {
    name: 'depth to space with the channels of a block in the other order',
    text: `y[c<C, i<s*L] = sum(l<L, r<s) [i = s*l + r] x[c*s + r, l]
dx[h<C*s, l<L] = sum(c<C, r<s) [h = {r*C + c|c*s + r}] yBar[c, s*l + r]
prove gradient of y by x is dx`,
  },
  {
    name: 'a regrouping whose groups are never put back',
    text: `tensor x[G*B, C, L]
assume G >= 1, B = C, G*B = G*C
y = regroup(x, groups=G)
prove gradient of y by x is transpose({|regroup(transpose(}yBar{|), groups=G)})`,
  },
  {
    name: 'heads of attention merged in the wrong order',
    text: `y[n<N, e<H*D] = sum(h<H, d<D) [e = h*D + d] x[h, n, d]
dx[h<H, n<N, d<D] = yBar[n, {d*H + h|h*D + d}]
prove gradient of y by x is dx`,
  },
  {
    name: 'rows reversed one cell off',
    text: `assume L >= 1
y[p<L] = x[L - 1 - p]
dx[l<L] = {[0 <= L - l < L] yBar[L - l]|yBar[L - 1 - l]}
prove gradient of y by x is dx`,
  },
  {
    name: 'the diagonal of a matrix spread over its first column',
    text: `y[i<N] = x[i, i]
dx[i<N, j<N] = [{j = 0|j = i}] yBar[i]
prove gradient of y by x is dx`,
  },
];
