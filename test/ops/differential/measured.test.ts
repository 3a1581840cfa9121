/** The bound of the fuzzer's values: never less than the error that there is, and never much more than rounding. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import {
  bignumberArithmetic,
  call,
  constant,
  type Expr,
  evaluate,
  float64,
  power,
  product,
  quotient,
  sum,
} from '../../../src/expr/index.js';
import { exactly, measuredArithmetic, roughly } from './measured.js';

const number = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(value => rational.of(value)),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 64 }))
    .map(([p, q]) => rational.of(p, q)),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 }).map(value => rational.of(value)),
);

/** Expressions of constants; the functions see moderate arguments. */
const { expression } = fc.letrec<{ expression: Expr; tame: Expr }>(tie => ({
  tame: tie('expression').map(one => quotient(one, sum([constant(1), power(one, 2)]))),
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    number.map(constant),
    fc.array(tie('expression'), { minLength: 1, maxLength: 4 }).map(sum),
    fc.array(tie('expression'), { minLength: 1, maxLength: 3 }).map(product),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => quotient(a, b)),
    fc.tuple(tie('expression'), fc.integer({ min: -2, max: 3 })).map(([a, n]) => power(a, n)),
    tie('tame').map(one => call('exp', [one])),
    tie('tame').map(one => call('sigmoid', [one])),
    tie('tame').map(one => call('tanh', [one])),
    tie('tame').map(one => call('log', [sum([one, constant(2)])])),
    tie('tame').map(one => call('sqrt', [sum([one, constant(2)])])),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => call('max', [a, b])),
  ),
}));

const variables = () => {
  throw new RangeError('there are no variables');
};

test('the value is that of float64, and the bound holds against 60 digits', async () => {
  const precise = await bignumberArithmetic(60);
  let [compared, exact] = [0, 0];
  const law = (one: Expr) => {
    let isAtKink = false;
    const arithmetic = measuredArithmetic(() => {
      isAtKink = true;
    });
    const { value, error } = evaluate(one, arithmetic, variables);
    const right = evaluate(one, precise, variables);
    if (isAtKink || !Number.isFinite(value) || !Number.isFinite(error) || !right.isFinite()) return;
    compared++;
    if (error === 0) exact++;
    expect(right.minus(value).abs().toNumber()).toBeLessThanOrEqual(error);
  };
  fc.assert(fc.property(expression, law), { seed: 20261206, numRuns: 1000 });
  expect(compared).toBeGreaterThan(500);
  expect(exact).toBeGreaterThan(50);
});

describe('small bounds', () => {
  const m = measuredArithmetic(() => {});
  test('integers are exact while they fit', () => {
    expect(m.multiply(exactly(3), exactly(-7))).toEqual({ value: -21, size: 21, error: 0 });
    expect(m.divide(exactly(12), exactly(-4)).error).toBe(0);
    expect(m.multiply(exactly(2 ** 30), exactly(2 ** 30)).error).toBeGreaterThan(0);
  });

  test('an integer that only rounding made is not exact', () => {
    const tenth = m.constant(rational.from(0.1));
    expect(m.multiply(tenth, exactly(10))).toMatchObject({ value: 1 });
    expect(m.multiply(tenth, exactly(10)).error).toBeGreaterThan(0);
  });

  test('what cancels is remembered', () => {
    const [large, small] = [roughly(1e6 + 0.5), roughly(1e6 + 0.25)];
    const { value, error } = m.add(large, m.multiply(exactly(-1), small));
    expect(value).toBe(0.25);
    expect(error).toBeGreaterThan(1e6 * 2 ** -52);
    expect(error).toBeLessThan(1e6 * 2 ** -46);
  });

  test('one function costs a few roundings', () => {
    for (const value of [0.3, 1.7]) {
      const { error } = m.exp(exactly(value));
      expect(error).toBeLessThan(float64.exp(value) * 2 ** -49);
      expect(error).toBeGreaterThan(float64.exp(value) * 2 ** -53);
    }
  });

  test('a choice within the bound is told', () => {
    const heard: string[] = [];
    const listening = measuredArithmetic(() => heard.push('kink'));
    expect(listening.isNonNegative(exactly(1))).toBe(true);
    expect(heard).toEqual([]);
    expect(listening.isNonNegative(exactly(0))).toBe(true);
    listening.isNonNegative({ value: -1e-18, size: 1, error: 1e-16 });
    expect(heard).toEqual(['kink', 'kink']);
  });
});
