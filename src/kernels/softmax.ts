/**
 * softmax and log_softmax along one axis, for float64 or float32. Sums run in float64 over the axis in order; float32
 * is rounded once per cell. A row with NaN, with Infinity, or of -Infinity alone gives NaN; -Infinity beside a finite
 * value is a probability of 0.
 */
import { BackproofError } from '../error.js';
import { shapeText, size, type Tensor } from '../tensor/index.js';
import { checkCotangent } from './activations-apply.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64, toFloat64 } from './operands.js';

/** One row in memory: `extent` cells, `step` apart, from `start`. */
interface Row {
  readonly start: number;
  readonly step: number;
  readonly extent: number;
}

/** Reads a row, writes a row. */
type RowRule = (row: Row, from: Float64Array, to: Float64Array) => void;

/**
 * y = exp(x)/sum exp(x) along the axis, of the same shape as x; finite for all finite x.
 * @throws BackproofError `axis-out-of-range`, `rank-mismatch` for a scalar, as `checkOperands`.
 */
export function softmaxKernel<D extends FloatDType>(x: Tensor<D>, axis: number): Tensor<D> {
  return alongRows('softmax', x, axis, softmaxRow);
}

/** xBar = y (yBar - sum yBar y) along the axis. @throws BackproofError `upstream-shape-mismatch`, as `softmaxKernel`. */
export function softmaxVjp<D extends FloatDType>(yBar: Tensor<D>, x: Tensor<D>, axis: number): Tensor<D> {
  const where = 'softmax gradient';
  checkCotangent(where, yBar, x);
  const upstream = toFloat64(yBar);
  return alongRows(where, x, axis, (row, from, to) => {
    softmaxRow(row, from, to);
    const mean = sumOver(row, cell => upstream[cell]! * to[cell]!);
    eachCell(row, cell => {
      to[cell]! *= upstream[cell]! - mean;
    });
  });
}

/**
 * y = x - log(sum exp(x)) along the axis; finite for all finite x whose differences are.
 * @throws BackproofError as `softmaxKernel`.
 */
export function logSoftmaxKernel<D extends FloatDType>(x: Tensor<D>, axis: number): Tensor<D> {
  return alongRows('log_softmax', x, axis, logSoftmaxRow);
}

/** xBar = yBar - softmax(x) sum yBar along the axis. @throws BackproofError `upstream-shape-mismatch`, as `softmaxKernel`. */
export function logSoftmaxVjp<D extends FloatDType>(yBar: Tensor<D>, x: Tensor<D>, axis: number): Tensor<D> {
  const where = 'log_softmax gradient';
  checkCotangent(where, yBar, x);
  const upstream = toFloat64(yBar);
  return alongRows(where, x, axis, (row, from, to) => {
    softmaxRow(row, from, to);
    const total = sumOver(row, cell => upstream[cell]!);
    eachCell(row, cell => {
      to[cell] = upstream[cell]! - to[cell]! * total;
    });
  });
}

/**
 * The axis counted from the front; negative ones count from the end.
 * @throws BackproofError `axis-out-of-range`, also for one that is no integer.
 */
export function axisFromFront(where: string, axis: number, shape: readonly number[]): number {
  const [least, most] = [-shape.length, shape.length - 1];
  if (Number.isInteger(axis) && axis >= least && axis <= most) return axis < 0 ? axis + shape.length : axis;
  throw new BackproofError({
    code: 'axis-out-of-range',
    where,
    what: `x ${shapeText(shape)} has no axis ${axis}`,
    expected: `an integer from ${least} to ${most}`,
    got: String(axis),
    fix: 'Count axes from 0, or from the end with -1.',
    data: { axis, least, most },
  });
}

function alongRows<D extends FloatDType>(
  where: string,
  x: Tensor<D>,
  axis: number,
  rule: RowRule,
): Tensor<D> {
  checkOperands(where, { x });
  checkRank(where, 'x', x.shape, 1);
  const at = axisFromFront(where, axis, x.shape);
  const [extent, step] = [x.shape[at]!, size(x.shape.slice(at + 1))];
  const [from, to] = [toFloat64(x), new Float64Array(x.data.length)];
  for (let block = 0; block < to.length; block += extent * step) {
    for (let start = block; start < block + step; start++) rule({ start, step, extent }, from, to);
  }
  return fromFloat64(x.shape, to, x.dtype);
}

function softmaxRow(row: Row, from: Float64Array, to: Float64Array): void {
  const largest = from[largestCell(row, from)]!;
  eachCell(row, cell => {
    to[cell] = Math.exp(from[cell]! - largest);
  });
  const total = sumOver(row, cell => to[cell]!);
  eachCell(row, cell => {
    to[cell]! /= total;
  });
}

function logSoftmaxRow(row: Row, from: Float64Array, to: Float64Array): void {
  const top = largestCell(row, from);
  const largest = from[top]!;
  // The term 1 of the largest is left to log1p, so that small others keep their digits; here it is 0, or NaN.
  const others = sumOver(row, cell => {
    const below = from[cell]! - largest;
    return cell === top ? below : Math.exp(below);
  });
  const excess = Math.log1p(others);
  eachCell(row, cell => {
    to[cell] = from[cell]! - largest - excess;
  });
}

/** Where the first of the largest values is, or the first NaN. */
function largestCell(row: Row, from: Float64Array): number {
  let best = row.start;
  eachCell(row, cell => {
    if (!(from[cell]! <= from[best]!) && !Number.isNaN(from[best]!)) best = cell;
  });
  return best;
}

function sumOver(row: Row, term: (cell: number) => number): number {
  let sum = 0;
  eachCell(row, cell => {
    sum += term(cell);
  });
  return sum;
}

function eachCell({ start, step, extent }: Row, visit: (cell: number) => void): void {
  for (let k = 0, cell = start; k < extent; k++, cell += step) visit(cell);
}
