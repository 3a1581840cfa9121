/** Element types by their names on the wire. */
import type { WireDType } from '../subject.js';

export type WireName = 'f64' | 'f32' | 'f16' | 'bf16' | 'i32' | 'u8' | 'bool';

export const wireTypes: Readonly<Record<WireName, WireDType>> = {
  f64: 'float64',
  f32: 'float32',
  f16: 'float16',
  bf16: 'bfloat16',
  i32: 'int32',
  u8: 'uint8',
  bool: 'bool',
};

export const wireNames = Object.keys(wireTypes) as readonly WireName[];

export const wireNameOf = (dtype: WireDType): WireName => wireNames.find(name => wireTypes[name] === dtype)!;
