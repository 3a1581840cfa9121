/** Terms that are the same but for the names of their indices. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Term } from '../../../src/index-sum/index.js';
import { renaming } from '../../../src/proof/search/match.js';
import { applyStep } from '../../../src/proof/trusted/rules.js';
import { key, startOf } from './setting.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** One tensor of two axes, read along each edge of a graph whose corners are indices of one size. */
const graph = (edges: readonly string[], corners: readonly string[], names = corners) => {
  const renamed = (corner: string) => names[corners.indexOf(corner)]!;
  const bound = names.map(name => `${name}<N`).join(', ');
  return `sum(${bound}) ${edges.map(([from, to]) => `x[${renamed(from!)}, ${renamed(to!)}]`).join(' * ')}`;
};

const termOf = (text: string, assume = '', free = '') => startOf(text, assume, free).line.term!;

/** Whether a renaming was found; if so, the trusted rule makes one term of the other by it. */
function matches(from: string, to: string): boolean {
  const { line, setting } = startOf(from);
  const goal = termOf(to);
  const names = renaming(line.term!, goal);
  if (!names) return false;
  const next = applyStep(line.term!, { rule: 'rename', names }, setting, setting.scope);
  expect(key(next)).toBe(key(goal));
  return true;
}

describe('renaming', () => {
  test('finds any order of eight indices in a row', () => {
    const edges = NAMES.slice(1).map((name, k) => NAMES[k]! + name);
    const law = (names: string[]) => {
      expect(matches(graph(edges, NAMES, names), graph(edges, NAMES))).toBe(true);
    };
    fc.assert(fc.property(fc.shuffledSubarray(NAMES, { minLength: 8, maxLength: 8 }), law), {
      seed: 8,
      numRuns: 40,
    });
  });

  test('finds any order of six indices in a circle, which look alike one by one', () => {
    const six = NAMES.slice(0, 6);
    const circle = six.map((name, k) => name + six[(k + 1) % 6]!);
    const law = (names: string[]) => {
      expect(matches(graph(circle, six, names), graph(circle, six))).toBe(true);
    };
    fc.assert(fc.property(fc.shuffledSubarray(six, { minLength: 6, maxLength: 6 }), law), {
      seed: 8,
      numRuns: 40,
    });
  });

  test('tells a circle of six from two circles of three', () => {
    const six = NAMES.slice(0, 6);
    const one = graph(['ab', 'bc', 'cd', 'de', 'ef', 'fa'], six);
    const two = graph(['ab', 'bc', 'ca', 'de', 'ef', 'fd'], six);
    expect([matches(one, two), matches(two, one)]).toEqual([false, false]);
    expect([matches(one, one), matches(two, two)]).toEqual([true, true]);
  });

  test.each([
    ['another size', 'sum(a<N, b<M) x[a, b]', 'sum(a<M, b<N) x[a, b]'],
    ['another direction', 'sum(a<N, b<N) x[a, b] * w[a]', 'sum(a<N, b<N) x[a, b] * w[b]'],
    ['another sign', 'sum(a<N) x[a]', 'sum(a<N) x[N - 1 - a]'],
    ['one index read twice', 'sum(a<N, b<N) x[a, a] * x[b, b]', 'sum(a<N, b<N) x[a, b] * x[a, b]'],
    ['a guard more', 'sum(a<N, b<N) x[a, b]', 'sum(a<N, b<N) [a = b] x[a, b]'],
    ['another guard', 'sum(a<N, b<N) [0 <= a - b < N] x[a, b]', 'sum(a<N, b<N) [0 <= b - a < N] x[a, b]'],
    ['an index more', 'sum(a<N) x[a]', 'sum(a<N, b<N) x[a]'],
  ])('tells %s', (_, one, other) => {
    expect([matches(one, other), matches(other, one)]).toEqual([false, false]);
    expect([matches(one, one), matches(other, other)]).toEqual([true, true]);
  });

  test('an equation and its negative are one', () => {
    expect(matches('sum(a<N, b<N) [a = b + 1] x[a, b]', 'sum(c<N, d<N) [d + 1 = c] x[c, d]')).toBe(true);
  });

  test('leaves free indices and parameters as they are', () => {
    const read = (text: string): Term => termOf(text, 'N', 'i<N, j<N');
    expect(renaming(read('sum(a<N) x[i, a]'), read('sum(b<N) x[i, b]'))).toEqual(new Map([['a', 'b']]));
    expect(renaming(read('sum(a<N) x[i, a]'), read('sum(b<N) x[j, b]'))).toBeNull();
  });

  test('gives up on what looks alike in too many ways, without a wrong answer', () => {
    const twelve = [...NAMES, 'k', 'l', 'm', 'n'];
    const circle = twelve.map((name, k) => name + twelve[(k + 1) % 12]!);
    const halves = [0, 6].flatMap(start =>
      twelve.slice(start, start + 6).map((name, k) => name + twelve[start + ((k + 1) % 6)]!),
    );
    expect(matches(graph(circle, twelve), graph(halves, twelve))).toBe(false);
  });
});
