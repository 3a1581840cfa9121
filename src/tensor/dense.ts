/** Dense arrays: a shape, a typed array in C order, and the element type. */
import { BackproofError } from '../error.js';
import type { Shape } from './shape.js';
import { shapeText, size } from './shape.js';

/** The typed array behind each element type; float16 and bfloat16 will be Uint16Array bit patterns. */
export interface Storage {
  readonly float64: Float64Array;
  readonly float32: Float32Array;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
  /** 0 or 1. */
  readonly bool: Uint8Array;
}

export type DType = keyof Storage;

export interface Tensor<D extends DType = DType> {
  readonly shape: Shape;
  /** C order; may be a view with a byteOffset. */
  readonly data: Storage[D];
  readonly dtype: D;
}

interface DTypeFacts<D extends DType> {
  readonly arrayName: string;
  readonly allocate: (cells: number) => Storage[D];
  /** Which numbers can be stored; a float32 rounds, integers must fit. */
  readonly holds: (value: number) => boolean;
  readonly values: string;
}

const anyNumber = (): boolean => true;
const integerIn = (low: number, high: number) => (value: number) =>
  Number.isInteger(value) && value >= low && value <= high;

/** One line per element type; nothing else about types is written down elsewhere. */
const facts: { readonly [D in DType]: DTypeFacts<D> } = {
  float64: row('Float64Array', n => new Float64Array(n), anyNumber, 'numbers'),
  float32: row('Float32Array', n => new Float32Array(n), anyNumber, 'numbers'),
  int32: row('Int32Array', n => new Int32Array(n), integerIn(-(2 ** 31), 2 ** 31 - 1), 'integers of 32 bits'),
  uint8: row('Uint8Array', n => new Uint8Array(n), integerIn(0, 255), 'integers from 0 to 255'),
  bool: row('Uint8Array', n => new Uint8Array(n), integerIn(0, 1), '0 or 1'),
};

function row<D extends DType>(
  arrayName: string,
  allocate: (cells: number) => Storage[D],
  holds: (value: number) => boolean,
  values: string,
): DTypeFacts<D> {
  return { arrayName, allocate, holds, values };
}

/** All element types, in the order messages list them. */
export const dtypes = Object.keys(facts) as readonly DType[];

function factsOf<D extends DType>(dtype: D, where: string): DTypeFacts<D> {
  if (Object.hasOwn(facts, dtype)) return facts[dtype];
  throw new BackproofError({
    code: 'unknown-dtype',
    where,
    what: 'the element type is not known',
    expected: dtypes.join(', '),
    got: String(dtype),
    fix: 'Pass one of these names.',
    data: { dtype },
  });
}

/** Zeros of any shape, by default float64. @throws BackproofError `bad-shape`, `unknown-dtype`. */
export function zeros(shape: Shape): Tensor<'float64'>;
export function zeros<D extends DType>(shape: Shape, dtype: D): Tensor<D>;
export function zeros(shape: Shape, dtype: DType = 'float64'): Tensor {
  return { shape: [...shape], data: factsOf(dtype, 'zeros').allocate(size(shape, 'zeros')), dtype };
}

/**
 * A tensor of any shape with a copy of the values, in C order, by default float64; float32 rounds them.
 * @throws BackproofError `bad-shape`, `unknown-dtype`, `data-length-mismatch`, `value-out-of-range`.
 */
export function fromArray(shape: Shape, values: ArrayLike<number>): Tensor<'float64'>;
export function fromArray<D extends DType>(shape: Shape, values: ArrayLike<number>, dtype: D): Tensor<D>;
export function fromArray(shape: Shape, values: ArrayLike<number>, dtype: DType = 'float64'): Tensor {
  const { allocate, holds, values: legal } = factsOf(dtype, 'fromArray');
  checkLength('fromArray', shape, values.length);
  const data = allocate(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (typeof value !== 'number' || !holds(value)) {
      throw new BackproofError({
        code: 'value-out-of-range',
        where: 'fromArray',
        what: `value ${at} cannot be stored as ${dtype}`,
        expected: legal,
        got: String(value),
        fix: 'Change the value or the dtype.',
        data: { at, value, dtype },
      });
    }
    data[at] = value;
  }
  return { shape: [...shape], data, dtype };
}

/**
 * Checks a tensor made elsewhere: shape, element type, kind of array and its length.
 * @throws BackproofError `not-a-tensor`, `bad-shape`, `unknown-dtype`, `storage-mismatch`,
 * `data-length-mismatch`.
 */
export function checkTensor(tensor: unknown, where: string): asserts tensor is Tensor {
  if (typeof tensor !== 'object' || tensor === null) throw notATensor(tensor, where);
  const { shape, data, dtype } = tensor as Tensor;
  const { arrayName } = factsOf(dtype, where);
  // The tag, not instanceof: arrays of another realm (a vm context, a test runner) are as good.
  const found: string = data?.[Symbol.toStringTag] ?? typeof data;
  if (found !== arrayName) {
    throw new BackproofError({
      code: 'storage-mismatch',
      where,
      what: `the data of a ${dtype} tensor is in the wrong kind of array`,
      expected: arrayName,
      got: found,
      fix: `Pass the data as a ${arrayName}, or change the dtype.`,
      data: { dtype, expected: arrayName, got: found },
    });
  }
  checkLength(where, shape, data.length);
}

function notATensor(value: unknown, where: string): BackproofError {
  return new BackproofError({
    code: 'not-a-tensor',
    where,
    what: 'a tensor is missing',
    expected: 'a record { shape, data, dtype }',
    got: value === null ? 'null' : typeof value,
    fix: 'Pass or return a tensor.',
  });
}

function checkLength(where: string, shape: Shape, length: number): void {
  const cells = size(shape, where);
  if (cells === length) return;
  throw new BackproofError({
    code: 'data-length-mismatch',
    where,
    what: `the data does not fill shape ${shapeText(shape)}`,
    expected: `${cells} values`,
    got: `${length}`,
    fix: 'Pass one value per cell, in C order (last axis fastest).',
    data: { shape: [...shape], expected: cells, got: length },
  });
}
