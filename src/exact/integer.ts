/**
 * Integers that never lose precision: a `number` while it is a safe integer, a `bigint` beyond.
 * The form is canonical, so `===` decides equality and a `Map` can hold them as values.
 */
import { BackproofError } from '../error.js';

export type Integer = number | bigint;

/** Canonical form of a bigint: a number where it fits. */
function canonical(value: bigint): Integer {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/**
 * Reads an integer from a number, a bigint or decimal text.
 * @throws BackproofError `not-an-integer` for fractions, NaN, infinities, unsafe numbers and other text.
 */
export function from(value: number | bigint | string): Integer {
  if (typeof value === 'bigint') return canonical(value);
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return canonical(BigInt(value));
  // -0 and 0 are one integer.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value + 0;
  throw new BackproofError({
    code: 'not-an-integer',
    where: 'integer',
    what: 'the value is not an exact integer',
    expected: 'a safe integer, a bigint or decimal digits',
    got: String(value).slice(0, 40),
    fix: 'Pass large integers as bigint or text.',
  });
}

export function add(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return canonical(BigInt(a) + BigInt(b));
}

export function negate(a: Integer): Integer {
  return typeof a === 'number' ? 0 - a : canonical(-a);
}

export function subtract(a: Integer, b: Integer): Integer {
  return add(a, negate(b));
}

export function multiply(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // `+ 0` turns -0 into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return canonical(BigInt(a) * BigInt(b));
}

/** a to the power n, for a natural n. */
export function power(a: Integer, n: number): Integer {
  return canonical(BigInt(a) ** BigInt(n));
}

export function sign(a: Integer): -1 | 0 | 1 {
  return a < 0 ? -1 : a > 0 ? 1 : 0;
}

export function absolute(a: Integer): Integer {
  return a < 0 ? negate(a) : a;
}

export function compare(a: Integer, b: Integer): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The quotient towards zero; `b` must not be 0. Exact where b divides a. */
export function divide(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') return Math.trunc(a / b) + 0;
  return canonical(BigInt(a) / BigInt(b));
}

/** The remainder with the sign of `a`; `b` must not be 0. */
export function remainder(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
  return canonical(BigInt(a) % BigInt(b));
}

/** The greatest common divisor, never negative; gcd(0, 0) = 0. */
export function gcd(a: Integer, b: Integer): Integer {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0) [x, y] = [y, remainder(x, y)];
  return x;
}
