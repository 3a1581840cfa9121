/** One value per channel spread over batch and positions, and every step-th cell kept: float64 or float32. */
import { type Shape, size, type Tensor, zeros } from '../tensor/index.js';
import { readFrom } from './moved.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64 } from './operands.js';

/**
 * y[n, c, p] = x[c] for x [C] and y of the given shape [N, C, spatial].
 * @throws BackproofError `rank-mismatch`, the codes of `checkOperands`.
 */
export function channelSpreadKernel<D extends FloatDType>(x: Tensor<D>, shape: Shape): Tensor<D> {
  checkOperands('channel spread', { x });
  checkRank('channel spread', 'x', x.shape, 1, 1);
  const y = zeros(shape, x.dtype);
  const plane = size(shape.slice(2));
  const channels = x.shape[0]!;
  for (let row = 0; row * plane < y.data.length; row++) {
    y.data.fill(x.data[row % channels]!, row * plane, (row + 1) * plane);
  }
  return y;
}

/**
 * y[c] = sum over n and p of x[n, c, p] for x [N, C, spatial] with any number of spatial axes, summed in float64.
 * @throws BackproofError `rank-mismatch`, the codes of `checkOperands`.
 */
export function channelSumKernel<D extends FloatDType>(x: Tensor<D>): Tensor<D> {
  checkOperands('channel sum', { x });
  checkRank('channel sum', 'x', x.shape, 2);
  const channels = x.shape[1]!;
  const plane = size(x.shape.slice(2));
  const sums = new Float64Array(channels);
  const from = x.data;
  for (let at = 0, index = 0; at < from.length; at += plane, index++) {
    let sum = sums[index % channels]!;
    for (let cell = at; cell < at + plane; cell++) sum += from[cell]!;
    sums[index % channels] = sum;
  }
  return fromFloat64([channels], sums, x.dtype);
}

/** Every step-th cell of each spatial axis of x [axis 0, axis 1, spatial]. */
export function subsampleKernel<D extends FloatDType>(x: Tensor<D>, step: readonly number[]): Tensor<D> {
  checkOperands('subsample', { x });
  checkRank('subsample', 'x', x.shape, 2);
  const extents = x.shape.slice(2).map((extent, axis) => Math.ceil(extent / step[axis]!));
  return readFrom('subsample', x, extents, (axis, at) => at * step[axis]!);
}
