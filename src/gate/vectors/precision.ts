/** Values of expressions, rounded once: exact where arithmetic is, else with as many digits as it takes. */
import { BackproofError } from '../../error.js';
import { type Rational, rational } from '../../exact/index.js';
import {
  type Arithmetic,
  bignumberArithmetic,
  type Expr,
  evaluateAll,
  exact,
  float64,
  postOrder,
} from '../../expr/index.js';
import { definitionOf, type Operator, resolve, SELECTION } from '../../ops/index.js';
import { ROUNDING } from './bound.js';
import { type Computed, computeWithErrors } from './running-error.js';
import { type Float, rounded, stored } from './values.js';

/** Arithmetics with more and more digits. */
export type Precision = readonly {
  readonly digits: number;
  readonly m: Awaited<ReturnType<typeof bignumberArithmetic>>;
}[];

/** A cell as it has to be. */
export interface ReferenceCell {
  /** Null where no fraction is exact. */
  readonly exact: Rational | null;
  /** Rounded once. */
  readonly number: number;
  /** How far a float evaluation may be from it. */
  readonly bound: number;
}

/** 1 + exp(-800) needs 348 digits; what needs more than 460 is below the smallest float. */
const DIGITS = [60, 460];

/** For the second order that the bound leaves out, and for ways to compute that take more steps than the definition. */
const SAFETY = 4;

/** So many intermediate results may fall below the smallest float. */
const UNDERFLOWS = 64;

/** Loads mathjs; null where every definition is rational. */
export async function precisionFor(operators: Iterable<Operator>): Promise<Precision | null> {
  if ([...operators].every(isRationalOperator)) return null;
  return Promise.all(DIGITS.map(async digits => ({ digits, m: await bignumberArithmetic(digits) })));
}

function isRationalOperator(operator: Operator): boolean {
  return operator.examples.every(({ shapes, params }) => {
    const call = resolve(operator, shapes, params);
    const { stages } = definitionOf(operator, call.params, call.rank);
    return stages.every(stage => stage.kind !== 'pointwise' || isRational([stage.formula]));
  });
}

/** Nothing but sums, products, quotients, maxima and choices. */
export const isRational = (roots: readonly Expr[]): boolean =>
  postOrder(roots).every(node => node.kind !== 'call' || node.fn === 'max' || node.fn === 'select');

/** @throws BackproofError `too-many-digits`, `division-by-zero`; `not-exact` without the precision that it takes. */
export function referenceCells(
  roots: readonly Expr[],
  value: (tensor: string, index: readonly number[]) => Rational,
  dtype: Float,
  precision: Precision | null,
): ReferenceCell[] {
  if (precision !== null && !isRational(roots)) return sharpCells(roots, value, dtype, precision);
  const values = evaluateAll(roots, exact, ({ tensor, index }) => value(tensor, index));
  const errors = withErrors(roots, value, dtype, float64);
  return values.map((one, k) => ({
    exact: one,
    number: rounded(one, dtype),
    bound: storedBound(errors[k]!.value, errors[k]!.error, dtype),
  }));
}

function sharpCells(
  roots: readonly Expr[],
  value: Parameters<typeof referenceCells>[1],
  dtype: Float,
  precision: Precision,
): ReferenceCell[] {
  const underflow = underflowOf(roots, value, dtype);
  for (const { digits, m } of precision) {
    const found = withErrors(roots, value, dtype, m);
    if (!found.every(one => isSharp(one, m, digits, dtype))) continue;
    return found.map(one => {
      // Without the sign that an exact zero may have got.
      const number = stored(Number(one.value), dtype) + 0;
      const bound = storedBound(number, Number(one.error), dtype) + underflow;
      return { exact: null, number, bound };
    });
  }
  throw new BackproofError({
    code: 'too-many-digits',
    where: 'golden vectors',
    what: 'the value of a cell is not known',
    expected: `a value in the domain of the definition, of which ${DIGITS.at(-1)} digits say enough`,
    got: 'a cell that cancels further, or has no value',
    fix: 'Take inputs of smaller size, inside the domain.',
  });
}

function withErrors<T>(
  roots: readonly Expr[],
  value: Parameters<typeof referenceCells>[1],
  dtype: Float,
  m: Arithmetic<T>,
): Computed<T>[] {
  return computeWithErrors(roots, m, rational.from(ROUNDING[dtype][0]), ({ tensor, index }) => ({
    value: m.constant(value(tensor, index)),
    isExact: tensor === SELECTION,
  }));
}

/** The same slips in this many digits leave the float's digits alone, or are below the smallest float. */
function isSharp<T>({ value, error }: Computed<T>, m: Arithmetic<T>, digits: number, dtype: Float): boolean {
  const power = (base: number, exponent: number) => m.power(m.constant(rational.of(base)), exponent);
  const unit = m.constant(rational.from(ROUNDING[dtype][0]));
  const own = m.divide(m.multiply(error, power(10, 1 - digits)), unit);
  const isBelow = (limit: T) => m.isNonNegative(m.add(limit, m.multiply(m.constant(rational.of(-1)), own)));
  const size = m.isNonNegative(value) ? value : m.multiply(m.constant(rational.of(-1)), value);
  return isBelow(m.multiply(size, power(2, -70))) || isBelow(power(2, -1140));
}

function storedBound(value: number, error: number, dtype: Float): number {
  const [unit, underflow] = ROUNDING[dtype];
  return SAFETY * (error + Math.abs(value) * unit) + underflow;
}

/** What intermediate results below the smallest float may lose: two inputs may multiply it. */
function underflowOf(
  roots: readonly Expr[],
  value: Parameters<typeof referenceCells>[1],
  dtype: Float,
): number {
  const sizes = postOrder(roots).flatMap(node =>
    node.kind === 'variable' ? [Math.abs(rational.toNumber(value(node.tensor, node.index)))] : [],
  );
  const largest = sizes.reduce((a, b) => Math.max(a, b), 1);
  return Math.min(UNDERFLOWS * ROUNDING[dtype][1] * largest ** 2, ROUNDING[dtype][0] ** 6);
}
