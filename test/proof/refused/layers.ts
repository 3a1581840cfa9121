/** False claims about layers, pooling and products of matrices. */
import type { Refused } from './case.js';

export const layers: readonly Refused[] = [
  {
    name: 'a dense layer with the weights as they are: right shapes where I = O',
    text: `assume I = O
y[n<N, o<O] = sum(i<I) x[n, i] * w[o, i]
dx[n<N, i<I] = sum(o<O) yBar[n, o] * w[{i, o|o, i}]
prove gradient of y by x is dx`,
  },
  {
    name: 'a bias summed over the batch only',
    text: `y[n<N, o<O, p@<P@] = sum(c<C) w[o, c] * x[n, c, p@] + b[o]
db[o<O] = sum(n<N{|, p@<P@}) yBar[n, o, {0|p@}]
prove gradient of y by b is db`,
  },
  {
    name: 'a product of matrices: the left one not transposed',
    text: `assume M = K
y[m<M, n<N] = sum(k<K) a[m, k] * b[k, n]
db[k<K, n<N] = sum(m<M) {a[k, m]|a[m, k]} * yBar[m, n]
prove gradient of y by b is db`,
  },
  {
    name: 'the derivative of an activation missing in a chain',
    text: `z[m<M] = sum(n<N) w[m, n] * x[n]
h[m<M] = d[m] * z[m]
y[k<K] = sum(m<M) v[k, m] * h[m]
dx[n<N] = sum(k<K, m<M) yBar[k] * v[k, m] * {|d[m] * }w[m, n]
prove gradient of y by x is dx`,
  },
  {
    name: 'the derivative of an activation of the wrong layer',
    text: `h[m<M] = sum(n<M) d[m] * u[m, n] * x[n]
y[k<M] = sum(m<M) e[k] * v[k, m] * h[m]
dx[n<M] = sum(k<M, m<M) yBar[k] * {d[k]|e[k]} * v[k, m] * {e[m]|d[m]} * u[m, n]
prove gradient of y by x is dx`,
  },
  {
    name: 'average pooling that divides by the count of the first window',
    text: `assume s >= 1, a >= 0
y[p<P] = sum(q<K) [0 <= s*p + q - a < L] r[p] * x[s*p + q - a]
dx[l<L] = sum(p<P, q<K) [l = s*p + q - a] r[{0|p}] * yBar[p]
prove gradient of y by x is dx`,
  },
  {
    name: 'average pooling that counts the padding: K for every window',
    text: `assume s >= 1, a >= 0
count[p<P] = sum(q<K) [0 <= s*p + q - a < L] 1
y[p<P] = {sum(q<K) 1|sum(q<K) [0 <= s*p - a + q < L] 1}
prove count = y`,
  },
  {
    name: 'max pooling that reads the selection of the next window',
    text: `assume s >= 1
y[c<C, p<P] = sum(q<K) [0 <= s*p + q < L] chosen[c, p, q] * x[c, s*p + q]
dx[c<C, l<L] = sum(p<P, q<K) [l = s*p + q] yBar[c, p] * chosen[c, {p + 1|p}, q]
prove gradient of y by x is dx`,
  },
  {
    name: 'global pooling with one gradient for all channels',
    text: `rank 2
y[c<C] = sum(p@<P@) x[c, p@]
dx[c<C, p@<P@] = yBar[{0|c}]
prove gradient of y by x is dx`,
  },
  {
    name: 'a quadratic form differentiated once',
    text: `y[] = sum(i<N, j<N) a[i, j] * x[i] * x[j]
dx[i<N] = sum(j<N) {2*a[i, j] * x[j] * yBar[]|a[i, j] * x[j] * yBar[] + sum(j<N) a[j, i] * x[j] * yBar[]}
prove gradient of y by x is dx`,
  },
  {
    name: 'shared weights differentiated where they are used first',
    text: `y[i<N] = sum(m<M, j<N) w[m, i] * w[m, j] * x[j]
dw[m<M, i<N] = sum(j<N) yBar[i] * w[m, j] * x[j]{| + sum(j<N) yBar[j] * w[m, j] * x[i]}
prove gradient of y by w is dw`,
  },
  {
    name: 'a recurrence without the path through the earlier state',
    text: `h[i<N] = sum(j<N) u[i, j] * x[j]
y[k<N] = sum(i<N) u[k, i] * h[i]
du[i<N, j<N] = yBar[i] * h[j]{| + sum(k<N) yBar[k] * u[k, i] * x[j]}
prove gradient of y by u is du`,
  },
  {
    name: 'a residual block without the straight path',
    text: `y[i<N] = x[i] + sum(j<N) w[i, j] * x[j]
dx[j<N] = sum(i<N) w[i, j] * yBar[i]{| + yBar[j]}
prove gradient of y by x is dx`,
  },
  {
    name: 'centring without the gradient through the mean',
    text: `y[n<N] = sum(m<N) x[n] - sum(m<N) x[m]
dx[n<N] = sum(m<N) yBar[n]{| - sum(m<N) yBar[m]}
prove gradient of y by x is dx`,
  },
  {
    name: 'an outer product with its sides exchanged: right where both are one vector',
    text: `assume M = N
y[m<M, n<N] = u[m] * v[n]
du[m<M] = sum(n<N) {yBar[n, m]|yBar[m, n]} * v[n]
prove gradient of y by u is du`,
  },
  {
    name: 'a trace whose factors change places',
    text: `y[] = sum(i<N, j<N, k<N) a[i, j] * b[j, k] * c[k, i]
z[] = sum(i<N, j<N, k<N) {a[i, j] * c[j, k] * b[k, i]|b[i, j] * c[j, k] * a[k, i]}
prove y = z`,
  },
  {
    name: 'attention scores: keys and queries exchanged',
    text: `y[i<N, j<M] = sum(e<E) q[i, e] * k[j, e]
dk[j<M, e<E] = sum(i<N) {yBar[j, i]|yBar[i, j]} * q[i, e]
prove gradient of y by k is dk`,
  },
  {
    name: 'a batch gradient that keeps the last sample out',
    text: `y[n<N, o<O] = sum(i<I) x[n, i] * w[o, i]
dw[o<O, i<I] = sum(n<{N - 1|N}) x[n, i] * yBar[n, o]
prove gradient of y by w is dw`,
  },
];
