/**
 * softmax and log_softmax along one axis, for float64 or float32. Sums run in float64 over the axis in order; float32
 * is rounded once per cell. A row with NaN, with Infinity, or of -Infinity alone gives NaN; -Infinity beside a finite
 * value is a probability of 0.
 */
import { BackproofError } from '../error.js';
import { shapeText, size, type Tensor, zeros } from '../tensor/index.js';
import { checkCotangent } from './activations-apply.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';

/** Turns a row into its result, where it is; `bars` is the row's upstream gradient. */
type RowRule = (row: Float64Array, bars: Float64Array) => void;

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
  return alongRows(where, x, axis, softmaxVjpRow, yBar);
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
  return alongRows(where, x, axis, logSoftmaxVjpRow, yBar);
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
  yBar = x,
): Tensor<D> {
  checkOperands(where, { x });
  checkRank(where, 'x', x.shape, 1);
  const along = axisFromFront(where, axis, x.shape);
  const [extent, step] = [x.shape[along]!, size(x.shape.slice(along + 1))];
  const y = zeros(x.shape, x.dtype);
  const [from, upstream, to] = [x.data, yBar.data, y.data];
  const [row, bars] = [new Float64Array(extent), new Float64Array(extent)];
  for (let block = 0; block < to.length; block += extent * step) {
    for (let start = block; start < block + step; start++) {
      for (let k = 0; k < extent; k++) {
        row[k] = from[start + k * step]!;
        bars[k] = upstream[start + k * step]!;
      }
      rule(row, bars);
      for (let k = 0; k < extent; k++) to[start + k * step] = row[k]!;
    }
  }
  return y;
}

function softmaxRow(row: Float64Array): void {
  const largest = row[largestCell(row)]!;
  let total = 0;
  for (let k = 0; k < row.length; k++) {
    row[k] = Math.exp(row[k]! - largest);
    total += row[k]!;
  }
  for (let k = 0; k < row.length; k++) row[k]! /= total;
}

function softmaxVjpRow(row: Float64Array, bars: Float64Array): void {
  softmaxRow(row);
  let mean = 0;
  for (let k = 0; k < row.length; k++) mean += bars[k]! * row[k]!;
  for (let k = 0; k < row.length; k++) row[k]! *= bars[k]! - mean;
}

function logSoftmaxRow(row: Float64Array): void {
  const top = largestCell(row);
  const largest = row[top]!;
  // The term 1 of the largest is left to log1p, so that small others keep their digits; here it is 0, or NaN.
  let others = 0;
  for (let k = 0; k < row.length; k++) {
    row[k]! -= largest;
    others += k === top ? row[k]! : Math.exp(row[k]!);
  }
  const excess = Math.log1p(others);
  for (let k = 0; k < row.length; k++) row[k]! -= excess;
}

function logSoftmaxVjpRow(row: Float64Array, bars: Float64Array): void {
  softmaxRow(row);
  let total = 0;
  for (let k = 0; k < row.length; k++) total += bars[k]!;
  for (let k = 0; k < row.length; k++) row[k] = bars[k]! - row[k]! * total;
}

/** Where the first of the largest values is, or the first NaN. */
function largestCell(row: Float64Array): number {
  let best = 0;
  for (let k = 0; k < row.length; k++) {
    if (!(row[k]! <= row[best]!) && !Number.isNaN(row[best]!)) best = k;
  }
  return best;
}
