/** What a kernel returned, read as tensors; whether they are the right ones is for the judge. */
import { BackproofError } from '../../error.js';
import { shapeText, size } from '../../tensor/index.js';
import type { Handed } from './handed.js';
import type { ResultName, SubjectCall, WireTensor } from './subject.js';
import { kindOf } from './thrown.js';
import { WIRE_ARRAYS, WIRE_DTYPES } from './wire-arrays.js';

type Outputs = Partial<Record<ResultName, WireTensor>>;

/** The gradients that a backward pass may return, and the results that they are. */
const GRADIENTS: Readonly<Record<string, ResultName>> = { x: 'dx', w: 'dw', b: 'db' };

const TENSOR = 'a tensor { shape, data, dtype }';

/**
 * Copies of the returned tensors by result; where `out` was given, of what is there, whatever is returned.
 * @throws BackproofError `kernel-result`.
 */
export function readOutputs(
  returned: unknown,
  promised: boolean,
  { op, pass, inputs }: SubjectCall,
  { written }: Handed,
): Outputs {
  const where = `${op} ${pass}`;
  const told = (value: unknown) => `${promised ? 'a Promise of ' : ''}${kindOf(value)}`;
  const out = written();
  if (out) return copied(out, where);
  if (pass === 'forward') {
    if (!isRecord(returned)) throw refused(where, 'it returned no tensor', TENSOR, told(returned));
    return { y: readTensor(returned, `${where}: y`) };
  }
  const known = Object.keys(GRADIENTS);
  const expected = `a record of gradients { ${known.join(', ')} }`;
  if (!isRecord(returned)) throw refused(where, 'it returned no record', expected, told(returned));
  const stranger = Object.keys(returned).find(name => !known.includes(name) && !Object.hasOwn(inputs, name));
  if (stranger !== undefined)
    throw refused(where, 'it returned a name that is no input', expected, JSON.stringify(stranger));
  const outputs: Outputs = {};
  for (const name of known) {
    const value = returned[name];
    // null is how many people write that there is none.
    if (value !== undefined && value !== null)
      outputs[GRADIENTS[name]!] = readTensor(value, `${where}: ${name}`);
  }
  return outputs;
}

function copied(out: Readonly<Outputs>, where: string): Outputs {
  const entries = Object.entries(out).map(([name, tensor]) => [
    name,
    readTensor(tensor, `${where}: ${name}`),
  ]);
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function readTensor(value: unknown, where: string): WireTensor {
  if (!isRecord(value)) throw refused(where, 'it is no tensor', TENSOR, kindOf(value));
  const { shape, data } = value;
  const dtype = WIRE_DTYPES.find(one => one === value.dtype);
  if (!dtype)
    throw refused(where, 'the dtype of the tensor is unknown', WIRE_DTYPES.join(', '), kindOf(value.dtype));
  if (!Array.isArray(shape))
    throw refused(where, 'the shape of the tensor is no list', 'a list such as [8,3,5,5]', kindOf(shape));
  if (value.strides !== undefined || value.offset !== undefined)
    throw refused(where, 'the tensor carries strides or an offset', 'a dense tensor in C order', 'a view');
  const kind = WIRE_ARRAYS[dtype];
  // The tag, not instanceof: an array of another realm is as good.
  if (!ArrayBuffer.isView(data) || Object.prototype.toString.call(data) !== `[object ${kind.name}]`)
    throw refused(where, `the data is no array of ${dtype}`, `a ${kind.name}`, kindOf(data));
  const cells = cellsOf(shape, where);
  const copy = new kind(data as unknown as ArrayLike<number>);
  if (copy.length === cells) return { shape: Array.from(shape as readonly number[]), data: copy, dtype };
  const what = `the data does not fill shape ${shapeText(shape)}`;
  throw refused(where, what, `${cells} values`, String(copy.length));
}

function cellsOf(shape: readonly number[], where: string): number {
  try {
    return size(shape);
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    throw refused(where, error.what, error.expected, error.got);
  }
}

function refused(where: string, what: string, expected: string, got: string): BackproofError {
  const fix = 'Return what the contract says.';
  return new BackproofError({ code: 'kernel-result', where, what, expected, got, fix });
}
