/** Tensors as kernels under test take and return them. */
import type { Shape } from '../../tensor/index.js';

/** Element types on the wire; bool is held as bytes, float16 and bfloat16 as bit patterns. */
export type WireDType = 'float64' | 'float32' | 'float16' | 'bfloat16' | 'int32' | 'uint8' | 'bool';
export type WireData = Float64Array | Float32Array | Uint16Array | Int32Array | Uint8Array;

/** C order and dense, unless the kernel declares that it takes strides. */
export interface WireTensor {
  readonly shape: Shape;
  readonly data: WireData;
  readonly dtype: WireDType;
  /** In elements; with `offset`, where the kernel declares `strides`. */
  readonly strides?: readonly number[];
  readonly offset?: number;
}

export type WireTensors = Readonly<Record<string, WireTensor>>;
