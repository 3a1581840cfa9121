import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Integer, integer } from '../../src/exact/index.js';
import { anInteger } from './arbitrary.js';
import { codeOf } from './thrown.js';

const border = 2 ** 53;

/** Equal in value, and in the one form that each value has. */
function expectCanonical(got: Integer, expected: bigint): void {
  const form = expected > -border && expected < border ? Number(expected) : expected;
  expect(Object.is(got, form), `${typeof got} ${got} is not ${typeof form} ${form}`).toBe(true);
}

describe('an integer against bigint, the witness', () => {
  test('add, subtract, multiply, negate, absolute', () => {
    const property = fc.property(anInteger, anInteger, (a, b) => {
      expectCanonical(integer.add(a, b), BigInt(a) + BigInt(b));
      expectCanonical(integer.subtract(a, b), BigInt(a) - BigInt(b));
      expectCanonical(integer.multiply(a, b), BigInt(a) * BigInt(b));
      expectCanonical(integer.negate(a), -BigInt(a));
      expectCanonical(integer.absolute(a), BigInt(a) < 0n ? -BigInt(a) : BigInt(a));
    });
    fc.assert(property, { seed: 11, numRuns: 2000 });
  });

  test('divide and remainder go towards zero', () => {
    const nonZero = anInteger.filter(n => n !== 0);
    const property = fc.property(anInteger, nonZero, (a, b) => {
      expectCanonical(integer.divide(a, b), BigInt(a) / BigInt(b));
      expectCanonical(integer.remainder(a, b), BigInt(a) % BigInt(b));
    });
    fc.assert(property, { seed: 12, numRuns: 2000 });
  });

  test('quotients just below a whole number are not rounded up to it', () => {
    const property = fc.property(fc.integer({ min: 1, max: border - 1 }), fc.integer({ min: 1 }), (a, b) => {
      expectCanonical(integer.divide(a, b), BigInt(a) / BigInt(b));
    });
    fc.assert(property, { seed: 13, numRuns: 2000 });
    expectCanonical(integer.divide(border - 1, 2), 2n ** 52n - 1n);
  });

  test('gcd divides both, and what is left has none in common', () => {
    const property = fc.property(anInteger, anInteger, (a, b) => {
      fc.pre(a !== 0 || b !== 0);
      const divisor = integer.gcd(a, b);
      expect(divisor > 0).toBe(true);
      expect(integer.remainder(a, divisor)).toBe(0);
      expect(integer.remainder(b, divisor)).toBe(0);
      expect(integer.gcd(integer.divide(a, divisor), integer.divide(b, divisor))).toBe(1);
    });
    fc.assert(property, { seed: 14, numRuns: 1000 });
    expect(integer.gcd(0, 0)).toBe(0);
  });

  test('compare, sign, power', () => {
    const property = fc.property(anInteger, anInteger, fc.nat(9), (a, b, n) => {
      expect(integer.compare(a, b)).toBe(BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
      expect(integer.sign(a)).toBe(integer.compare(a, 0));
      expectCanonical(integer.power(a, n), BigInt(a) ** BigInt(n));
    });
    fc.assert(property, { seed: 15, numRuns: 500 });
  });
});

test.each([
  [border - 1, 1, 2n ** 53n],
  [border - 1, 2, 2n ** 53n + 1n],
  [1 - border, -1, -(2n ** 53n)],
  [1 - border, -2, -(2n ** 53n) - 1n],
  [2n ** 53n, -1, 2n ** 53n - 1n],
  [2n ** 53n + 1n, -1, 2n ** 53n],
  [-(2n ** 53n), 1, 1n - 2n ** 53n],
])('the safe-integer border: %s + %s', (a, b, expected) => {
  expectCanonical(integer.add(a, b), expected);
});

test('products that round to a safe-looking number are exact', () => {
  expectCanonical(integer.multiply(94906267, 94906267), 94906267n ** 2n);
  expectCanonical(integer.multiply(94906265, 94906265), 94906265n ** 2n);
});

describe('from', () => {
  test('text, numbers and bigints give one form', () => {
    expectCanonical(integer.from('-9007199254740992'), -(2n ** 53n));
    expectCanonical(integer.from('+9007199254740991'), 2n ** 53n - 1n);
    expectCanonical(integer.from(2n ** 53n - 1n), 2n ** 53n - 1n);
    expectCanonical(integer.from(-0), 0n);
    expectCanonical(integer.from('-0'), 0n);
    expectCanonical(integer.from('007'), 7n);
  });

  test.each([[0.5], [Number.NaN], [Infinity], [border], ['1.0'], ['1e3'], [''], ['0x10'], [' 1']])(
    'refuses %s',
    value => expect(codeOf(() => integer.from(value))).toBe('not-an-integer'),
  );
});
