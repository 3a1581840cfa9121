/** The rational approximations of the kernels against the series and fractions of src/expr, which share no line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { bignumberArithmetic } from '../../src/expr/index.js';
import { normalArea, normalDensity } from '../../src/kernels/activations-normal.js';
import { units } from './activations-truth.js';

/** Each piece of the approximation, and where pieces meet. */
const places = fc.oneof(
  ...[
    [-37.5, -5.5],
    [-5.7, -0.6],
    [-0.7, 0.7],
    [0.6, 9],
  ].map(([low, high]) => fc.double({ min: low!, max: high!, noNaN: true })),
);

test('the area within 8 units of the last place, the density within 4', async () => {
  const big = await bignumberArithmetic(40);
  const law = (place: number) => {
    // A multiple of 2^-30 is a short fraction.
    const x = Math.round(place * 2 ** 30) / 2 ** 30;
    const exactly = big.constant(rational.of(BigInt(x * 2 ** 30), 2n ** 30n));
    expect(units(normalArea(x), big.normcdf(exactly))).toBeLessThan(8);
    expect(units(normalDensity(x), big.normpdf(exactly))).toBeLessThan(4);
  };
  fc.assert(fc.property(places, law), { seed: 71, numRuns: 600 });
});

describe('far out', () => {
  test.each([39.5, 800, 1e300, Infinity])('%s', far => {
    expect([normalArea(far), normalArea(-far), normalDensity(far), normalDensity(-far)]).toEqual([
      1, 0, 0, 0,
    ]);
  });

  test('the smallest areas are subnormal, not 0', () => {
    expect(normalArea(-38.4)).toBeGreaterThan(0);
    expect(normalArea(-38.4)).toBeLessThan(2 ** -1022);
  });

  test('NaN', () => {
    expect([normalArea(Number.NaN), normalDensity(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});
