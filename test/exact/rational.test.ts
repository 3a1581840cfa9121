import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, rational } from '../../src/exact/index.js';
import { aRational } from './arbitrary.js';
import { codeOf } from './thrown.js';

const { ZERO, ONE } = rational;

describe('the field laws', () => {
  test('commutative, associative, distributive, inverse; always in lowest terms', () => {
    const property = fc.property(aRational, aRational, aRational, (a, b, c) => {
      expect(rational.add(a, b)).toEqual(rational.add(b, a));
      expect(rational.multiply(a, b)).toEqual(rational.multiply(b, a));
      expect(rational.add(rational.add(a, b), c)).toEqual(rational.add(a, rational.add(b, c)));
      const [left, right] = [rational.multiply(a, rational.add(b, c)), rational.multiply(a, b)];
      expect(left).toEqual(rational.add(right, rational.multiply(a, c)));
      expect(rational.subtract(rational.add(a, b), b)).toEqual(a);
      if (b.numerator !== 0) expect(rational.divide(rational.multiply(a, b), b)).toEqual(a);
      expect(integer.gcd(left.numerator, left.denominator)).toBe(1);
      expect(left.denominator > 0).toBe(true);
    });
    fc.assert(property, { seed: 21, numRuns: 500 });
  });

  test('zero has one form', () => {
    expect(Object.is(rational.of(0, -7).numerator, 0)).toBe(true);
    expect(Object.is(rational.from('-0').numerator, 0)).toBe(true);
    expect(Object.is(rational.from(-0).numerator, 0)).toBe(true);
    expect(rational.of(0, -7)).toEqual(ZERO);
    expect(rational.of(-6, -4)).toEqual({ numerator: 3, denominator: 2 });
    expect(rational.of(6, -4)).toEqual({ numerator: -3, denominator: 2 });
  });

  test('powers of either sign', () => {
    expect(rational.power(rational.of(-2, 3), 3)).toEqual(rational.of(-8, 27));
    expect(rational.power(rational.of(-2, 3), -3)).toEqual(rational.of(-27, 8));
    expect(rational.power(ZERO, 0)).toEqual(ONE);
  });

  test('compare agrees with the sign of the difference', () => {
    const property = fc.property(aRational, aRational, (a, b) => {
      expect(rational.compare(a, b)).toBe(integer.sign(rational.subtract(a, b).numerator));
      expect(rational.equal(a, b)).toBe(rational.compare(a, b) === 0);
    });
    fc.assert(property, { seed: 22, numRuns: 500 });
  });
});

describe('toNumber is the nearest float64', () => {
  test('a float64 survives the way there and back', () => {
    const property = fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      expect(rational.toNumber(rational.from(value))).toBe(value + 0);
    });
    fc.assert(property, { seed: 23, numRuns: 2000 });
  });

  test('no neighbour is nearer', () => {
    const distance = (a: rational.Rational, value: number) => {
      const difference = rational.subtract(a, rational.from(value));
      return { ...difference, numerator: integer.absolute(difference.numerator) };
    };
    const property = fc.property(aRational, a => {
      const nearest = rational.toNumber(a);
      for (const neighbour of [nearest * (1 + 2 ** -52), nearest * (1 - 2 ** -53)]) {
        expect(rational.compare(distance(a, nearest), distance(a, neighbour))).not.toBe(1);
      }
    });
    fc.assert(property, { seed: 24, numRuns: 1000 });
  });

  test('ties go to even, and a bit far below the tie breaks it', () => {
    const tie = 2n ** 53n + 1n;
    expect(rational.toNumber(rational.of(tie))).toBe(2 ** 53);
    expect(rational.toNumber(rational.of(tie * 2n ** 300n + 1n, 2n ** 300n))).toBe(2 ** 53 + 2);
    expect(rational.toNumber(rational.of(-tie * 2n ** 300n - 1n, 2n ** 300n))).toBe(-(2 ** 53) - 2);
    expect(rational.toNumber(rational.of(2n ** 53n + 3n))).toBe(2 ** 53 + 4);
  });

  test('huge and tiny quotients', () => {
    expect(rational.toNumber(rational.of(10n ** 400n, 10n ** 399n + 1n))).toBe(10);
    expect(rational.toNumber(rational.of(10n ** 400n))).toBe(Infinity);
    expect(rational.toNumber(rational.of(1, 10n ** 400n))).toBe(0);
    expect(rational.toNumber(rational.of(1, 10n ** 300n))).toBe(1e-300);
    expect(rational.toNumber(rational.of(1, 2n ** 1074n))).toBe(Number.MIN_VALUE);
  });
});

describe('text', () => {
  test('there and back', () => {
    const property = fc.property(aRational, a => {
      expect(rational.from(rational.toText(a))).toEqual(a);
    });
    fc.assert(property, { seed: 25, numRuns: 500 });
  });

  test.each([
    ['0.125', '1/8'],
    ['-.5', '-1/2'],
    ['5.', '5'],
    ['+6/4', '3/2'],
  ])('%s is %s', (text, expected) => expect(rational.toText(rational.from(text))).toBe(expected));

  test.each([[''], ['.'], ['-'], ['1e5'], ['1/-2'], ['x'], [Number.NaN], [Infinity]])('refuses %s', value =>
    expect(codeOf(() => rational.from(value))).toBe('not-a-rational'),
  );

  test('division by zero is an error', () => {
    expect(codeOf(() => rational.of(1, 0))).toBe('division-by-zero');
    expect(codeOf(() => rational.from('1/0'))).toBe('division-by-zero');
    expect(codeOf(() => rational.divide(ONE, ZERO))).toBe('division-by-zero');
    expect(codeOf(() => rational.power(ZERO, -1))).toBe('division-by-zero');
  });
});
