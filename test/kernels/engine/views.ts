/** Tensors that are views inside larger buffers, and what became of the rest of those buffers. */
import type { FloatDType } from '../../../src/kernels/index.js';
import type { Tensor } from '../../../src/tensor/index.js';

const arrays = { float64: Float64Array, float32: Float32Array } as const;

/** Before and behind a view lie so many cells. */
const [BEFORE, BEHIND] = [3, 5];

interface View<D extends FloatDType> {
  readonly tensor: Tensor<D>;
  /** Whether all bytes around the view are as they were made. */
  standsAround(): boolean;
  /** Whether those of the view are too. */
  stands(): boolean;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** `values` with `guard` around them. */
export function viewOf<D extends FloatDType>(tensor: Tensor<D>, guard: number): View<D> {
  const count = tensor.data.length;
  const whole = new arrays[tensor.dtype](BEFORE + count + BEHIND).fill(guard);
  whole.set(tensor.data, BEFORE);
  const bytes = new Uint8Array(whole.buffer);
  const before = bytes.slice();
  const unit = whole.BYTES_PER_ELEMENT;
  const parts = [[0, BEFORE] as const, [BEFORE + count, BEFORE + count + BEHIND] as const];
  const data = whole.subarray(BEFORE, BEFORE + count);
  return {
    tensor: { ...tensor, data: data as Tensor<D>['data'] },
    standsAround: () =>
      parts.every(([from, to]) =>
        sameBytes(bytes.subarray(from * unit, to * unit), before.subarray(from * unit, to * unit)),
      ),
    stands: () => sameBytes(bytes, before),
  };
}

/** A result to write: NaN in every cell, and 7 around them. */
export function blankView<D extends FloatDType>(shape: readonly number[], dtype: D): View<D> {
  const data = new arrays[dtype](shape.reduce((a, b) => a * b, 1)).fill(Number.NaN);
  return viewOf({ shape, data: data as Tensor<D>['data'], dtype } as Tensor<D>, 7);
}
