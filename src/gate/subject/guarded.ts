/** Fresh copies of what a kernel is given, each in the middle of memory that nobody may write to. */
import { isDeepStrictEqual } from 'node:util';
import type { WireTensor } from './subject.js';
import { WIRE_ARRAYS } from './wire-arrays.js';

/** On each side of the data. */
const GUARD_BYTES = 64;
/** All ones: NaN in every float type, so that a read outside shows in the result. */
const GUARD = 0xff;

export interface Guarded {
  /** What the kernel gets; its data has a byteOffset. */
  readonly tensor: WireTensor;
  /** Whether data, guards, shape and all else are as they were. */
  readonly untouched: () => boolean;
  /** Whether nothing was written outside the data. */
  readonly inside: () => boolean;
  /** What now lies where the data was, whatever has become of the tensor. */
  readonly here: () => WireTensor;
}

/** A copy; with `skew`, at a byteOffset that is one element further, off the alignment of vectors. */
export function guarded(original: WireTensor, skew: 0 | 1): Guarded {
  const { data, dtype } = original;
  const kind = WIRE_ARRAYS[dtype];
  const start = GUARD_BYTES + skew * kind.BYTES_PER_ELEMENT;
  const end = start + data.byteLength;
  const image = Buffer.alloc(end + GUARD_BYTES, GUARD);
  image.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  const memory = new Uint8Array(image).buffer;
  const view = new kind(memory, start, data.length);
  const tensor = { ...factsOf(original), data: view };
  // A kernel may have detached the memory, or put something else in the place of the data.
  const same = (from: number, to: number) =>
    memory.byteLength === image.length &&
    Buffer.from(memory).subarray(from, to).equals(image.subarray(from, to));
  const unchanged = () => isDeepStrictEqual({ ...tensor, data: null }, { ...factsOf(original), data: null });
  return {
    tensor,
    untouched: () => tensor.data === view && unchanged() && same(0, image.length),
    inside: () => same(0, start) && same(end, image.length),
    here: () => ({ ...factsOf(original), data: view }),
  };
}

/** Everything but the data, copied. */
function factsOf({ shape, dtype, strides, offset }: WireTensor): Omit<WireTensor, 'data'> {
  return {
    shape: [...shape],
    dtype,
    ...(strides && { strides: [...strides] }),
    ...(offset !== undefined && { offset }),
  };
}
