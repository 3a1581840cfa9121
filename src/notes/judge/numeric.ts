/** Equations between numbers, and equations that hold for the numbers that the notes gave to cells. */
import { type Rational, rational } from '../../exact/index.js';
import { type Expr, substitute, variableKey } from '../../expr/index.js';
import type { ReadEquation } from '../formula/equation.js';
import { latexOf } from '../formula/print.js';
import type { Formula } from '../formula/tree.js';
import { constantOf, equalPairs } from './compare.js';
import type { Context } from './context.js';
import { decimalsOf } from './number.js';
import type { Outcome } from './outcome.js';
import { apart, intervalOf } from './rounding.js';
import { correct, type Judgement, unchecked, wrong } from './verdict.js';
import { numberFormula } from './write.js';

export const ARITHMETIC = 'for these numbers';

/** Two different numbers: rounded, or wrong. */
export function numericVerdict({ left, right, relation }: ReadEquation, { pairs }: Outcome): Judgement {
  const [pair] = pairs;
  const [a, b] = [pair && constantOf(pair[0]), pair && constantOf(pair[1])];
  if (pairs.length > 1 || !a || !b) {
    return unchecked('numeric-example', 'matrices of numbers that differ are not explained');
  }
  const decimals = right.kind === 'number' ? decimalsOf(right) : null;
  const rounds = right.kind === 'number' && roundsTo(a, b, decimals ?? 0);
  if (rounds && decimals !== null) {
    return correct('numeric-example', ARITHMETIC, `it holds to the ${decimals} decimals that are written`);
  }
  if (rounds) return unchecked('ambiguous', 'it holds if the right side is rounded to a whole number');
  if (relation === 'approximate') return unchecked('ambiguous', 'it does not say how closely it holds');
  const [from, to] = [intervalOf(left), intervalOf(right)];
  if (from && to && apart(from, to)) return mismatch(left, right, a, b);
  return unchecked('ambiguous', 'it does not hold exactly, but may hold for numbers that were rounded');
}

function mismatch(left: Formula, right: Formula, a: Rational, b: Rational): Judgement {
  const [valueA, valueB] = [a, b].map(one => latexOf(numberFormula(one)));
  if (right.kind !== 'number') {
    const message = `the left side is ${valueA}, the right side ${valueB}`;
    return wrong('numeric-example', ARITHMETIC, { message, slip: 'number', reason: message });
  }
  return wrong('numeric-example', ARITHMETIC, {
    message: `the left side is ${valueA}, not ${latexOf(right)}`,
    slip: 'number',
    expected: `${latexOf(left)} = ${valueA}`,
    missing: [valueA!],
    extra: [latexOf(right)],
  });
}

function roundsTo(exact: Rational, written: Rational, decimals: number): boolean {
  const difference = rational.subtract(exact, written);
  const size = difference.numerator < 0 ? rational.negate(difference) : difference;
  const half = rational.of(1, 2 * 10 ** Math.min(decimals, 12));
  return rational.compare(size, half) <= 0;
}

/** Holds once the cells have the values that earlier equations gave them; null where nothing was given. */
export function substituted({ pairs }: Outcome, { given }: Context): Judgement | null {
  if (given.size === 0 || pairs.length === 0) return null;
  const valued = (expr: Expr) =>
    substitute(expr, cell => given.get(variableKey(cell.tensor, cell.index)) ?? cell);
  const read = pairs.map(([a, b]) => [valued(a), valued(b)] as const);
  if (equalPairs(read).every(Boolean)) {
    return correct(
      'numeric-example',
      'for the values given above',
      'it holds for the values that the notes give',
    );
  }
  const open = read.some(([a, b]) => constantOf(a) === null || constantOf(b) === null);
  const plain = pairs.every(([a, b]) => constantOf(a) === null && constantOf(b) === null);
  if (plain) return null;
  const reason = open
    ? 'it holds numbers in the place of cells, and not every cell has got its value'
    : 'it does not hold for the values that the notes gave last; other values may be meant';
  return unchecked('numeric-example', reason);
}
