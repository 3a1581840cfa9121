/** Every cell repeated along each spatial axis (nearest-neighbour upsampling), axis by axis; float64 or float32. */
import { BackproofError } from '../error.js';
import { type Shape, size, type Tensor, wrongAxisCount } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64, toFloat64 } from './operands.js';
import { checkShape } from './pool-plan.js';

/**
 * y [N, C, f L] from x [N, C, L]: cell p of y is cell floor(p / f) of x, on every spatial axis.
 * @throws BackproofError `rank-mismatch`, `wrong-axis-count`, `factor-not-positive`, `bad-shape`, the codes of `checkOperands`.
 */
export function upsampleForward<D extends FloatDType>(x: Tensor<D>, factor: readonly number[]): Tensor<D> {
  checkOperands('upsample', { x });
  const yShape = upsampledShape('upsample', x.shape, factor);
  let values = toFloat64(x);
  for (const [k, times] of factor.entries()) {
    values = repeated(values, size(x.shape.slice(k + 3)), times);
  }
  return fromFloat64(yShape, values, x.dtype);
}

/**
 * xBar, of shape `xShape` [N, C, L], from yBar [N, C, f L]: the sum of yBar over the copies of each cell, in float64.
 * @throws BackproofError `rank-mismatch`, `wrong-axis-count`, `factor-not-positive`, `size-mismatch`, the codes of `checkOperands`.
 */
export function upsampleVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  xShape: Shape,
  factor: readonly number[],
): Tensor<D> {
  const where = 'upsample gradient to x';
  checkOperands(where, { yBar });
  checkShape(where, 'yBar', yBar.shape, upsampledShape(where, xShape, factor));
  let values = toFloat64(yBar);
  for (let k = factor.length - 1; k >= 0; k--) {
    values = folded(values, size(xShape.slice(k + 3)), factor[k]!);
  }
  return fromFloat64([...xShape], values, yBar.dtype);
}

/** The value itself if it is an integer of at least 1. @throws BackproofError `factor-not-positive`. */
export function checkFactor(factor: number, where: string): number {
  if (Number.isSafeInteger(factor) && factor >= 1) return factor;
  throw new BackproofError({
    code: 'factor-not-positive',
    where,
    what: 'a cell cannot be repeated that often',
    expected: 'an integer of at least 1',
    got: String(factor),
    fix: 'Pass the number of copies per axis.',
    data: { factor },
  });
}

function upsampledShape(where: string, shape: Shape, factor: readonly number[]): Shape {
  checkRank(where, 'x', shape, 2);
  const [batch, channels, ...spatial] = shape as [number, number, ...number[]];
  if (factor.length !== spatial.length) throw wrongAxisCount('factor', where, spatial.length, factor);
  const extents = spatial.map((extent, k) => extent * checkFactor(factor[k]!, where));
  const upsampled = [batch, channels, ...extents];
  size(upsampled, `${where}: y`);
  return upsampled;
}

/** Each block of `inner` cells as often as told. */
function repeated(values: Float64Array, inner: number, times: number): Float64Array {
  const result = new Float64Array(values.length * times);
  for (let from = 0, to = 0; from < values.length; from += inner) {
    const block = values.subarray(from, from + inner);
    for (let copy = 0; copy < times; copy++, to += inner) result.set(block, to);
  }
  return result;
}

/** The reverse: the copies of each block added up. */
function folded(values: Float64Array, inner: number, times: number): Float64Array {
  const result = new Float64Array(values.length / times);
  for (let from = 0, to = 0; to < result.length; to += inner) {
    for (let copy = 0; copy < times; copy++, from += inner) {
      for (let at = 0; at < inner; at++) result[to + at]! += values[from + at]!;
    }
  }
  return result;
}
