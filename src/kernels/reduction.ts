/** From one loss per cell to the loss of all of them, and the way back of its cotangent; sums are float64. */
import { BackproofError } from '../error.js';
import { type Shape, sameShape, shapeText, size, type Tensor } from '../tensor/index.js';
import { type FloatDType, fromFloat64 } from './operands.js';

/** mean divides the sum by the number of losses; with mean and sum the result has shape [], with none that of the losses. */
export type Reduction = 'mean' | 'sum' | 'none';

/** The reduced losses, rounded to `dtype` once. @throws BackproofError `empty-mean`. */
export function reduced<D extends FloatDType>(
  where: string,
  losses: Float64Array,
  shape: Shape,
  reduction: Reduction,
  dtype: D,
): Tensor<D> {
  if (reduction === 'none') return fromFloat64(shape, losses, dtype);
  let sum = 0;
  for (let at = 0; at < losses.length; at++) sum += losses[at]!;
  const all = reduction === 'mean' ? sum / countOf(where, shape) : sum;
  return fromFloat64([], Float64Array.of(all), dtype);
}

/** What the slope of loss `at` is multiplied by, `bars[step at]`, and then divided by: last, so that what is exact stays so. */
export interface Upstream {
  readonly bars: Float64Array | Float32Array;
  readonly step: 0 | 1;
  readonly count: number;
}

/**
 * The way back to the losses of `shape` from yBar, which is shaped like the result.
 * @throws BackproofError `empty-mean`, `size-mismatch`.
 */
export function pulledBack(
  where: string,
  yBar: Tensor<FloatDType>,
  shape: Shape,
  reduction: Reduction,
): Upstream {
  checkShape(where, 'yBar', yBar, reduction === 'none' ? shape : []);
  const count = reduction === 'mean' ? countOf(where, shape) : 1;
  return { bars: yBar.data, step: reduction === 'none' ? 1 : 0, count };
}

/** @throws BackproofError `size-mismatch` unless the tensor has exactly this shape. */
export function checkShape(where: string, name: string, { shape }: Tensor, expected: Shape): void {
  if (sameShape(shape, expected)) return;
  throw new BackproofError({
    code: 'size-mismatch',
    where,
    what: `${name} has shape ${shapeText(shape)}`,
    expected: shapeText(expected),
    got: shapeText(shape),
    fix: 'Pass tensors whose shapes agree; nothing is broadcast.',
    data: { tensor: name, expected: [...expected], got: [...shape] },
  });
}

/** How many losses a mean is over. */
function countOf(where: string, shape: Shape): number {
  const count = size(shape);
  if (count > 0) return count;
  throw emptyMean(where, shape);
}

/** The error of a mean over no value. */
export function emptyMean(where: string, shape: Shape): BackproofError {
  return new BackproofError({
    code: 'empty-mean',
    where,
    what: `there is no mean over the values of shape ${shapeText(shape)}`,
    expected: 'at least one value',
    got: 'none',
    fix: 'Pass a batch that is not empty.',
    data: { shape: [...shape] },
  });
}
