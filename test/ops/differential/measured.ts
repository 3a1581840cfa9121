/**
 * Float64 values with a first-order bound on how far any sound computation of the same function, at any of these
 * steps rounded, may be from the exact value. Integers below 2^53 are exact, and so is what is made of them: there the
 * bound is 0. Elsewhere every step counts ROUNDINGS roundings of the largest number that any order of it may meet.
 */
import { rational } from '../../../src/exact/index.js';
import { type Arithmetic, float64 } from '../../../src/expr/index.js';

export interface Measured {
  readonly value: number;
  /** The sum of the absolute terms: what cancels may still have been rounded. */
  readonly size: number;
  readonly error: number;
}

const UNIT = 2 ** -53;

/** A function of the library may be off by two units; a kernel may take one step in two. */
const ROUNDINGS = 4;

export const exactly = (value: number): Measured => ({ value, size: Math.abs(value), error: 0 });

/** A number as a kernel that first scales or shifts its inputs sees it. */
export const roughly = (value: number): Measured => rounded(value, Math.abs(value), 0);

function rounded(value: number, size: number, inherited: number): Measured {
  const isExact = inherited === 0 && Number.isInteger(value) && size <= Number.MAX_SAFE_INTEGER;
  return { value, size, error: isExact ? 0 : inherited + ROUNDINGS * UNIT * size + Number.MIN_VALUE };
}

/** A function with the given slope there; its value is one rounding more. */
const smooth = (value: number, slope: number, x: Measured): Measured => {
  const inherited = Math.abs(slope) * x.error;
  const error = inherited + ROUNDINGS * UNIT * Math.abs(value) + Number.MIN_VALUE;
  return { value, size: Math.abs(value), error };
};

/** @param onKink hears of a choice that hangs on less than the bound: a derivative there is no one number */
export function measuredArithmetic(onKink: () => void): Arithmetic<Measured> {
  const divide = (a: Measured, b: Measured): Measured => {
    const [value, least] = [a.value / b.value, Math.abs(b.value) - b.error];
    if (least <= 0) onKink();
    return rounded(value, a.size / Math.abs(b.value), (a.error + Math.abs(value) * b.error) / least);
  };
  const multiply = (a: Measured, b: Measured): Measured =>
    rounded(a.value * b.value, a.size * b.size, a.size * b.error + b.size * a.error + a.error * b.error);
  const raise = (base: Measured, exponent: number): Measured =>
    Array.from({ length: exponent }, () => base).reduce(multiply, exactly(1));
  return {
    constant: value => {
      const number = rational.toNumber(value);
      return rational.equal(rational.from(number), value) ? exactly(number) : roughly(number);
    },
    add: (a, b) => rounded(a.value + b.value, a.size + b.size, a.error + b.error),
    multiply,
    divide,
    power: (base, exponent) =>
      exponent < 0 ? divide(exactly(1), raise(base, -exponent)) : raise(base, exponent),
    exp: x => smooth(Math.exp(x.value), Math.exp(x.value), x),
    log: x => smooth(Math.log(x.value), 1 / (Math.abs(x.value) - x.error), x),
    tanh: x => smooth(Math.tanh(x.value), 1, x),
    sqrt: x => smooth(Math.sqrt(x.value), 1 / Math.sqrt(Math.abs(x.value) - x.error), x),
    normcdf: x => smooth(float64.normcdf(x.value), float64.normpdf(x.value), x),
    normpdf: x => smooth(float64.normpdf(x.value), Math.abs(x.value) * float64.normpdf(x.value), x),
    max: (a, b) => ({
      value: Math.max(a.value, b.value),
      size: Math.max(a.size, b.size),
      error: Math.max(a.error, b.error),
    }),
    isNonNegative: x => {
      if (Math.abs(x.value) <= x.error) onKink();
      return x.value >= 0;
    },
  };
}
