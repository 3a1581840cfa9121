/** normcdf and normpdf against printed tables, a witness of 420 digits, and mathjs. */
import fc from 'fast-check';
import { evaluate as evaluateMath } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { bignumberArithmetic, call, constant, float64, print } from '../../src/expr/index.js';

const { normcdf, normpdf } = float64;
const DENOMINATOR = 2n ** 30n;

/** Exact in float64 and as a fraction, -37.5 <= x <= 9: beyond, the results are subnormal or 1. */
const aPlace = fc
  .oneof(fc.double({ min: -37.5, max: 9, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true }))
  .map(x => rational.of(BigInt(Math.round(x * 2 ** 30)), DENOMINATOR));

/** The distance in units of the last place of `value`. */
function places(value: number, difference: number): number {
  return Math.abs(difference) / 2 ** (Math.floor(Math.log2(value)) - 52);
}

describe('float64', () => {
  // M. Abramowitz and I. A. Stegun, table 26.1 (15 decimals) and table 26.2 (-log10 of the tail).
  test.each([
    [0, 0.5, 0.398942280401433],
    [0.5, 0.691462461274013, 0.352065326764299],
    [1, 0.841344746068543, 0.241970724519143],
    [2, 0.977249868051821, 0.053990966513188],
    [3, 0.99865010196837, 0.004431848411938],
  ])('at %s as in the tables', (x, cdf, pdf) => {
    expect(Math.abs(normcdf(x) - cdf)).toBeLessThan(6e-16);
    expect(Math.abs(normcdf(-x) - (1 - cdf))).toBeLessThan(6e-16);
    expect(Math.abs(normpdf(x) - pdf)).toBeLessThan(6e-16);
  });

  test.each([
    [5, 6.54265],
    [10, 23.11805],
    [20, 88.5601],
    [30, 197.30921],
  ])('the tail at %s as in the table of logarithms', (x, digits) => {
    expect(-Math.log10(normcdf(-x))).toBeCloseTo(digits, 5);
  });

  test('against 45 digits: the density within 4 units of the last place, the distribution within 8', async () => {
    const big = await bignumberArithmetic(45);
    const property = fc.property(aPlace, place => {
      const [x, exactly] = [rational.toNumber(place), big.constant(place)];
      // Two exponentials of 1 each, three further roundings of 1/2.
      expect(places(normpdf(x), big.normpdf(exactly).minus(normpdf(x)).toNumber())).toBeLessThan(4);
      // The density, and eight roundings of 1/2 in the fraction, the products and the last sum.
      expect(places(normcdf(x), big.normcdf(exactly).minus(normcdf(x)).toNumber())).toBeLessThan(8);
    });
    fc.assert(property, { seed: 61, numRuns: 500 });
  });

  test('limits, infinities and NaN', () => {
    for (const far of [40, 800, 1e300, Infinity]) {
      expect([normcdf(-far), normcdf(far), normpdf(-far), normpdf(far)]).toEqual([0, 1, 0, 0]);
    }
    expect([normcdf(Number.NaN), normpdf(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    expect(normcdf(-38.4)).toBeGreaterThan(0);
    expect(normcdf(-0)).toBe(0.5);
  });

  test('the branches of the algorithm meet', () => {
    const near = [1 - 2 ** -53, 1, 1 + 2 ** -52];
    for (const values of [near.map(normcdf), near.map(x => normcdf(-x)).reverse()]) {
      expect(places(values[0]!, values[2]! - values[0]!)).toBeLessThan(10);
    }
  });
});

describe('bignumber', () => {
  test('40 digits against the series 26.2.11 summed with 420', async () => {
    const [big, huge] = [await bignumberArithmetic(44), await bignumberArithmetic(420)];
    const half = huge.constant(rational.of(1, 2));
    for (const numerator of [-150, -61, -20, -11, -10, -9, -3, 0, 7, 10, 11, 40]) {
      const x = huge.constant(rational.of(numerator, 10));
      let [term, total] = [x, x];
      for (let k = 1; k < 700; k++) {
        term = term
          .times(x)
          .times(x)
          .div(2 * k + 1);
        total = total.plus(term);
      }
      const truth = half.plus(huge.normpdf(x).times(total));
      const got = big.normcdf(big.constant(rational.of(numerator, 10)));
      expect(truth.minus(got.toString()).div(truth).abs().lt(1e-40), `${numerator}/10`).toBe(true);
    }
  });

  test('the slope of the distribution is the density', async () => {
    const big = await bignumberArithmetic(70);
    const step = big.constant(rational.of(1, 10n ** 20n));
    for (const numerator of [-45, -10, -3, 0, 8, 21]) {
      const x = big.constant(rational.of(numerator, 10));
      const slope = big
        .normcdf(x.plus(step))
        .minus(big.normcdf(x.minus(step)))
        .div(step.times(2));
      // A central difference is off by step²/6 times the third derivative.
      expect(slope.div(big.normpdf(x)).minus(1).abs().lt(1e-38), `${numerator}/10`).toBe(true);
    }
  });

  test('infinities and NaN', async () => {
    const big = await bignumberArithmetic(30);
    const [zero, one] = [big.constant(rational.ZERO), big.constant(rational.ONE)];
    const infinity = big.divide(one, zero);
    const minusInfinity = big.divide(big.constant(rational.of(-1)), zero);
    expect([infinity, minusInfinity].map(x => big.normcdf(x).toNumber())).toEqual([1, 0]);
    expect([infinity, minusInfinity].map(x => big.normpdf(x).toNumber())).toEqual([0, 0]);
    expect(big.normcdf(big.divide(zero, zero)).isNaN()).toBe(true);
    expect(big.normpdf(big.divide(zero, zero)).isNaN()).toBe(true);
  });
});

test('mathjs reads both', () => {
  for (const x of [-2.5, -0.25, 1.75]) {
    const at = constant(rational.of(x * 4, 4));
    const read = (fn: 'normcdf' | 'normpdf'): unknown =>
      evaluateMath(print(call(fn, [at]), { syntax: 'mathjs' }));
    // mathjs has erf to 1e-15.
    expect(read('normcdf')).toBeCloseTo(normcdf(x), 14);
    expect(read('normpdf')).toBeCloseTo(normpdf(x), 14);
  }
});
