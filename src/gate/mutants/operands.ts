/** Tensors of callers as plain numbers, and numbers as tensors for them. */
import { type Shape, size } from '../../tensor/index.js';
import type { WireData, WireDType, WireTensor } from '../subject/subject.js';
import { bfloat16Bits, bfloat16Value, float16Bits, float16Value } from './sixteen-bits.js';

/** The cells in C order, whatever the strides. */
export function numbersOf(tensor: WireTensor): Float64Array {
  const { shape, strides, offset = 0 } = tensor;
  const cells = product(shape);
  if (!strides) return asStored(tensor, offset, cells);
  const read = reader(tensor);
  return Float64Array.from({ length: cells }, (_, flat) => {
    let [rest, at] = [flat, offset];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return read(at);
  });
}

/** The cells as they lie in memory, as if there were no strides. */
export function contiguousNumbersOf(tensor: WireTensor): Float64Array {
  return asStored(tensor, tensor.offset ?? 0, product(tensor.shape));
}

function asStored(tensor: WireTensor, offset: number, cells: number): Float64Array {
  const read = reader(tensor);
  const numbers = new Float64Array(cells);
  for (let k = 0; k < cells; k++) numbers[k] = read(offset + k);
  return numbers;
}

/** 0 behind the end of the data. */
function reader({ data, dtype }: WireTensor): (at: number) => number {
  if (dtype === 'float16') return at => float16Value(data[at] ?? 0);
  if (dtype === 'bfloat16') return at => bfloat16Value(data[at] ?? 0);
  return at => data[at] ?? 0;
}

/** A result, each cell rounded once to the element type. */
export const tensorOf = (shape: Shape, numbers: ArrayLike<number>, dtype: WireDType): WireTensor => ({
  shape: [...shape],
  data: stored(numbers, dtype),
  dtype,
});

function stored(numbers: ArrayLike<number>, dtype: WireDType): WireData {
  switch (dtype) {
    case 'float64':
      return Float64Array.from(numbers);
    case 'float32':
      return Float32Array.from(numbers);
    case 'float16':
      return Uint16Array.from(numbers, float16Bits);
    case 'bfloat16':
      return Uint16Array.from(numbers, bfloat16Bits);
    case 'int32':
      return Int32Array.from(numbers);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(numbers);
  }
}

export const product = (shape: Shape): number => size(shape, 'shape');
