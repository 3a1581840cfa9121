/** Exact fractions in lowest terms with a positive denominator; the form is canonical. */
import { BackproofError } from '../error.js';
import type { Integer } from './integer.js';
import * as integer from './integer.js';

export interface Rational {
  readonly numerator: Integer;
  readonly denominator: Integer;
}

export const ZERO: Rational = { numerator: 0, denominator: 1 };
export const ONE: Rational = { numerator: 1, denominator: 1 };

/**
 * The fraction numerator / denominator in lowest terms.
 * @throws BackproofError `division-by-zero`.
 */
export function of(numerator: Integer, denominator: Integer = 1): Rational {
  if (denominator === 1) return { numerator, denominator };
  if (denominator === 0) {
    throw new BackproofError({
      code: 'division-by-zero',
      where: 'rational',
      what: 'a fraction has denominator 0',
      expected: 'a denominator other than 0',
      got: `${numerator}/0`,
      fix: 'Check the divisor at this point.',
    });
  }
  const divisor = integer.gcd(numerator, denominator);
  const signed = denominator < 0 ? integer.negate(divisor) : divisor;
  return { numerator: integer.divide(numerator, signed), denominator: integer.divide(denominator, signed) };
}

/**
 * Reads "3", "-3/4" or "0.125" exactly; a float64 number means the exact dyadic value that it stores.
 * @throws BackproofError `not-a-rational`.
 */
export function from(value: number | bigint | string): Rational {
  if (typeof value === 'bigint') return of(integer.from(value));
  if (typeof value === 'number') return fromFloat(value);
  const fraction = /^([+-]?\d+)\/(\d+)$/.exec(value);
  if (fraction) return of(integer.from(fraction[1]!), integer.from(fraction[2]!));
  const decimal = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value);
  const digits = decimal && `${decimal[2]}${decimal[3] ?? ''}`;
  if (!decimal || !digits) throw notRational(value);
  const scale = integer.power(10, decimal[3]?.length ?? 0);
  return of(integer.from(`${decimal[1]}${digits}`), scale);
}

function fromFloat(value: number): Rational {
  if (!Number.isFinite(value)) throw notRational(String(value));
  let [scaled, halvings] = [value, 0];
  while (!Number.isInteger(scaled)) [scaled, halvings] = [scaled * 2, halvings + 1];
  return of(integer.from(BigInt(scaled)), integer.power(2, halvings));
}

function notRational(text: string): BackproofError {
  return new BackproofError({
    code: 'not-a-rational',
    where: 'rational',
    what: 'the value is not a finite fraction',
    expected: 'an integer, a decimal or p/q',
    got: text.slice(0, 40) || 'nothing',
    fix: 'Write it as an integer, a decimal or p/q.',
  });
}

export function add(a: Rational, b: Rational): Rational {
  if (a.denominator === 1 && b.denominator === 1) return of(integer.add(a.numerator, b.numerator));
  const numerator = integer.add(
    integer.multiply(a.numerator, b.denominator),
    integer.multiply(b.numerator, a.denominator),
  );
  return of(numerator, integer.multiply(a.denominator, b.denominator));
}

export function negate(a: Rational): Rational {
  return { numerator: integer.negate(a.numerator), denominator: a.denominator };
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  return of(integer.multiply(a.numerator, b.numerator), integer.multiply(a.denominator, b.denominator));
}

/** @throws BackproofError `division-by-zero`. */
export function divide(a: Rational, b: Rational): Rational {
  return of(integer.multiply(a.numerator, b.denominator), integer.multiply(a.denominator, b.numerator));
}

/** a to an integer power. @throws BackproofError `division-by-zero` for 0 to a negative power. */
export function power(a: Rational, n: number): Rational {
  if (n < 0) return divide(ONE, power(a, -n));
  return { numerator: integer.power(a.numerator, n), denominator: integer.power(a.denominator, n) };
}

export function equal(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  return integer.compare(
    integer.multiply(a.numerator, b.denominator),
    integer.multiply(b.numerator, a.denominator),
  );
}

/** The nearest float64 (ties to even; subnormal results may be off by one unit in the last place). */
export function toNumber(a: Rational): number {
  if (typeof a.numerator === 'number' && typeof a.denominator === 'number')
    return a.numerator / a.denominator;
  const [top, bottom] = [BigInt(a.numerator), BigInt(a.denominator)];
  // Scale the quotient to at least 66 bits and keep a sticky bit, so that the one rounding left is right.
  const shift = bitLength(bottom) - bitLength(top) + 66;
  const scaledTop = shift > 0 ? top << BigInt(shift) : top;
  const scaledBottom = shift < 0 ? bottom << BigInt(-shift) : bottom;
  const sticky = scaledTop % scaledBottom === 0n ? 0n : 1n;
  const quotient = Number((scaledTop / scaledBottom) * 2n + (top < 0n ? -sticky : sticky));
  return quotient * 2 ** Math.ceil((-shift - 1) / 2) * 2 ** Math.floor((-shift - 1) / 2);
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}

/** "3" or "-3/4". */
export function toText(a: Rational): string {
  return a.denominator === 1 ? String(a.numerator) : `${a.numerator}/${a.denominator}`;
}
