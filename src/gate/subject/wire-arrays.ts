/** The typed array behind each element type of a kernel's tensors. */
import type { WireData, WireDType } from './subject.js';

interface WireArray {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (copied: ArrayLike<number>): WireData;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): WireData;
}

/** bool as bytes, float16 and bfloat16 as bit patterns. */
export const WIRE_ARRAYS: Readonly<Record<WireDType, WireArray>> = {
  float64: Float64Array,
  float32: Float32Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

export const WIRE_DTYPES = Object.keys(WIRE_ARRAYS) as readonly WireDType[];
