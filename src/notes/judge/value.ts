/** What a formula stands for: one expression, or a matrix of expressions. */
import { constant, type Expr, product, quotient, sum } from '../../expr/index.js';
import { misfit, refuse } from './refusal.js';

export type Value = Scalar | Matrix;

export interface Scalar {
  readonly kind: 'scalar';
  readonly expr: Expr;
}

/** Rows of equal length. An array with one axis is one row, and says so: as a column it is the same array. */
export interface Matrix {
  readonly kind: 'matrix';
  readonly rows: readonly (readonly Expr[])[];
  readonly axes: 1 | 2;
}

export const ZERO: Expr = constant(0);
export const ONE: Expr = constant(1);

export function scalar(expr: Expr): Scalar {
  return { kind: 'scalar', expr };
}

export function matrix(rows: readonly (readonly Expr[])[], axes: 1 | 2 = 2): Matrix {
  return { kind: 'matrix', rows, axes };
}

export function width({ rows }: Matrix): number {
  return rows[0]?.length ?? 0;
}

export function sizeText(value: Matrix): string {
  return value.axes === 1 ? `${width(value)} cells` : `${value.rows.length} x ${width(value)}`;
}

export function negated(value: Value): Value {
  return map(value, expr => product([constant(-1), expr]));
}

export function map(value: Value, change: (expr: Expr) => Expr): Value {
  if (value.kind === 'scalar') return scalar(change(value.expr));
  return matrix(
    value.rows.map(row => row.map(change)),
    value.axes,
  );
}

/** Two matrices of the same shape; a row that is an array with one axis is turned into a column where needed. */
export function aligned(a: Matrix, b: Matrix): readonly [Matrix, Matrix] | null {
  if (a.rows.length === b.rows.length && width(a) === width(b)) return [a, b];
  if (a.axes === 1 && width(b) === 1 && b.rows.length === width(a)) return [transposed(a), b];
  if (b.axes === 1 && width(a) === 1 && a.rows.length === width(b)) return [a, transposed(b)];
  return null;
}

export function total(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  if (!first) return scalar(ZERO);
  if (values.every(value => value.kind === 'scalar')) return scalar(sum(values.map(value => value.expr)));
  return rest.reduce((left, right) => {
    if (left.kind === 'scalar' || right.kind === 'scalar') {
      return refuse('not-covered', 'it adds a number and a matrix');
    }
    return entrywise(left, right, (a, b) => sum([a, b]));
  }, first);
}

export function entrywise(a: Matrix, b: Matrix, combine: (a: Expr, b: Expr) => Expr): Matrix {
  const pair = aligned(a, b);
  if (!pair)
    return misfit(`a ${sizeText(a)} matrix and a ${sizeText(b)} matrix cannot be combined entry by entry`);
  const [left, right] = pair;
  const rows = left.rows.map((row, i) => row.map((entry, j) => combine(entry, right.rows[i]![j]!)));
  return matrix(rows, left.axes === 1 && right.axes === 1 ? 1 : 2);
}

/** A scalar times anything. */
export function scaled(factor: Scalar, value: Value): Value {
  return map(value, expr => product([factor.expr, expr]));
}

export function dividedBy(value: Value, divisor: Value): Value {
  if (divisor.kind === 'matrix') return refuse('not-covered', 'it divides by a matrix');
  return map(value, expr => quotient(expr, divisor.expr));
}

export function matrixProduct(a: Matrix, b: Matrix): Matrix {
  if (a.axes === 1 || b.axes === 1 || width(a) !== b.rows.length) {
    return misfit(`the matrix product of ${sizeText(a)} and ${sizeText(b)} does not exist`);
  }
  const entry = (row: readonly Expr[], j: number) =>
    sum(row.map((left, k) => product([left, b.rows[k]![j]!])));
  return matrix(a.rows.map(row => Array.from({ length: width(b) }, (_, j) => entry(row, j))));
}

export function transposed(a: Matrix): Matrix {
  return matrix(Array.from({ length: width(a) }, (_, j) => a.rows.map(row => row[j]!)));
}

export function rotated(a: Matrix): Matrix {
  return matrix(a.rows.map(row => [...row].reverse()).reverse(), a.axes);
}

/** Every entry of a matrix in row order; a scalar is one entry. */
export function entries(value: Value): readonly Expr[] {
  return value.kind === 'scalar' ? [value.expr] : value.rows.flat();
}
