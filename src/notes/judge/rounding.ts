/** Numbers as printed: a decimal stands for everything that rounds to it, an integer for itself. */
import { type Rational, rational } from '../../exact/index.js';
import type { Formula } from '../formula/tree.js';
import { decimalsOf, numberOf } from './number.js';

export interface Interval {
  readonly low: Rational;
  readonly high: Rational;
}

/** Where the value lies if every decimal was rounded; null for anything but sums, products, quotients and signs of numbers. */
export function intervalOf(formula: Formula): Interval | null {
  switch (formula.kind) {
    case 'number': {
      const value = numberOf(formula);
      const decimals = decimalsOf(formula);
      const half = decimals === null ? rational.ZERO : rational.of(1, 2 * 10 ** Math.min(decimals, 12));
      return { low: rational.subtract(value, half), high: rational.add(value, half) };
    }
    case 'negation':
      return mapped([formula.of], ([of]) => negative(of!));
    case 'sum':
      return mapped(
        formula.terms.map(term => term.formula),
        parts =>
          parts.map((part, k) => (formula.terms[k]!.sign === '-' ? negative(part) : part)).reduce(plus),
      );
    case 'product':
      return mapped(formula.factors, parts => parts.reduce(times));
    case 'quotient': {
      const [top, bottom] = [intervalOf(formula.numerator), intervalOf(formula.denominator)];
      const inverse = bottom && inverted(bottom);
      return top && inverse && times(top, inverse);
    }
    default:
      return null;
  }
}

export function apart(a: Interval, b: Interval): boolean {
  return rational.compare(a.high, b.low) < 0 || rational.compare(b.high, a.low) < 0;
}

function mapped(
  formulas: readonly Formula[],
  combine: (parts: readonly Interval[]) => Interval,
): Interval | null {
  const parts = formulas.map(intervalOf);
  return parts.every(part => part !== null) ? combine(parts) : null;
}

function negative({ low, high }: Interval): Interval {
  return { low: rational.negate(high), high: rational.negate(low) };
}

function plus(a: Interval, b: Interval): Interval {
  return { low: rational.add(a.low, b.low), high: rational.add(a.high, b.high) };
}

/** Null where the interval contains 0. */
function inverted({ low, high }: Interval): Interval | null {
  if (low.numerator <= 0 && high.numerator >= 0) return null;
  return { low: rational.divide(rational.ONE, high), high: rational.divide(rational.ONE, low) };
}

function times(a: Interval, b: Interval): Interval {
  const corners = [a.low, a.high].flatMap(x => [b.low, b.high].map(y => rational.multiply(x, y)));
  const smaller = (x: Rational, y: Rational) => (rational.compare(x, y) <= 0 ? x : y);
  const larger = (x: Rational, y: Rational) => (rational.compare(x, y) >= 0 ? x : y);
  return { low: corners.reduce(smaller), high: corners.reduce(larger) };
}
