/** Writing golden vectors; what was written reads back, or it is not written. */
import { BackproofError } from '../../error.js';
import type { VectorCase, VectorNumber, VectorTensor, VectorTensors } from './case.js';
import { described } from './fields.js';
import { readVectors } from './read.js';

/**
 * One line per case, each ending with a newline; numbers in the shortest digits that read back as the same float64.
 * @throws BackproofError `bad-vectors` if this is no list, and the codes of `readVectors`.
 */
export function writeVectors(cases: readonly VectorCase[]): string {
  if (!Array.isArray(cases)) throw notAList(cases);
  const text = cases.map(one => `${caseText(one)}\n`).join('');
  readVectors(text, 'writeVectors');
  return text;
}

/** The promised order of keys; a key that is not promised stays, and is refused on reading back. */
function caseText(one: VectorCase): string {
  if (typeof one !== 'object' || one === null) return String(JSON.stringify(one));
  const { formatVersion, id, op, params, inputs, upstream, outputs, grads, exact, ...rest } = one;
  const { tolerance, flags, comment, source, ...strange } = rest;
  return JSON.stringify({
    ...{ formatVersion, id, op, params },
    ...{ inputs: tensorsOf(inputs), upstream: tensorOf(upstream) },
    ...{ outputs: tensorsOf(outputs), grads: tensorsOf(grads), exact },
    ...(tolerance !== undefined && { tolerance }),
    ...{ flags, comment, source, ...strange },
  });
}

function tensorsOf(tensors: VectorTensors): object {
  if (typeof tensors !== 'object' || tensors === null) return tensors;
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensorOf(tensor)]));
}

function tensorOf(tensor: VectorTensor | null): object | null {
  if (typeof tensor !== 'object' || tensor === null) return tensor;
  const { shape, dtype, data, ...strange } = tensor;
  return { shape, dtype, data: Array.from(data ?? [], written), ...strange };
}

/** JSON has no NaN and no infinities, and drops the sign of zero. */
function written(value: VectorNumber): VectorNumber {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function notAList(value: unknown): BackproofError {
  return new BackproofError({
    code: 'bad-vectors',
    where: 'writeVectors',
    what: 'the cases are not a list',
    expected: 'an array of cases',
    got: described(value),
    fix: 'Pass the cases as an array, one record each.',
  });
}
