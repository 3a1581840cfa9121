/** Tensors as headers list them and payloads hold them: one after another, C order, little-endian, no padding. */
import { endianness } from 'node:os';
import { BackproofError } from '../../../error.js';
import { type Shape, shapeText, size } from '../../../tensor/index.js';
import type { WireTensor } from '../subject.js';
import { WIRE_ARRAYS } from '../wire-arrays.js';
import { breach } from './breach.js';
import { type WireName, wireNameOf, wireNames, wireTypes } from './dtypes.js';
import { checkDistinct, checkKeys, choiceOf, countOf, fieldsOf, listOf } from './fields.js';

export interface Listed<Name extends string = string> {
  readonly name: Name;
  readonly dtype: WireName;
  readonly shape: Shape;
  readonly nbytes: number;
}

const widthOf = (name: WireName): number => WIRE_ARRAYS[wireTypes[name]].BYTES_PER_ELEMENT;

/** An operand for the header; the keys stand in the order that simple clients rely on. */
export function listed(name: string, { dtype, shape, data }: WireTensor): Listed {
  const short = wireNameOf(dtype);
  return { name, dtype: short, shape, nbytes: data.length * widthOf(short) };
}

/** The bytes of an operand; on little-endian machines they are not copied. @throws BackproofError `bp1-operand`. */
export function bytesOf(name: string, tensor: WireTensor): Uint8Array {
  const { shape, data, dtype } = tensor;
  const dense = tensor.strides === undefined && (tensor.offset ?? 0) === 0;
  if (!dense || data.length !== size(shape, name)) throw notDense(name, shape);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return LITTLE ? bytes : swapped(bytes, widthOf(wireNameOf(dtype)));
}

const LITTLE = endianness() === 'LE';

/** The numbers of each tensor, in memory of its own. */
export function tensorsOf<Name extends string>(
  list: readonly Listed<Name>[],
  payload: Uint8Array,
): Partial<Record<Name, WireTensor>> {
  const tensors: Partial<Record<Name, WireTensor>> = {};
  let at = 0;
  for (const { name, dtype, shape, nbytes } of list) {
    const width = widthOf(dtype);
    const here = payload.subarray(at, at + nbytes);
    const own = LITTLE ? new Uint8Array(here) : swapped(here, width);
    const data = new WIRE_ARRAYS[wireTypes[dtype]](own.buffer, 0, nbytes / width);
    tensors[name] = { shape, data, dtype: wireTypes[dtype] };
    at += nbytes;
  }
  return tensors;
}

/** A copy with the bytes of each number in the other order. */
export function swapped(bytes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  return bytes.map((_, at) => bytes[at - (at % width) + width - 1 - (at % width)]!);
}

/**
 * The tensors of a header, which fill the payload.
 * @throws BackproofError `bp1-type`, `bp1-key`, `bp1-name`, `bp1-dtype`, `bp1-shape`, `bp1-nbytes`,
 *   `bp1-duplicate-name`, `bp1-payload`.
 */
export function readList<Name extends string>(
  value: unknown,
  names: readonly Name[],
  pay: number,
  where: string,
): Listed<Name>[] {
  const list = listOf(value, where, (one, at) => readListed(one, names, at));
  checkDistinct(
    list.map(({ name }) => name),
    where,
  );
  checkPayload(
    pay,
    list.reduce((sum, { nbytes }) => sum + nbytes, 0),
    where,
  );
  return list;
}

/** @throws BackproofError `bp1-payload`. */
export function checkPayload(pay: number, bytes: number, where: string): void {
  if (pay === bytes) return;
  throw breach({
    kind: 'payload',
    where,
    what: 'pay is not the size of the tensors that are listed',
    expected: `${bytes} bytes`,
    got: `${pay}`,
    fix: 'Let pay be the sum of nbytes; 0 where no tensor is listed.',
  });
}

function readListed<Name extends string>(
  value: unknown,
  names: readonly Name[],
  where: string,
): Listed<Name> {
  const fields = fieldsOf(value, where);
  checkKeys(fields, ['name', 'dtype', 'shape', 'nbytes'], [], where);
  const name = choiceOf(fields.name, names, `${where}.name`, 'name');
  const dtype = choiceOf(fields.dtype, wireNames, `${where}.dtype`, 'dtype');
  const shape = listOf(fields.shape, `${where}.shape`, countOf);
  const nbytes = countOf(fields.nbytes, `${where}.nbytes`);
  const expected = cellsOf(shape, where) * widthOf(dtype);
  if (nbytes === expected) return { name, dtype, shape, nbytes };
  throw breach({
    kind: 'nbytes',
    where: `${where}.nbytes`,
    what: `nbytes is not the size of ${dtype} ${shapeText(shape)}`,
    expected: `${expected}`,
    got: `${nbytes}`,
    fix: 'Multiply the extents and the bytes of a number.',
  });
}

function cellsOf(shape: Shape, where: string): number {
  try {
    return size(shape, where);
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { what, expected, got, fix } = error;
    throw breach({ kind: 'shape', where: `${where}.shape`, what, expected, got, fix });
  }
}

function notDense(name: string, shape: Shape): BackproofError {
  return breach({
    kind: 'operand',
    where: name,
    what: 'the operand cannot go over a pipe',
    expected: `dense data of shape ${shapeText(shape)} in C order`,
    got: 'strides, an offset, or another number of values',
    fix: 'Copy it first.',
  });
}
