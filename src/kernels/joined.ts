/** Channels taken out and put together; float64 or float32, nothing is rounded. x is [N, C, spatial]. */
import { BackproofError } from '../error.js';
import { sameShape, shapeText, size, type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';

/**
 * The `length` channels from `start`, zero outside x.
 * @throws BackproofError `rank-mismatch`, `bad-shape` for a negative length, the codes of `checkOperands`.
 */
export function channelCropKernel<D extends FloatDType>(
  x: Tensor<D>,
  start: number,
  length: number,
): Tensor<D> {
  checkOperands('channel crop', { x });
  checkRank('channel crop', 'x', x.shape, 2);
  const [batch, channels, ...spatial] = x.shape as [number, number, ...number[]];
  const y = zeros([batch, length, ...spatial], x.dtype);
  const plane = size(spatial);
  const [from, to] = [Math.max(0, start), Math.min(channels, start + length)];
  if (from >= to) return y;
  for (let n = 0; n < batch; n++) {
    const cells = x.data.subarray((n * channels + from) * plane, (n * channels + to) * plane);
    y.data.set(cells, (n * length + from - start) * plane);
  }
  return y;
}

/**
 * y [N, C + E, spatial]: the channels of x [N, C, spatial], then those of w [N, E, spatial].
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, the codes of `checkOperands`.
 */
export function concatKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>): Tensor<D> {
  checkOperands('concat', { x, w });
  checkRank('concat', 'x', x.shape, 2);
  const [batch, channels, ...spatial] = x.shape as [number, number, ...number[]];
  const others = w.shape[1] ?? 0;
  if (!sameShape(w.shape, [batch, others, ...spatial])) throw doesNotFit(x.shape, w.shape);
  const y = zeros([batch, channels + others, ...spatial], x.dtype);
  const plane = size(spatial);
  const [own, more] = [channels * plane, others * plane];
  for (let n = 0; n < batch; n++) {
    y.data.set(x.data.subarray(n * own, (n + 1) * own), n * (own + more));
    y.data.set(w.data.subarray(n * more, (n + 1) * more), n * (own + more) + own);
  }
  return y;
}

function doesNotFit(x: readonly number[], w: readonly number[]): BackproofError {
  return new BackproofError({
    code: 'size-mismatch',
    where: 'concat',
    what: `w has shape ${shapeText(w)}`,
    expected: `${shapeText(x)} except for its channels`,
    got: shapeText(w),
    fix: 'Pass tensors that differ in nothing but their channels.',
    data: { expected: [...x], got: [...w] },
  });
}
