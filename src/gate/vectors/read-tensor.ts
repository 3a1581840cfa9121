/** One tensor of a vector: extents, element type and as many numbers as there are cells. */
import { BackproofError } from '../../error.js';
import { dtypes, shapeText, size } from '../../tensor/index.js';
import type { VectorDType, VectorNumber, VectorTensor, VectorTensors } from './case.js';
import {
  checkKeys,
  choiceOf,
  described,
  fault,
  fieldsOf,
  integerOf,
  listOf,
  type Place,
  within,
} from './fields.js';

const DTYPES: readonly VectorDType[] = [...dtypes, 'float16', 'bfloat16'];

const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** Long fractions cost time without bound. */
const LONGEST_FRACTION = 1000;

const INTEGERS: Readonly<Partial<Record<VectorDType, readonly [low: number, high: number]>>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
};

/** @throws BackproofError `vector-key`, `vector-type`, `vector-length`, `vector-number`. */
export function readTensor(value: unknown, place: Place): VectorTensor {
  const fields = fieldsOf(value, place);
  checkKeys(fields, ['shape', 'dtype', 'data'], [], place);
  const shape = listOf(fields.shape, within(place, 'shape'), (one, at) => integerOf(one, at, 0));
  const dtype = choiceOf(fields.dtype, within(place, 'dtype'), DTYPES);
  const cells = cellsOf(shape, within(place, 'shape'));
  const read = (one: unknown, at: Place) => readNumber(one, dtype, at);
  const data = listOf(fields.data, within(place, 'data'), read);
  if (data.length === cells) return { shape, dtype, data };
  throw fault(within(place, 'data'), {
    code: 'vector-length',
    what: `the data does not fill shape ${shapeText(shape)}`,
    expected: `${cells} numbers`,
    got: String(data.length),
    fix: 'Write one number per cell, in C order (last axis fastest).',
  });
}

/** Tensors by name, each of a name that is allowed here. */
export function readTensors(value: unknown, allowed: readonly string[], place: Place): VectorTensors {
  const fields = fieldsOf(value, place);
  checkKeys(fields, [], allowed, place);
  const entries = Object.entries(fields).map(([name, one]) => [name, readTensor(one, within(place, name))]);
  return Object.fromEntries(entries);
}

function cellsOf(shape: readonly number[], place: Place): number {
  try {
    return size(shape);
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { what, expected, got, fix } = error;
    throw fault(place, { code: 'vector-length', what, expected, got, fix });
  }
}

function readNumber(value: unknown, dtype: VectorDType, place: Place): VectorNumber {
  const range = INTEGERS[dtype];
  const number = typeof value === 'string' ? fromText(value) : value;
  if (typeof value === 'number' && Object.is(value, -0)) throw badNumber(place, 'the text "-0"', '-0');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw badNumber(place, 'a number within float64', 'a larger one');
  if (range) {
    const [low, high] = range;
    if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
    throw badNumber(place, `an integer from ${low} to ${high}, as ${dtype} holds it`, described(value));
  }
  if (typeof number === 'number' || typeof number === 'string') return number;
  throw badNumber(
    place,
    'a number, "NaN", "Infinity", "-Infinity", "-0" or a fraction "p/q"',
    described(value),
  );
}

function fromText(text: string): VectorNumber | null {
  if (Object.hasOwn(SPECIAL, text)) return SPECIAL[text]!;
  return text.length <= LONGEST_FRACTION && /^-?\d+\/0*[1-9]\d*$/.test(text) ? text : null;
}

function badNumber(place: Place, expected: string, got: string) {
  const fix = 'Write numbers with all their digits, the others as texts.';
  return fault(place, { code: 'vector-number', what: 'the cell holds no such number', expected, got, fix });
}
