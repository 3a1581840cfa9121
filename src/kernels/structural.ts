/**
 * Kernels that only move cells: the steps between a gradient's component form and its closed form.
 * x is [axis 0, axis 1, spatial...] with any number of spatial axes, float64 or float32; nothing is rounded.
 */
import type { Tensor } from '../tensor/index.js';
import { checkInteger, safeInteger, shapeText, size, wrongAxisCount, zeros } from '../tensor/index.js';
import { readFrom } from './moved.js';
import type { FloatDType } from './operands.js';
import { checkOperands, checkRank, groupsDoNotDivide } from './operands.js';

function checkStructural(where: string, x: Tensor<FloatDType>): void {
  checkOperands(where, { x });
  checkRank(where, 'x', x.shape, 2);
}

/** One integer per spatial axis. */
function spatial(where: string, name: string, x: Tensor, values: readonly number[]): readonly number[] {
  const rank = x.shape.length - 2;
  if (values.length !== rank) throw wrongAxisCount(name, where, rank, values);
  return values.map(value => safeInteger(value, name, where));
}

/**
 * The window of `length` cells from `start` on every spatial axis; cells outside x read 0.
 * @throws BackproofError `wrong-axis-count`, `not-an-integer-parameter`, `bad-shape` for a negative length,
 * `rank-mismatch`, the codes of `checkOperands`.
 */
export function cropKernel<D extends FloatDType>(
  x: Tensor<D>,
  start: readonly number[],
  length: readonly number[],
): Tensor<D> {
  checkStructural('crop', x);
  const [starts, lengths] = [spatial('crop', 'start', x, start), spatial('crop', 'length', x, length)];
  return readFrom('crop', x, lengths, (axis, at) => starts[axis]! + at);
}

/**
 * Zeros before and after every spatial axis: L becomes before + L + after. A negative pad crops; where it would crop
 * more than there is, nothing is left.
 * @throws BackproofError `wrong-axis-count`, `not-an-integer-parameter`, `rank-mismatch`, the codes of `checkOperands`.
 */
export function padKernel<D extends FloatDType>(
  x: Tensor<D>,
  before: readonly number[],
  after: readonly number[],
): Tensor<D> {
  checkStructural('pad', x);
  const [befores, afters] = [spatial('pad', 'before', x, before), spatial('pad', 'after', x, after)];
  const extents = befores.map((pad, axis) => Math.max(0, pad + x.shape[axis + 2]! + afters[axis]!));
  return readFrom('pad', x, extents, (axis, at) => at - befores[axis]!);
}

/**
 * step - 1 zeros between neighbours on every spatial axis: L becomes step (L - 1) + 1, and 0 stays 0.
 * @throws BackproofError `stride-not-positive`, `wrong-axis-count`, `not-an-integer-parameter`, `bad-shape`,
 * `rank-mismatch`, the codes of `checkOperands`.
 */
export function zeroStuffKernel<D extends FloatDType>(x: Tensor<D>, step: readonly number[]): Tensor<D> {
  const where = 'zero-stuffing';
  checkStructural(where, x);
  const steps = spatial(where, 'stride', x, step).map(value => checkInteger(value, 'stride', where));
  const extents = steps.map((s, axis) => Math.max(0, s * (x.shape[axis + 2]! - 1) + 1));
  return readFrom(where, x, extents, (axis, at) => (at % steps[axis]! === 0 ? at / steps[axis]! : -1));
}

/** Every spatial axis reversed (rot180 in 2-d). @throws BackproofError `rank-mismatch`, as `checkOperands`. */
export function flipSpatialKernel<D extends FloatDType>(x: Tensor<D>): Tensor<D> {
  checkStructural('flip', x);
  const extents = x.shape.slice(2);
  return readFrom('flip', x, extents, (axis, at) => extents[axis]! - 1 - at);
}

/** x [A, B, spatial] to y [B, A, spatial]. @throws BackproofError `rank-mismatch`, as `checkOperands`. */
export function transposeKernel<D extends FloatDType>(x: Tensor<D>): Tensor<D> {
  checkStructural('transpose', x);
  const [a, b] = [x.shape[0]!, x.shape[1]!];
  return movePlanes(x, b, a, (i, j) => j * b + i);
}

/**
 * x [G B, A, spatial] to y [B, G A, spatial] with y[b, g A + a] = x[g B + b, a].
 * @throws BackproofError `groups-not-positive`, `groups-do-not-divide`, `not-an-integer-parameter`,
 * `rank-mismatch`, the codes of `checkOperands`.
 */
export function regroupKernel<D extends FloatDType>(x: Tensor<D>, groups: number): Tensor<D> {
  const where = 'regroup';
  checkStructural(where, x);
  const count = checkInteger(groups, 'groups', where);
  const [rows, a] = [x.shape[0]!, x.shape[1]!];
  if (rows % count !== 0) throw groupsDoNotDivide(where, count, 'axis 0', rows, `x ${shapeText(x.shape)}`);
  const b = rows / count;
  return movePlanes(x, b, count * a, (i, j) => (Math.floor(j / a) * b + i) * a + (j % a));
}

/** y [rows, columns, spatial] whose plane (i, j) is plane `source` of x. */
function movePlanes<D extends FloatDType>(
  x: Tensor<D>,
  rows: number,
  columns: number,
  source: (i: number, j: number) => number,
): Tensor<D> {
  const y = zeros([rows, columns, ...x.shape.slice(2)], x.dtype);
  const plane = size(x.shape.slice(2));
  const [from, to] = [x.data, y.data];
  for (let i = 0, next = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const start = source(i, j) * plane;
      for (let at = 0; at < plane; at++) to[next++] = from[start + at]!;
    }
  }
  return y;
}
