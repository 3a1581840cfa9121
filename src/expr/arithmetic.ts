/** The operations that evaluation needs, as a record: one evaluator serves every number type. */
import { BackproofError } from '../error.js';
import type { Integer, Rational } from '../exact/index.js';
import { integer, rational } from '../exact/index.js';
import { normalDistribution } from './normal-distribution.js';

export interface Arithmetic<T> {
  constant(value: Rational): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  /** base to an integer power; 0 to the power 0 is 1. */
  power(base: T, exponent: number): T;
  exp(x: T): T;
  log(x: T): T;
  tanh(x: T): T;
  sqrt(x: T): T;
  /** The standard normal distribution function; small values keep their digits. */
  normcdf(x: T): T;
  /** The standard normal density. */
  normpdf(x: T): T;
  /** The larger one; a tie goes to `a`. */
  max(a: T, b: T): T;
  isNonNegative(x: T): boolean;
}

/** IEEE double precision: outside its domain an operation gives NaN or an infinity and never throws. */
export const float64: Arithmetic<number> = {
  constant: rational.toNumber,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: float64Power,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
  normcdf: x => normalDistribution(float64, x, float64Density(x), Math.abs(x), 17),
  normpdf: float64Density,
  // A NaN on either side must come through: a hidden NaN is a hidden wrong gradient.
  max: (a, b) => (a >= b || Number.isNaN(a) ? a : b),
  isNonNegative: x => x >= 0,
};

function float64Power(base: number, exponent: number): number {
  // The language leaves the rounding of ** to the engine; a single operation is rounded correctly everywhere.
  if (exponent === 2) return base * base;
  return exponent === -1 ? 1 / base : base ** exponent;
}

const FARTHEST = 39;
const UNIT_DENSITY = 1 / Math.sqrt(2 * Math.PI);

function float64Density(x: number): number {
  // Beyond this it underflows, and the parts below would be infinite.
  if (Math.abs(x) > FARTHEST) return 0;
  // exp enlarges the rounding of x² by x²/2: the square of `near` has no rounding, what is left is small.
  const near = Math.round(16 * x) / 16;
  return Math.exp(-near * near * 0.5) * Math.exp(-(x - near) * (x + near) * 0.5) * UNIT_DENSITY;
}

/**
 * Exact rationals.
 * @throws BackproofError `division-by-zero`; `not-exact` for exp, log, tanh, sqrt (and so sigmoid), normcdf, normpdf;
 * `number-too-large` beyond about 300,000 digits, where arithmetic would seem to hang.
 */
export const exact: Arithmetic<Rational> = {
  constant: value => value,
  add: (a, b) => bounded(rational.add(a, b)),
  multiply: (a, b) => bounded(rational.multiply(a, b)),
  divide: (a, b) => bounded(rational.divide(a, b)),
  power: exactPower,
  exp: () => notExact('exp'),
  log: () => notExact('log'),
  tanh: () => notExact('tanh'),
  sqrt: () => notExact('sqrt'),
  normcdf: () => notExact('normcdf'),
  normpdf: () => notExact('normpdf'),
  max: (a, b) => (rational.compare(a, b) >= 0 ? a : b),
  isNonNegative: x => x.numerator >= 0,
};

const BIT_LIMIT = 2 ** 20;
let largest: bigint | undefined;

function exactPower(base: Rational, exponent: number): Rational {
  const size = Math.abs(exponent);
  if (base.denominator === 1 && base.numerator <= 1 && base.numerator >= -1) {
    // Powers of -1, 0 and 1 depend on the parity of the exponent only, however large it is.
    const small = size === 0 ? 0 : 2 - (size % 2);
    return rational.power(base, exponent < 0 ? -small : small);
  }
  const digits = Math.max(hexDigits(base.numerator), hexDigits(base.denominator));
  if (4 * (digits - 1) * size > BIT_LIMIT || size > BIT_LIMIT) throw tooLarge();
  return bounded(rational.power(base, exponent));
}

function hexDigits(value: Integer): number {
  return integer.absolute(value).toString(16).length;
}

function bounded(value: Rational): Rational {
  const { numerator, denominator } = value;
  if (typeof numerator === 'number' && typeof denominator === 'number') return value;
  largest ??= 2n ** BigInt(BIT_LIMIT);
  if (integer.absolute(numerator) > largest || denominator > largest) throw tooLarge();
  return value;
}

function tooLarge(): BackproofError {
  return new BackproofError({
    code: 'number-too-large',
    where: 'exact arithmetic',
    what: 'a value has too many digits',
    expected: `fractions of at most ${BIT_LIMIT} bits`,
    got: 'more',
    fix: 'Evaluate at smaller values, or in float64.',
  });
}

function notExact(name: string): never {
  throw new BackproofError({
    code: 'not-exact',
    where: 'exact arithmetic',
    what: `${name} has no exact rational value`,
    expected: 'sums, products, quotients, integer powers, max and select',
    got: name,
    fix: 'Evaluate with float64 or bignumber arithmetic.',
    data: { function: name },
  });
}
