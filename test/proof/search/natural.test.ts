/** Statements that people would write, beyond the registry's: each is proved. */
import { expect, test } from 'vitest';
import { judge } from '../../../src/proof/judge.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';

const theorems = `
theorem flip-commutes
tensor x[N, C, L@]
assume s >= 1
a = flip_spatial(zero_stuff(x, step=s))
b = zero_stuff(flip_spatial(x), step=s)
prove a = b

theorem crop-crop
tensor x[N, C, L]
assume a >= 0, b >= 0, M >= 0, K >= 0, K + b <= M
y = crop(crop(x, start=a, length=M), start=b, length=K)
z = crop(x, start=a + b, length=K)
prove y = z

theorem subsample-stuff
tensor x[N, C, L]
assume s >= 1, L >= 1
y = subsample(zero_stuff(x, step=s), step=s)
z = crop(y, start=0, length=L)
prove z = x

theorem conv-commutes-kernel
y[p<P] = sum(q<Q, r<R) x[p + q + r] * u[q] * v[r]
full[t<Q + R - 1] = sum(q<Q) [0 <= t - q < R] u[q] * v[t - q]
z[p<P] = sum(t<Q + R - 1) x[p + t] * full[t]
assume Q >= 1, R >= 1
prove y = z

theorem max-pooling-2d
rank 2
assume s@ >= 1
y[n<N, c<C, p@<P@] = sum(q@<K@) [0 <= s@*p@ + q@ - a@ < L@] chosen[n, c, p@, q@] * x[n, c, s@*p@ + q@ - a@]
dx[n<N, c<C, i@<L@] = sum(p@<P@, q@<K@) [i@ = s@*p@ + q@ - a@] yBar[n, c, p@] * chosen[n, c, p@, q@]
prove gradient of y by x is dx
prove adjoint of y by x is dx

theorem attention-heads
y[n<N, m<M, o<O] = sum(h<H, d<D, k<M) p[n, h, m, k] * v[n, k, h*D + d] * w[o, h*D + d]
dv[n<N, k<M, e<H*D] = sum(h<H, d<D, m<M, o<O) [e = h*D + d] p[n, h, m, k] * w[o, h*D + d] * yBar[n, m, o]
prove gradient of y by v is dv

theorem transposed-by-correlation
assume s >= 1, K >= 1, P >= 1
y[i<s*(P - 1) + K] = sum(p<P, q<K) [i = s*p + q] x[p] * w[q]
stuffed[u<s*(P - 1) + 1] = sum(p<P) [u = s*p] x[p]
z[i<s*(P - 1) + K] = sum(r<K) [0 <= i - K + 1 + r < s*(P - 1) + 1] stuffed[i - K + 1 + r] * w[K - 1 - r]
prove y = z

theorem im2col-gradient
rank 2
assume s@ >= 1
columns[r<C*prod(K@), p@<P@] = sum(c<C, q@<K@) [r = c*prod(K@) + q1*K2 + q2] [0 <= s@*p@ + q@ < L@] x[c, s@*p@ + q@]
dx[c<C, i@<L@] = sum(p@<P@, q@<K@) [i@ = s@*p@ + q@] yBar[c*prod(K@) + q1*K2 + q2, p@]
prove gradient of columns by x is dx

theorem gemm-dw
rank 2
columns[r<C*prod(K@), p@<P@] = sum(c<C, q@<K@) [r = c*prod(K@) + q1*K2 + q2] x[c, p@ + q@]
y[o<O, p@<P@] = sum(r<C*prod(K@)) columns[r, p@] * w[o, r]
dw[o<O, r<C*prod(K@)] = sum(p@<P@, c<C, q@<K@) [r = c*prod(K@) + q1*K2 + q2] yBar[o, p@] * x[c, p@ + q@]
prove gradient of y by w is dw

theorem broadcast-group
y[n<N, c<G*I] = sum(g<G, i<I) [c = g*I + i] x[n, c] * gamma[g]
dgamma[g<G] = sum(n<N, i<I) x[n, g*I + i] * yBar[n, g*I + i]
prove gradient of y by gamma is dgamma

theorem reshape-3d
y[v<A*B*C] = sum(a<A, b<B, c<C) [v = a*B*C + b*C + c] x[a, b, c]
z[a<A, b<B, c<C] = y[a*B*C + b*C + c]
w[a<A, b<B, c<C] = x[a, b, c]
prove z = w

theorem upsample-bilinear
assume s >= 1
y[i<s*L] = sum(l<L, r<s) [i = s*l + r] u[r]*x[l] + sum(l<L, r<s) [i = s*l + r] v[r]*x[l + 1]
dx[l<L] = sum(r<s) u[r]*yBar[s*l + r] + sum(m<L, r<s) [l = m + 1] v[r]*yBar[s*m + r]
prove gradient of y by x is dx

theorem upsample-guarded
assume s >= 1
y[i<s*L] = sum(l<L, r<s) [i = s*l + r] [0 <= l + 1 < L] v[r]*x[l + 1]
dx[l<L] = sum(r<s) [0 <= l - 1 < L] v[r]*yBar[s*(l - 1) + r]
prove gradient of y by x is dx

theorem causal-attention
y[i<L] = sum(j<L) [0 <= i - j < L] a[i, j] * v[j]
dv[j<L] = sum(i<L) [0 <= i - j < L] a[i, j] * yBar[i]
prove gradient of y by v is dv

theorem symmetric
y[i<N, j<N] = a[i, j] + a[j, i]
da[i<N, j<N] = yBar[i, j] + yBar[j, i]
prove gradient of y by a is da

theorem square-of-a-matrix
y[i<N, j<N] = sum(k<N) a[i, k] * a[k, j]
da[i<N, k<N] = sum(j<N) a[k, j]*yBar[i, j] + sum(j<N) a[j, i]*yBar[j, k]
prove gradient of y by a is da

theorem cube-of-a-matrix
y[i<N, j<N] = sum(k<N, l<N) a[i, k] * a[k, l] * a[l, j]
da[i<N, k<N] = sum(j<N, l<N) a[k, l]*a[l, j]*yBar[i, j] + sum(m<N, j<N) a[m, i]*a[k, j]*yBar[m, j] + sum(m<N, l<N) a[m, l]*a[l, i]*yBar[m, k]
prove gradient of y by a is da

theorem dilated-kernel-subsample
assume d >= 1, K >= 1
dil[v<d*(K - 1) + 1] = sum(q<K) [v = d*q] w[q]
back[q<K] = dil[d*q]
z[q<K] = w[q]
prove back = z

theorem phase-split
assume s >= 1
y[] = sum(i<s*L) x[i] * w[i]
z[] = sum(r<s, l<L) x[s*l + r] * w[s*l + r]
prove y = z

theorem three-layers
assume s >= 1
h[p<P] = sum(q<A) [0 <= s*p + q < L] x[s*p + q] * u[q]
k[m<M] = sum(r<B) [0 <= s*m + r < P] d[s*m + r] * h[s*m + r] * v[r]
y[t<T] = sum(z<Z) [0 <= s*t + z < M] k[s*t + z] * e[s*t + z] * w[z]
dk[m<M] = sum(t<T, z<Z) [m = s*t + z] yBar[t] * w[z] * e[m]
dh[p<P] = sum(m<M, r<B) [p = s*m + r] dk[m] * v[r] * d[p]
dx[l<L] = sum(p<P, q<A) [l = s*p + q] dh[p] * u[q]
prove gradient of y by x is dx

theorem chain-through-a-stride
assume s >= 1
h[p<P] = sum(q<A) [0 <= s*p + q < L] x[s*p + q] * u[q]
y[m<M] = sum(r<B) [0 <= m + r < P] h[m + r] * v[r]
dh[p<P] = sum(m<M, r<B) [p = m + r] yBar[m] * v[r]
dx[l<L] = sum(p<P, q<A) [l = s*p + q] dh[p] * u[q]
prove gradient of y by x is dx

theorem a-range-as-a-guard
y[l<L] = sum(p<M) [p = l] x[p]
z[l<L] = [0 <= l < M] x[l]
prove y = z

theorem groups-and-one-too-many
y[o<G*M] = sum(g<G + 1, j<M) [M*g + j = o] x[g, j]
z[o<G*M] = sum(g<G, j<M) [M*g + j = o] x[g, j]
prove y = z
`;

test.each(parseTheorems(theorems, 'natural'))('$id', theorem => {
  const { verdict, residual } = judge(theorem);
  expect([verdict, residual]).toEqual(['PROVED', null]);
});
