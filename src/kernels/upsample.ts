/** Every cell repeated along each spatial axis (nearest-neighbour upsampling), axis by axis; float64 or float32. */
import { BackproofError } from '../error.js';
import { type Shape, size, type Tensor, wrongAxisCount, zeros } from '../tensor/index.js';
import { readFrom } from './moved.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';
import { checkShape } from './pool-plan.js';

/**
 * y [N, C, f L] from x [N, C, L]: cell p of y is cell floor(p / f) of x, on every spatial axis.
 * @throws BackproofError `rank-mismatch`, `wrong-axis-count`, `factor-not-positive`, `bad-shape`, the codes of `checkOperands`.
 */
export function upsampleForward<D extends FloatDType>(x: Tensor<D>, factor: readonly number[]): Tensor<D> {
  checkOperands('upsample', { x });
  const yShape = upsampledShape('upsample', x.shape, factor);
  return readFrom('upsample', x, yShape.slice(2), (axis, at) => Math.floor(at / factor[axis]!));
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
  const xBar = zeros(xShape, yBar.dtype);
  if (factor.length === 0) xBar.data.set(yBar.data);
  let values: Float64Array | Float32Array = yBar.data;
  for (let k = factor.length - 1; k >= 0; k--) {
    // Only the last sums are rounded.
    const sums = k === 0 ? xBar.data : new Float64Array(values.length / factor[k]!);
    fold(values, size(xShape.slice(k + 3)), factor[k]!, sums);
    values = sums;
  }
  return xBar;
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

/** Of each `times` blocks of `inner` cells one block: their sum. */
function fold(
  from: Float64Array | Float32Array,
  inner: number,
  times: number,
  to: Float64Array | Float32Array,
): void {
  for (let start = 0; start < to.length; start += inner) {
    for (let at = 0; at < inner; at++) {
      let sum = 0;
      let cell = start * times + at;
      for (let copy = 0; copy < times; copy++, cell += inner) sum += from[cell]!;
      to[start + at] = sum;
    }
  }
}
