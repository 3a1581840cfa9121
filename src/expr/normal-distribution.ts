/**
 * The standard normal distribution function in any arithmetic: a power series near 0, a continued fraction in the
 * tails. Source: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 26.2.11 and 26.2.14.
 */
import type { Rational } from '../exact/index.js';

/** The part of an arithmetic that is needed. */
interface Steps<T> {
  constant(value: Rational): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  isNonNegative(x: T): boolean;
}

/**
 * The probability of a value below x, where the density is `density` and |x| is about `size`, to `digits` decimal
 * digits of the result, however small it is. NaN gives NaN.
 */
export function normalDistribution<T>(m: Steps<T>, x: T, density: T, size: number, digits: number): T {
  const one = integerIn(m, 1);
  if (size <= 1) {
    const area = m.multiply(density, m.multiply(x, oddSeries(m, x, digits)));
    return m.add(m.divide(one, integerIn(m, 2)), area);
  }
  const minusOne = integerIn(m, -1);
  const upper = m.isNonNegative(x);
  const distance = upper ? x : m.multiply(minusOne, x);
  // n terms leave exp(-2 x sqrt(n)) of the fraction while x is small, and n!/x^(2 n) when it is large.
  const terms = Math.ceil(((digits * Math.LN10) / (2 * size)) ** 2) + digits;
  const tail = m.multiply(density, tailFraction(m, distance, terms));
  return upper ? m.add(one, m.multiply(minusOne, tail)) : tail;
}

/** 1 + x²/3 (1 + x²/5 (1 + x²/7 (...))): for |x| <= 1 `terms` of them leave less than 10^-terms. */
function oddSeries<T>(m: Steps<T>, x: T, terms: number): T {
  const [one, square] = [integerIn(m, 1), m.multiply(x, x)];
  let sum = one;
  for (let k = terms; k > 0; k--) {
    sum = m.add(one, m.multiply(m.divide(square, integerIn(m, 2 * k + 1)), sum));
  }
  return sum;
}

/** 1/(x + 1/(x + 2/(x + 3/(...)))), from the inside out: all parts are positive, so that nothing cancels. */
function tailFraction<T>(m: Steps<T>, x: T, terms: number): T {
  const minusOne = integerIn(m, -1);
  let rest = x;
  let count = integerIn(m, terms);
  for (let k = terms; k > 0; k--) {
    rest = m.add(x, m.divide(count, rest));
    count = m.add(count, minusOne);
  }
  return m.divide(integerIn(m, 1), rest);
}

const integerIn = <T>(m: Steps<T>, value: number): T => m.constant({ numerator: value, denominator: 1 });
