/**
 * Quotients of integer polynomials: the values that normal forms are made of. They are not reduced to lowest
 * terms; `equalFractions` compares across.
 */
import { BackproofError } from '../error.js';
import type { Integer, MonomialTable, Polynomial, Rational } from '../exact/index.js';
import { integer, polynomial, UNIT } from '../exact/index.js';

export interface Fraction {
  readonly numerator: Polynomial<number>;
  /** Never zero. */
  readonly denominator: Polynomial<number>;
}

/** What one multiplication may become before it is refused. */
const MAX_DEGREE = 1024;
const MAX_TERMS = 2 ** 22;
const MAX_COEFFICIENT = 2n ** 65536n;

const ONE: Polynomial<number> = new Map([[UNIT, 1]]);

export function constantFraction({ numerator, denominator }: Rational): Fraction {
  return {
    numerator: numerator === 0 ? new Map() : new Map([[UNIT, numerator]]),
    denominator: denominator === 1 ? ONE : new Map([[UNIT, denominator]]),
  };
}

export function variableFraction(monomial: number): Fraction {
  return { numerator: new Map([[monomial, 1]]), denominator: ONE };
}

export function multiplyFractions(factors: readonly Fraction[], table: MonomialTable): Fraction {
  return factors.reduce(
    (a, b) => ({
      numerator: times(a.numerator, b.numerator, table),
      denominator: times(a.denominator, b.denominator, table),
    }),
    { numerator: ONE, denominator: ONE },
  );
}

/** @throws BackproofError `division-by-zero` where b is the zero polynomial. */
export function divideFractions(a: Fraction, b: Fraction, table: MonomialTable): Fraction {
  return multiplyFractions([a, inverse(b)], table);
}

/** @throws BackproofError `division-by-zero` for zero to a negative power. */
export function powerFraction(base: Fraction, exponent: number, table: MonomialTable): Fraction {
  if (Math.abs(exponent) > MAX_DEGREE) throw tooLarge();
  let result: Fraction = { numerator: ONE, denominator: ONE };
  let square = exponent < 0 ? inverse(base) : base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyFractions([result, square], table);
    // One squaring too many could exceed the bounds for nothing.
    if (rest > 1) square = multiplyFractions([square, square], table);
  }
  return result;
}

/** Whether two fractions are the same rational function: decided by cross multiplication. */
export function equalFractions(a: Fraction, b: Fraction, table: MonomialTable): boolean {
  if (polynomial.equal(a.denominator, b.denominator)) return polynomial.equal(a.numerator, b.numerator);
  return polynomial.equal(times(a.numerator, b.denominator, table), times(b.numerator, a.denominator, table));
}

export function isConstantPolynomial(a: Polynomial<number>): boolean {
  return a.size === 0 || (a.size === 1 && a.has(UNIT));
}

/** The product, or a factor itself where the other one is 1. @throws BackproofError `expression-too-large`. */
export function times(
  a: Polynomial<number>,
  b: Polynomial<number>,
  table: MonomialTable,
): Polynomial<number> {
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  if (a.size * b.size > MAX_TERMS || degree(a, table) + degree(b, table) > MAX_DEGREE) throw tooLarge();
  const result = polynomial.multiply(a, b, (u, v) => table.product(u, v));
  for (const coefficient of result.values()) checkCoefficient(coefficient);
  return result;
}

export function checkCoefficient(value: Integer): void {
  if (typeof value === 'bigint' && integer.absolute(value) > MAX_COEFFICIENT) throw tooLarge();
}

function isOne(a: Polynomial<number>): boolean {
  return a.size === 1 && a.get(UNIT) === 1;
}

function degree(a: Polynomial<number>, table: MonomialTable): number {
  let highest = 0;
  for (const monomial of a.keys()) highest = Math.max(highest, table.factors(monomial).length);
  return highest;
}

function inverse({ numerator, denominator }: Fraction): Fraction {
  if (numerator.size > 0) return { numerator: denominator, denominator: numerator };
  throw new BackproofError({
    code: 'division-by-zero',
    where: 'normal form',
    what: 'the expression divides by something that is always 0',
    expected: 'a divisor that is not identically 0',
    got: '0',
    fix: 'Check the divisor.',
  });
}

export function tooLarge(): BackproofError {
  return new BackproofError({
    code: 'expression-too-large',
    where: 'normal form',
    what: 'the polynomial grows beyond what can be compared in reasonable time',
    expected: `degree <= ${MAX_DEGREE}, products of <= ${MAX_TERMS} terms, coefficients of <= 65536 bits`,
    got: 'more',
    fix: 'Work cell by cell, or at a smaller shape.',
  });
}
