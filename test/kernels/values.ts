/** Small tensors with values that cannot hide a mistake: seeded, without 0 and 1. */
import type { AxisPadding, Tensor } from '../../src/tensor/index.js';
import { fromArray } from '../../src/tensor/index.js';

export type { AxisPadding };
export type FloatTensor = Tensor<'float64'> | Tensor<'float32'>;

export function cells(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Flat place of an index in C order. */
export function cellAt(shape: readonly number[], index: readonly number[]): number {
  return index.reduce((flat, at, axis) => flat * shape[axis]! + at, 0);
}

/** Integers of up to `amplitude` in size, at least 2 in size, from a linear congruential sequence. */
export function integers<D extends 'float64' | 'float32'>(
  shape: readonly number[],
  seed: number,
  dtype: D,
  amplitude = 50,
): Tensor<D> {
  let state = (seed >>> 0) + 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  const value = () => {
    const magnitude = 2 + ((next() >>> 8) % (amplitude - 1));
    return (next() >>> 16) % 2 === 0 ? magnitude : -magnitude;
  };
  return fromArray(shape, Array.from({ length: cells(shape) }, value), dtype);
}

export function dot(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (const [at, value] of a.data.entries()) sum += value * b.data[at]!;
  return sum;
}
