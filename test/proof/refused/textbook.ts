/** The mistakes that every prover of gradients must refuse: the first 21 of its list, number 9 twice. */
import type { Refused } from './case.js';

/** A convolution layer of one group; `@` is one copy per axis. */
const CONV = `tensor x[N, C, L@], w[O, C, K@]
assume s@ >= 1, d@ >= 1, a@ >= 0, b@ >= 0, K@ >= 1
y = conv@d(x, w, stride=s@, dilation=d@, padding=[a@, b@])
`;

const INPUT = `
prove gradient of y by x is dx`;

const KERNEL = `
prove gradient of y by w is dw`;

/** P windows of K cells over a signal of L cells. */
const SIGNAL = `assume s >= 1, a >= 0
y[p<P] = sum(q<K) [0 <= s*p + q - a < L] x[s*p + q - a] * w[q]
`;

export const textbook: readonly Refused[] = [
  {
    name: '1: dx without rotating the kernel',
    text: `rank 2
${CONV}dx = crop(correlate(zero_stuff(yBar, step=s@), {|flip_spatial(}dilate(transpose(w), step=d@){|)}, padding=full),
  start=a@, length=L@)${INPUT}`,
  },
  {
    name: '2: dx without cropping the padding away',
    text: `${CONV}dx = crop(correlate(zero_stuff(yBar, step=s@), flip_spatial(dilate(transpose(w), step=d@)), padding=full),
  start={0|a@}, length=L@)${INPUT}`,
  },
  {
    name: '3: dx at an offset that ignores the dilation',
    text: `assume s >= 1, d >= 1, a >= 0, K >= 1
y[p<P] = sum(q<K) [0 <= s*p + d*q - a < L] x[s*p + d*q - a] * w[q]
stuffed[u<s*(P - 1) + 1] = sum(p<P) [u = s*p] yBar[p]
dilated[v<d*(K - 1) + 1] = sum(q<K) [v = d*q] w[q]
dx[l<L] = sum(v<d*(K - 1) + 1) [0 <= l + a + v - {(K - 1)|d*(K - 1)} < s*(P - 1) + 1]
  stuffed[l + a + v - {(K - 1)|d*(K - 1)}] * dilated[d*(K - 1) - v]${INPUT}`,
  },
  {
    name: '4: stride and dilation exchanged',
    text: `${CONV}dx = crop(correlate(zero_stuff(yBar, step={d|s}@), flip_spatial(dilate(transpose(w), step={s|d}@)), padding=full),
  start=a@, length=L@)${INPUT}`,
  },
  {
    name: '5: the axes of the kernel exchanged',
    text: `rank 2
assume K1 = K2, s@ >= 1
y[p@<P@] = sum(q@<K@) [0 <= s@*p@ + q@ < L@] x[s@*p@ + q@] * w[q@]
dx[i@<L@] = sum(p@<P@, q@<K@) [i@ = s@*p@ + q@] yBar[p@] * w[{q2, q1|q1, q2}]${INPUT}`,
  },
  {
    name: '6: one stride for both axes',
    text: `rank 2
${CONV}dx = crop(correlate(zero_stuff(yBar, step=[s1, {s1|s2}]), flip_spatial(dilate(transpose(w), step=d@)), padding=full),
  start=a@, length=L@)${INPUT}`,
  },
  {
    name: '7: dw with a window step of 1 instead of the dilation',
    text: `${CONV}dw = transpose(crop(correlate(transpose(pad(x, before=a@, after=b@)), zero_stuff(transpose(yBar), step=s@),
  step={1|d@}), start=0, length=K@))${KERNEL}`,
  },
  {
    name: '8: dw with in and out channels exchanged',
    text: `assume C = O
y[n<N, o<O, p<P] = sum(c<C, q<K) [0 <= p + q - a < L] x[n, c, p + q - a] * w[o, c, q]
dw[o<O, c<C, q<K] = sum(n<N, p<P) [0 <= p + q - a < L] x[n, {o|c}, p + q - a] * yBar[n, {c|o}, p]${KERNEL}`,
  },
  {
    name: '9: dw negated',
    text: `${SIGNAL}dw[q<K] = {-|}sum(p<P) [0 <= s*p + q - a < L] x[s*p + q - a] * yBar[p]${KERNEL}`,
  },
  {
    name: '9: dw doubled',
    text: `${SIGNAL}dw[q<K] = sum(p<P) [0 <= s*p + q - a < L] {2*|}x[s*p + q - a] * yBar[p]${KERNEL}`,
  },
  {
    name: '10: the forward pass without the guard for the padding',
    text: `tensor x[N, C, L], w[O, C, K]
assume d >= 1, a >= 0, b >= 0, K >= 1, L + a + b >= d*(K - 1)
y = conv1d(x, w, dilation=d, padding=[a, b])
z[n<N, o<O, p<L + a + b - d*(K - 1)] = sum(c<C, q<K) {|[0 <= p + d*q - a < L]} x[n, c, p + d*q - a] * w[o, c, q]
prove y = z`,
  },
  {
    name: '11: dx of a grouped convolution through group 0 alone',
    text: `assume s >= 1
y[n<N, o<G*M, p<P] = sum(g<G, j<M, c<I, q<K) [o = g*M + j] [0 <= s*p + q < L] x[n, g*I + c, s*p + q] * w[o, c, q]
dx[n<N, c<G*I, i<L] = sum(g<G, j<M, e<I, q<K, p<P) [c = g*I + e] [i = s*p + q]
  yBar[n, {j|g*M + j}, p] * w[g*M + j, e, q]${INPUT}`,
  },
  {
    name: '12: two layers without the guard of the range between them',
    text: `assume s >= 1, t >= 1, a >= 0
h[p<P] = sum(q<A) [0 <= s*p + q < L] x[s*p + q] * u[q]
y[m<M] = sum(r<B) [0 <= t*m + r - a < P] h[t*m + r - a] * v[r]
dx[l<L] = sum(m<M, r<B, q<A) {|[0 <= t*m + r - a < P]} [l = s*(t*m + r - a) + q] yBar[m] * v[r] * u[q]${INPUT}`,
  },
  {
    name: '13: the chain rule in the order of the forward pass',
    text: `assume s >= 1
h[p<P] = sum(q<A) [0 <= p + q < L] x[p + q] * u[q]
y[m<M] = sum(r<B) [0 <= s*m + r < P] h[s*m + r] * v[r]
dh[p<P] = sum(m<M, r<{A|B}) [p = s*m + r] yBar[m] * {u|v}[r]
dx[l<L] = sum(p<P, q<{B|A}) [l = p + q] dh[p] * {v|u}[q]${INPUT}`,
  },
  {
    name: '14: a square without the factor 2',
    text: `z[m<M] = sum(n<N) w[m, n] * x[n]
y[m<M] = z[m] * z[m]
dx[n<N] = sum(m<M) {|2*}yBar[m] * z[m] * w[m, n]${INPUT}`,
  },
  {
    name: '15: max pooling that scatters without the selection',
    text: `assume s >= 1
y[c<C, p<P] = sum(q<K) chosen[c, p, q] * x[c, s*p + q]
dx[c<C, l<L] = sum(p<P, q<K) [l = s*p + q] yBar[c, p]{|*chosen[c, p, q]}${INPUT}`,
  },
  {
    name: '16: average pooling that counts one window per input',
    text: `assume s >= 1
y[p<P] = sum(q<K) third[] * x[s*p + q]
dx[l<L] = sum(p<P, q<{s|K}) [l = s*p + q] third[] * yBar[p]${INPUT}`,
  },
  {
    name: '17: layers that commute although they pad',
    text: `assume a >= 0, b >= 0
h[p<P] = sum(q<A) {[0 <= p + q - a < L]|} x[p + q - a] * u[q]
y[m<M] = sum(r<B) {[0 <= m + r - b < P]|} h[m + r - b] * v[r]
k[p<P] = sum(r<B) {[0 <= p + r - b < L]|} x[p + r - b] * v[r]
z[m<M] = sum(q<A) {[0 <= m + q - a < P]|} k[m + q - a] * u[q]
prove y = z`,
  },
  {
    name: '17: layers that commute although they stride',
    text: `assume s >= 1
h[p<P] = sum(q<A) x[{s*|}p + q] * u[q]
y[m<M] = sum(r<B) h[m + r] * v[r]
k[p<P] = sum(r<B) x[p + r] * v[r]
z[m<M] = sum(q<A) k[{s*|}m + q] * u[q]
prove y = z`,
  },
  {
    name: '18: an adjoint that forgets what the stride leaves over',
    text: `assume s >= 1, d >= 1, a >= 0, P >= 1, K >= 1
loss[] = sum(p<P, q<K) [0 <= s*p + d*q - a < L] yBar[p] * x[s*p + d*q - a] * w[q]
sides[] = sum(l<{s*(P - 1) + d*(K - 1) + 1 - 2*a|L}, p<P, q<K) [l = s*p + d*q - a] [0 <= l < L] x[l] * yBar[p] * w[q]
prove loss = sides`,
  },
  {
    name: '19: a crop from max(a, 0) where the padding may be negative',
    // The assumptions say that m is that maximum.
    text: `tensor x[N, C, L]
assume m >= 0, m >= a, m*(m - a) <= 0, L + a + b >= 0
y = pad(x, before=a, after=b)
dx = crop(yBar, start={m|a}, length=L)
prove gradient of y by x is dx`,
  },
  {
    name: '20: padding before stuffing for stuffing before padding',
    text: `tensor x[N, C, P]
assume s >= 1, e >= 0, P >= 1, M >= 0
padded = pad(x, before=e, after=e)
inner = zero_stuff(padded, step=s)
y = crop(inner, start=0, length=M)
outer = zero_stuff(x, step=s)
z = crop(pad(outer, before={e}, after={e}), start=0, length=M)
prove y = z`,
  },
  {
    name: '21: a dilation read as a guard',
    text: `assume d >= 1, D >= d*(K - 1) + 1
y[m<D] = sum(k<K) [m = d*k] w[k]
z[m<D] = {[0 <= m < K] w[m]|sum(k<K) [d*k = m] w[k]}
prove y = z`,
  },
];
