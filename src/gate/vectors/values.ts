/** A vector's tensors as what is computed with: typed arrays, and exact numbers. */
import { type Rational, rational } from '../../exact/index.js';
import type { FloatTensor } from '../../ops/index.js';
import { fromArray } from '../../tensor/index.js';
import type { VectorNumber, VectorTensor } from './case.js';

export type Float = 'float64' | 'float32';

/** The number that the element type stores: the nearest one. */
export function stored(value: VectorNumber, dtype: Float): number {
  const number = typeof value === 'number' ? value : rational.toNumber(rational.from(value));
  return dtype === 'float32' ? Math.fround(number) : number;
}

export function rounded(value: Rational, dtype: Float): number {
  const number = rational.toNumber(value);
  return dtype === 'float32' ? Math.fround(number) : number;
}

export function floatTensor({ shape, data }: VectorTensor, dtype: Float): FloatTensor {
  return fromArray(
    shape,
    data.map(value => stored(value, dtype)),
    dtype,
  );
}

/** What a kernel is handed, or the fraction itself where that is what is written; the values must be finite. */
export function exactValues({ data }: VectorTensor, dtype: Float): Rational[] {
  return data.map(value => rational.from(typeof value === 'string' ? value : stored(value, dtype)));
}

/** No cell is NaN or infinite. */
export function allFinite({ data }: VectorTensor, dtype: Float): boolean {
  return data.every(value => Number.isFinite(stored(value, dtype)));
}
