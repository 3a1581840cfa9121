/** Terms are brought into a short form, by steps that the trusted rules replay. */
import { describe, expect, test } from 'vitest';
import { renaming } from '../../../src/proof/search/match.js';
import { normalised } from '../../../src/proof/search/normalise.js';
import { key, NODES, replayed, startOf } from './setting.js';

interface Case {
  readonly name: string;
  readonly text: string;
  /** What it becomes but for names; null: it vanishes. */
  readonly short: string | null;
  readonly assume?: string;
  readonly free?: string;
}

const cases: readonly Case[] = [
  { name: 'an index fixed inside its range', text: 'sum(q<K) [q = k] x[q]', short: 'x[k]', free: 'k<K' },
  {
    name: 'an index fixed by the negative of an equation',
    text: 'sum(q<L) [L - 1 - k - q = 0] x[q]',
    short: 'x[L - 1 - k]',
    free: 'k<L',
  },
  { name: 'a guard that its range implies', text: 'sum(q<K) [0 <= q < K + 2] x[q]', short: 'sum(q<K) x[q]' },
  {
    name: 'two digits against two',
    text: 'sum(h<n, l<m, g<n, k<m) [m*h + l = m*g + k] x[h, l] * w[g, k]',
    short: 'sum(h<n, l<m) x[h, l] * w[h, l]',
    assume: 'n, m',
  },
  {
    name: 'three digits against three',
    text: 'sum(c<C, q<K, r<J, e<C, s<K, t<J) [c*K*J + q*J + r = e*K*J + s*J + t] x[c, q, r] * w[e, s, t]',
    short: 'sum(c<C, q<K, r<J) x[c, q, r] * w[c, q, r]',
    assume: 'C, K, J',
  },
  {
    name: 'groups',
    text: 'sum(g<G, j<M, f<G, k<M) [g*M + j = f*M + k] x[g, j] * w[f*M + k]',
    short: 'sum(g<G, j<M) x[g, j] * w[g*M + j]',
    assume: 'G - 1, M',
  },
  {
    name: 'a guard against the range of a free index',
    text: '[0 <= h - C < E] x[h - C]',
    short: null,
    free: 'h<C',
  },
  {
    name: 'a guard against the range of a bound index',
    text: 'sum(q<K, p<P) [0 <= q - K < P] x[p, q]',
    short: null,
  },
  { name: 'two guards against each other', text: '[0 <= 2*h < C] [0 <= 2*h - C - 3 < E] x[h]', short: null },
  {
    name: 'guards that meet in one cell',
    text: '[0 <= h - C < E] x[h - C]',
    short: '[0 <= h - C < E] x[h - C]',
    free: 'h<C + 1',
  },
  { name: 'an index with one value', text: 'sum(q<1, p<P) x[p + q]', short: 'sum(p<P) x[p]' },
  { name: 'two indices with one value each', text: 'sum(q<1, r<1) x[q, r]', short: 'x[0, 0]' },
  { name: 'an index without a value', text: 'sum(q<0) x[q]', short: null },
  { name: 'an index with a negative count', text: 'sum(q<-2, p<P) x[p]', short: null },
  { name: 'an equation between different numbers', text: 'sum(q<K) [3 = 1] x[q]', short: null },
  { name: 'the same the other way round', text: 'sum(q<K) [1 = 3] x[q]', short: null },
  { name: 'an equation between equal numbers', text: '[2 = 2] x[0]', short: 'x[0]' },
  {
    name: 'an index that its equation makes shorter',
    text: 'sum(p<P, q<K) [i = s*p + q] x[s*p + q, p, q]',
    short: 'sum(p<P, q<K) [i = s*p + q] x[i, p, q]',
    assume: 's - 1',
    free: 'i<L',
  },
  {
    name: 'chains of equations',
    text: 'sum(a<N, b<N, c<N) [a = b] [b = c] [c = n] x[a, b, c]',
    short: 'x[n, n, n]',
    free: 'n<N',
  },
];

const unchanged: readonly Omit<Case, 'short'>[] = [
  {
    name: 'a guard at a border',
    text: 'sum(q<K) [0 <= q + p - a < L] x[q + p - a]',
    assume: 'a, L',
    free: 'p<P',
  },
  { name: 'digits whose low one may overflow', text: 'sum(h<n, l<m + 1) [m*h + l = v] x[h, l]', free: 'v<N' },
  { name: 'an equation with a factor', text: 'sum(q<K) [m = d*q] x[q]', assume: 'd - 1', free: 'm<D' },
  { name: 'a range that an assumption might empty', text: 'sum(q<K) x[q]', assume: 'K' },
  {
    name: 'a guard that another range almost implies',
    text: 'sum(q<K) [0 <= q < K - 1] x[q]',
    assume: 'K - 2',
  },
];

describe('normalised', () => {
  test.each(cases)('$name', ({ text, short, assume, free }) => {
    const { line, setting } = startOf(text, assume, free);
    const end = normalised(line, setting);
    expect(key(replayed(line, end, setting))).toBe(key(end.term));
    expect(setting.budget.nodes).toBeGreaterThan(NODES - 1000);
    if (short === null) return expect(end.term).toBeNull();
    const wanted = startOf(short, assume, free).line.term!;
    expect(end.term && renaming(end.term, wanted), key(end.term)).not.toBeNull();
  });

  test.each(unchanged)('$name stays', ({ text, assume, free }) => {
    const { line, setting } = startOf(text, assume, free);
    expect(key(normalised(line, setting).term)).toBe(key(line.term));
  });

  test('a form that is short stays as it is', () => {
    for (const { short, assume, free } of cases) {
      if (short === null) continue;
      const { line, setting } = startOf(short, assume, free);
      expect(normalised(line, setting).steps).toEqual([]);
    }
  });

  test('without work left a term stays as it is', () => {
    for (const { text, assume, free } of cases) {
      const { line, setting } = startOf(text, assume, free);
      const spent = { ...setting, budget: { nodes: 0 } };
      expect(normalised(line, spent).steps).toEqual([]);
    }
  });
});
