/** Other forms of a term: each is reached by steps that the trusted rules replay. */
import { describe, expect, test } from 'vitest';
import { renaming } from '../../../src/proof/search/match.js';
import { variants } from '../../../src/proof/search/variants.js';
import { key, replayed, startOf } from './setting.js';

interface Case {
  readonly name: string;
  readonly text: string;
  /** Forms that have to be among the variants. */
  readonly forms: readonly string[];
  readonly assume?: string;
  readonly free?: string;
}

const cases: readonly Case[] = [
  {
    name: 'a product of two sizes is split in either order',
    text: 'sum(v<n*m) x[v]',
    forms: ['sum(v<n*m) x[v]', 'sum(h<n, l<m) x[m*h + l]', 'sum(h<m, l<n) x[n*h + l]'],
    assume: 'n, m',
  },
  {
    name: 'a product of three sizes is split in every order',
    text: 'sum(v<n*m*k) x[v]',
    forms: ['n m k', 'n k m', 'm n k', 'm k n', 'k n m', 'k m n'].map(order => {
      const [a, b, c] = order.split(' ');
      return `sum(h<${a}, i<${b}, l<${c}) x[${b}*${c}*h + ${c}*i + l]`;
    }),
    assume: 'n, m, k',
  },
  {
    name: 'an index with a minus sign is counted backwards',
    text: 'sum(q<K) x[K - 1 - q] * w[q]',
    forms: ['sum(q<K) x[q] * w[K - 1 - q]'],
    assume: 'K',
  },
  {
    name: 'one of two such indices, or both',
    text: 'sum(q<K, r<J) x[K - 1 - q, J - 1 - r] * w[q, r]',
    forms: [
      'sum(q<K, r<J) x[q, J - 1 - r] * w[K - 1 - q, r]',
      'sum(q<K, r<J) x[K - 1 - q, r] * w[q, J - 1 - r]',
      'sum(q<K, r<J) x[q, r] * w[K - 1 - q, J - 1 - r]',
    ],
    assume: 'K, J',
  },
  {
    name: 'an index next to an equation is counted backwards',
    text: 'sum(p<P, q<K) [i + q - K + 1 = s*p] yBar[p] * w[K - 1 - q]',
    forms: ['sum(p<P, q<K) [i = s*p + q] yBar[p] * w[q]'],
    assume: 'P, K, s - 1',
    free: 'i<L',
  },
  {
    name: 'a range guard is an index with an equation',
    text: 'sum(q<K) [0 <= i - q < P] y[i - q] * w[q]',
    forms: ['sum(p<P, q<K) [p = i - q] y[p] * w[q]'],
    assume: 'P, K',
    free: 'i<L',
  },
];

describe('variants', () => {
  test.each(cases)('$name', ({ text, forms, assume, free }) => {
    const { line, setting } = startOf(text, assume, free);
    const found = variants(line, setting);
    expect(found[0]).toBe(line);
    for (const form of forms) {
      const wanted = startOf(form, assume, free).line.term!;
      const hit = found.some(({ term }) => term && renaming(term, wanted));
      expect(hit, `${form} among ${found.map(one => key(one.term)).join('\n')}`).toBe(true);
    }
    for (const one of found) expect(key(replayed(line, one, setting))).toBe(key(one.term));
  });

  test('sizes that may be negative are not split', () => {
    const { line, setting } = startOf('sum(v<n*m) x[v]', 'n');
    expect(variants(line, setting)).toEqual([line]);
  });

  test('there are never more than 48', () => {
    const { line, setting } = startOf('sum(v<n*m*k, w<n*m*k) x[v, w]', 'n, m, k');
    expect(variants(line, setting)).toHaveLength(48);
  });
});
