import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { instances, randomInstance, seeded } from '../../../src/proof/refute/instances.js';
import type { Span } from '../../../src/proof/refute/intervals.js';
import { componentsOf } from '../../../src/proof/refute/space.js';
import { convolution, facts } from './statements.js';

const NAMES = ['a', 'b', 'c', 'd'];
const unlimited = () => ({ left: Number.POSITIVE_INFINITY });
const span = (base: number, low: number): Span => ({ base, low, high: Number.POSITIVE_INFINITY });
const levelOf = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.abs(value - 1), 0);

const fact = fc
  .array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.subarray([...NAMES, 'a'], { maxLength: 2 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map(parts =>
    parts.reduce(
      (sum, [c, names]) =>
        polynomial.add(sum, polynomial.scale(new Map([[[...names].sort().join('*'), 1]]), c)),
      polynomial.constant(0),
    ),
  );

const valueAt = (text: ReadonlyMap<string, unknown>, values: readonly number[]) =>
  [...text].reduce(
    (sum, [key, c]) =>
      sum +
      (key === '' ? [] : key.split('*')).reduce(
        (product, name) => product * values[NAMES.indexOf(name)]!,
        Number(c),
      ),
    0,
  );

describe('instances', () => {
  test.each([
    ['positive values', 1],
    ['all integers', Number.NEGATIVE_INFINITY],
  ])('%s: every solution of random facts, by increasing level, once', (_, low) => {
    const LAST = 4;
    const axis = Array.from({ length: 2 * LAST + 1 }, (_, k) => k + 1 - LAST).filter(value => value >= low);
    const all = NAMES.reduce<number[][]>((sets, _) => sets.flatMap(set => axis.map(v => [...set, v])), [[]]);
    const box = all.filter(values => levelOf(values) <= LAST);
    let compared = 0;
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 4 }), assume => {
        const expected = box.filter(values => assume.every(one => valueAt(one, values) >= 0));
        // Where facts move the base, levels count from there: compare the sets within the box.
        const components = componentsOf(NAMES, assume, () => span(1, low));
        const seen = components ? [...instances(components, unlimited(), 8)] : [];
        const spans = components?.flatMap(one => one.spans) ?? [];
        if (spans.every(({ base }) => base === 1)) {
          const levels = seen.map(levelOf);
          expect(levels).toEqual([...levels].sort((a, b) => a - b));
        }
        const texts = seen.map(String);
        expect(new Set(texts).size).toBe(texts.length);
        expect(seen.every(values => assume.every(one => valueAt(one, values) >= 0))).toBe(true);
        const inside = new Set(texts);
        if (spans.every(({ base }) => Math.abs(base - 1) <= 1)) {
          compared += expected.length;
          expect(expected.filter(values => !inside.has(String(values)))).toEqual([]);
        }
      }),
      { seed: 22, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  test('22 parameters of a convolution do not drown it', () => {
    const { parameters, assume } = convolution(3, 'x');
    const components = componentsOf(parameters, assume, name =>
      /^[ab]/.test(name) ? span(0, 0) : span(1, 1),
    );
    expect(components!.map(({ places }) => places.length)).toEqual([1, 1, 1, 1, 7, 7, 7]);
    const meter = { left: 60_000 };
    const first = [...instances(components!, meter)].slice(0, 1000);
    expect(first).toHaveLength(1000);
    expect(first[0]).toEqual(parameters.map(name => (/^[ab]/.test(name) ? 0 : 1)));
  });

  test('random ones meet the window facts, and repeat', () => {
    const { parameters, assume } = convolution(2, 'x');
    const components = componentsOf(parameters, assume, name =>
      /^[ab]/.test(name) ? span(0, 0) : span(1, 1),
    )!;
    const draw = () => {
      const random = seeded(7);
      return Array.from({ length: 50 }, () => randomInstance(components, random, unlimited()));
    };
    const drawn = draw();
    expect(draw()).toEqual(drawn);
    const met = drawn.filter(values => values !== null);
    expect(met.length).toBeGreaterThan(45);
    const strides = met.map(values => values[parameters.indexOf('s1')]!);
    expect(strides.filter(stride => stride > 1).length).toBeGreaterThan(20);
    for (const values of met) {
      const [L, K, s, d, a, b, P] = values.slice(4, 11) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      expect(P).toBe(Math.floor((L + a + b - d * (K - 1) - 1) / s) + 1);
    }
  });

  test('assumptions that contradict one another have no instance', () => {
    const none = [
      ['a - 1', '-a'],
      ['a - b - 1', 'b - a'],
      ['-1'],
      ['2*a - 3', '3 - 2*a'],
      ['a*b - 7', '6 - a*b'],
    ];
    for (const texts of none) {
      const components = componentsOf(NAMES, facts(texts), () => span(1, 1));
      expect(components === null || [...instances(components, { left: 20_000 })].length === 0).toBe(true);
    }
  });

  test('equations are solved however far away their solutions are', () => {
    const components = componentsOf(NAMES, facts(['a - 1000', '1000 - a', 'b - a - c - 5']), () =>
      span(1, 1),
    );
    const [first] = instances(components!, { left: 10_000 });
    expect(first).toEqual([1000, 1006, 1, 1]);
  });
});
