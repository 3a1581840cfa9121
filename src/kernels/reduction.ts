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
  const sum = losses.reduce((total, loss) => total + loss, 0);
  const all = reduction === 'mean' ? sum / countOf(where, shape) : sum;
  return fromFloat64([], Float64Array.of(all), dtype);
}

/**
 * What a slope of the loss at a place of `shape` becomes: times yBar, and by the count for a mean. yBar is shaped
 * like the result. One division, last, so that what is exact stays exact.
 * @throws BackproofError `empty-mean`, `size-mismatch`.
 */
export function pulledBack(
  where: string,
  yBar: Tensor<FloatDType>,
  shape: Shape,
  reduction: Reduction,
): (slope: number, at: number) => number {
  checkShape(where, 'yBar', yBar, reduction === 'none' ? shape : []);
  if (reduction === 'none') return (slope, at) => slope * yBar.data[at]!;
  const upstream = yBar.data[0]!;
  const count = reduction === 'mean' ? countOf(where, shape) : 1;
  return slope => (slope * upstream) / count;
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
