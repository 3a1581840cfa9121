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

const isInteger = ({ value, size, error }: Measured): boolean =>
  error === 0 && Number.isInteger(value) && size <= Number.MAX_SAFE_INTEGER;

/** A number as a kernel that first scales or shifts its inputs sees it. */
export const roughly = (value: number): Measured =>
  Number.isSafeInteger(value) ? exactly(value) : rounded(value, Math.abs(value), 0);

const rounded = (value: number, size: number, inherited: number): Measured => ({
  value,
  size,
  error: inherited + ROUNDINGS * UNIT * size + Number.MIN_VALUE,
});

/** Integers give an integer, exactly as long as every order of computing it stays below 2^53. */
function combined(a: Measured, b: Measured, value: number, size: number, inherited: number): Measured {
  const result = { value, size, error: 0 };
  return isInteger(a) && isInteger(b) && isInteger(result) ? result : rounded(value, size, inherited);
}

type Basic = 'constant' | 'add' | 'multiply' | 'divide' | 'power' | 'max' | 'isNonNegative';
type Smooth = Exclude<keyof Arithmetic<number>, Basic>;

/** How steep a function is between a point and the points within the error; the others are nowhere steeper than 1. */
const steepness: Partial<Record<Smooth, (at: number, error: number) => number>> = {
  exp: (at, error) => Math.exp(at + error),
  log: (at, error) => 1 / (at - error),
  sqrt: (at, error) => 1 / Math.sqrt(at - error),
};

/** A function of one number: what it makes of the error, and a rounding of its own. */
function smooth(name: Smooth, x: Measured): Measured {
  const value = float64[name](x.value);
  const inherited = x.error === 0 ? 0 : x.error * (steepness[name]?.(x.value, x.error) ?? 1);
  return rounded(value, Math.abs(value), inherited);
}

const basic: Readonly<Record<Basic, true>> = {
  constant: true,
  add: true,
  multiply: true,
  divide: true,
  power: true,
  max: true,
  isNonNegative: true,
};

const isSmooth = (name: string): name is Smooth => !(name in basic);

/** @param onKink hears of a choice that hangs on less than the bound: a derivative there is no one number */
export function measuredArithmetic(onKink: () => void): Arithmetic<Measured> {
  const divide = (a: Measured, b: Measured): Measured => {
    const [value, least] = [a.value / b.value, Math.abs(b.value) - b.error];
    if (least <= 0) onKink();
    if (isInteger(a) && isInteger(b) && a.value % b.value === 0) return exactly(value);
    return rounded(value, a.size / Math.abs(b.value), (a.error + Math.abs(value) * b.error) / least);
  };
  const multiply = (a: Measured, b: Measured): Measured =>
    combined(
      a,
      b,
      a.value * b.value,
      a.size * b.size,
      a.size * b.error + b.size * a.error + a.error * b.error,
    );
  const raise = (base: Measured, exponent: number): Measured =>
    Array.from({ length: exponent }, () => base).reduce(multiply, exactly(1));
  const names = Object.keys(float64).filter(isSmooth);
  const functions = Object.fromEntries(names.map(name => [name, (x: Measured) => smooth(name, x)]));
  return {
    constant: value => {
      const number = rational.toNumber(value);
      return rational.equal(rational.from(number), value) ? exactly(number) : roughly(number);
    },
    add: (a, b) => combined(a, b, a.value + b.value, a.size + b.size, a.error + b.error),
    multiply,
    divide,
    power: (base, exponent) =>
      exponent < 0 ? divide(exactly(1), raise(base, -exponent)) : raise(base, exponent),
    ...(functions as Record<Smooth, (x: Measured) => Measured>),
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
