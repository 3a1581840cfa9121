/** A golden vector: one call of one operator with its results, as one line of a JSON Lines file holds it. */
import type { Params } from '../../ops/index.js';
import type { DType, Shape } from '../../tensor/index.js';

/** float16 and bfloat16 are read and written; the built-in kernels do not compute in them. */
export type VectorDType = DType | 'float16' | 'bfloat16';

/** A number as float64, or an exact fraction "p/q". NaN, the infinities and -0 are texts in the file only. */
export type VectorNumber = number | string;

export interface VectorTensor {
  readonly shape: Shape;
  readonly dtype: VectorDType;
  /** Flat, in C order. */
  readonly data: readonly VectorNumber[];
}

/** |u - v| <= abs + rel * max(|u|, |v|), and why so much. */
export interface VectorTolerance {
  readonly abs: number;
  readonly rel: number;
  readonly reason: string;
}

export type VectorTensors = Readonly<Record<string, VectorTensor>>;

export interface VectorCase {
  readonly formatVersion: 1;
  readonly id: string;
  readonly op: string;
  readonly params: Params;
  readonly inputs: VectorTensors;
  /** The cotangent of y; null: forward only. */
  readonly upstream: VectorTensor | null;
  /** y, or nothing. */
  readonly outputs: VectorTensors;
  /** By input; any part of them. */
  readonly grads: VectorTensors;
  /** Compared bit for bit; otherwise within the tolerance, or the derived bound. */
  readonly exact: boolean;
  readonly tolerance?: VectorTolerance;
  readonly flags: readonly string[];
  readonly comment: string;
  readonly source: string;
}
