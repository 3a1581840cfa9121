/** Mistakes beyond a single convolution: chains, pooling, adjoints, padding of either sign, dilation as a guard. */
import { describe, expect, test } from 'vitest';
import { refute } from '../../../src/proof/refute/refute.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { expectSmallest } from './smallest.js';
import { statementOf } from './statements.js';

interface Planted {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly assume: readonly string[];
  readonly by?: string;
  readonly text: string;
  /** Replaced by what makes the statement true. */
  readonly wrong: string;
  readonly right: string;
}

const planted: readonly Planted[] = [
  {
    name: 'two layers without the guard between them',
    parameters: ['L', 'P', 'Q', 'A', 'B', 'a'],
    assume: ['L', 'P', 'Q', 'A', 'B', 'a'],
    by: 'x',
    text: `h[p<P] = sum(q<A) [0 <= p + q < L] x[p + q] * u[q]
      y[p<Q] = sum(q<B) [0 <= p + q - a < P] h[p + q - a] * v[q]
      left[] = sum(t<Q) yBar[t] * y[t]
      right[l<L] = sum(t<Q, q<B, r<A) WRONG [t + q + r - a - l = 0] yBar[t] * v[q] * u[r]`,
    wrong: '',
    right: '[0 <= t + q - a < P]',
  },
  {
    name: 'average pooling that counts one window per input',
    parameters: ['L', 'P', 'k', 's'],
    assume: ['L', 'P', 'k', 's-1', 'L-s*P+s-k'],
    by: 'x',
    text: `y[p<P] = sum(q<k) x[s*p + q] * rho[]
      left[] = sum(t<P) yBar[t] * y[t]
      right[l<L] = sum(t<P, q<WRONG) [l = s*t + q] yBar[t] * rho[]`,
    wrong: 's',
    right: 'k',
  },
  {
    name: 'max pooling that scatters without the selection',
    parameters: ['L', 'P', 'k', 's'],
    assume: ['L', 'P', 'k', 's-1'],
    by: 'x',
    text: `y[p<P] = sum(q<k) chosen[p, q] * x[s*p + q]
      left[] = sum(t<P) yBar[t] * y[t]
      right[l<L] = sum(t<P, q<k) [l = s*t + q] yBar[t] * chosenWRONG`,
    wrong: '[t, 0]',
    right: '[t, q]',
  },
  {
    name: 'an adjoint summed without the remainder of the stride',
    parameters: ['L', 'P', 'K', 's', 'd', 'a'],
    assume: ['L', 'P-1', 'K-1', 's-1', 'd-1', 'a'],
    text: `left[] = sum(p<P, q<K) [0 <= s*p + d*q - a < L] yBar[p] * x[s*p + d*q - a] * w[q]
      right[] = sum(l<WRONG, p<P, q<K) [l = s*p + d*q - a] [0 <= l < L] x[l] * yBar[p] * w[q]`,
    wrong: 's*(P - 1) + d*(K - 1) + 1 - 2*a',
    right: 'L',
  },
  {
    name: 'dilation read as a guard',
    parameters: ['K', 'd', 'D'],
    assume: ['K', 'd-1', 'D-d*K'],
    text: `left[m<D] = sum(k<K) [m = d*k] F[k]
      right[m<D] = WRONG`,
    wrong: '[0 <= m < K] F[m]',
    right: 'sum(k<K) [d*k = m] F[k]',
  },
  {
    name: 'a crop from max(a, 0) where a may be negative',
    parameters: ['L', 'P', 'a'],
    assume: ['L', 'P', '2-a', 'a+2'],
    by: 'x',
    text: `y[p<P] = [0 <= p - a < L] x[p - a]
      left[] = sum(t<P) yBar[t] * y[t]
      right[l<L] = WRONG`,
    wrong: '[0 <= l + a < P] [0 <= a < 3] yBar[l + a] + [0 <= l < P] [0 <= -a - 1 < 3] yBar[l]',
    right: '[0 <= l + a < P] yBar[l + a]',
  },
  {
    name: 'in and out channels of the kernel gradient exchanged',
    parameters: ['I', 'O', 'P', 'K'],
    assume: ['I', 'O', 'P', 'K', 'I-O', 'O-I'],
    by: 'w',
    text: `y[o<O, p<P] = sum(c<I, q<K) x[c, p + q] * w[o, c, q]
      left[] = sum(u<O, t<P) yBar[u, t] * y[u, t]
      right[o<O, c<I, q<K] = sum(t<P) WRONG`,
    wrong: 'x[o, t + q] * yBar[c, t]',
    right: 'x[c, t + q] * yBar[o, t]',
  },
  {
    name: 'layers that commute under a stride',
    parameters: ['P', 's', 'A', 'B'],
    assume: ['P', 's-1', 'A', 'B'],
    text: `left[p<P] = sum(a<A, b<B) x[s*(p + b) + a] * u[a] * v[b]
      right[p<P] = sum(a<A, b<B) x[WRONG] * v[b] * u[a]`,
    wrong: 's*(p + a) + b',
    right: 's*p + s*b + a',
  },
];

describe('refute', () => {
  test.each(planted)('$name', ({ parameters, assume, by, text, wrong, right }) => {
    const stated = (claim: string) =>
      statementOf(text.replace('WRONG', claim), 0, parameters, assume, by ?? null);
    // Negative offsets come last: then what is natural is no restriction.
    expectSmallest(stated(wrong), values => [...values].every(([name, value]) => name === 'a' || value >= 1));
    expect(refute(stated(right), 500_000)).toBeNull();
    expect(findWitness(stated(right))?.nonZero).toBe(true);
  });

  test('contradictory assumptions are neither refuted nor witnessed', () => {
    const statement = statementOf('left[] = sum(k<K) x[k]; right[] = y[]', 0, ['K'], ['K-3', '2-K']);
    expect([refute(statement), findWitness(statement)]).toEqual([null, null]);
  });
});
