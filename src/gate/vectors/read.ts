/** Reading golden vectors: JSON Lines, one case a line, nothing that is not promised. */
import { BackproofError } from '../../error.js';
import { type Operator, type Params, resolve } from '../../ops/index.js';
import type { VectorCase, VectorTensors, VectorTolerance } from './case.js';
import {
  amountOf,
  checkKeys,
  described,
  type Fields,
  fault,
  fieldsOf,
  flagOf,
  listOf,
  type Place,
  textOf,
  within,
  wordsOf,
} from './fields.js';
import { formatOf, type VectorFormat } from './format.js';
import { checkOutputPadding } from './output-padding.js';
import { readParam } from './param-form.js';
import { parseLine } from './read-json.js';
import { readTensor, readTensors } from './read-tensor.js';
import { checkIndices, hasIndices, withOneHot } from './targets.js';

const KEYS = [
  ...['formatVersion', 'id', 'op', 'params', 'inputs', 'upstream', 'outputs', 'grads'],
  ...['exact', 'flags', 'comment', 'source'],
];

/**
 * The cases of a JSON Lines text, in order.
 * @param file what to call it in messages, which name the line too
 * @throws BackproofError `bad-vectors` if this is no text; `vector-not-json`, `vector-key`, `vector-type`,
 *   `vector-number`, `vector-length`, `vector-operator`, `vector-call`, `vector-duplicate-id`.
 */
export function readVectors(text: string, file = 'vectors'): VectorCase[] {
  if (typeof text !== 'string') throw notText(text);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const seen = new Map<string, number>();
  return lines.map((line, k) => {
    const place = { file, line: k + 1, path: '' };
    const one = readCase(parseLine(line, place), place);
    const before = seen.get(one.id);
    if (before !== undefined) throw duplicate(within(place, 'id'), one.id, before);
    seen.set(one.id, place.line);
    return one;
  });
}

function readCase(value: unknown, place: Place): VectorCase {
  const fields = fieldsOf(value, place);
  checkKeys(fields, KEYS, ['tolerance'], place);
  checkVersion(fields.formatVersion, within(place, 'formatVersion'));
  const op = textOf(fields.op, within(place, 'op'));
  const format = formatOf(op, within(place, 'op'));
  const params = readParams(fields.params, format, within(place, 'params'));
  const tensors = readCall(fields, format, params, place);
  const exact = flagOf(fields.exact, within(place, 'exact'));
  const tolerance = Object.hasOwn(fields, 'tolerance')
    ? readTolerance(fields.tolerance, exact, within(place, 'tolerance'))
    : null;
  const call = { params, inputs: tensors.inputs };
  checkIndices(call, place);
  checkCall(format.operator, withOneHot(call), params, place);
  return {
    formatVersion: 1,
    id: wordsOf(fields.id, within(place, 'id')),
    op,
    params,
    ...tensors,
    exact,
    ...(tolerance && { tolerance }),
    flags: listOf(fields.flags, within(place, 'flags'), wordsOf),
    comment: textOf(fields.comment, within(place, 'comment')),
    source: textOf(fields.source, within(place, 'source')),
  };
}

function checkVersion(version: unknown, place: Place): void {
  if (version === 1) return;
  const [what, fix] = ['the file is of another version', 'Write these vectors anew.'];
  throw fault(place, { code: 'vector-type', what, expected: '1', got: described(version), fix });
}

function readParams(value: unknown, { params }: VectorFormat, place: Place): VectorCase['params'] {
  const fields = fieldsOf(value, place);
  checkKeys(fields, Object.keys(params), [], place);
  const entries = Object.entries(params).map(([name, form]) => [
    name,
    readParam(form, fields[name], within(place, name)),
  ]);
  const read: VectorCase['params'] = Object.fromEntries(entries);
  checkOutputPadding(read, place);
  return read;
}

function readCall(fields: Fields, format: VectorFormat, params: VectorCase['params'], place: Place) {
  const inputs = readTensors(fields.inputs, format.inputs, within(place, 'inputs'));
  const upstream = fields.upstream === null ? null : readTensor(fields.upstream, within(place, 'upstream'));
  const outputs = readTensors(fields.outputs, ['y'], within(place, 'outputs'));
  // An index has no gradient.
  const wrts = Object.keys(inputs).filter(name => name !== 'target' || !hasIndices({ params, inputs }));
  const grads = readTensors(fields.grads, wrts, within(place, 'grads'));
  if (upstream !== null || Object.keys(grads).length === 0) return { inputs, upstream, outputs, grads };
  throw fault(within(place, 'upstream'), {
    code: 'vector-type',
    what: 'there are gradients of no upstream gradient',
    expected: 'the tensor that they are pulled back from',
    got: 'null',
    fix: 'Write upstream, or leave the gradients out.',
  });
}

function readTolerance(value: unknown, exact: boolean, place: Place): VectorTolerance {
  const fields = fieldsOf(value, place);
  checkKeys(fields, ['abs', 'rel', 'reason'], [], place);
  const abs = amountOf(fields.abs, within(place, 'abs'));
  const rel = amountOf(fields.rel, within(place, 'rel'));
  const reason = wordsOf(fields.reason, within(place, 'reason'));
  if (!exact) return { abs, rel, reason };
  const [what, fix] = ['an exact case has a tolerance', 'Remove it, or write exact: false.'];
  throw fault(place, { code: 'vector-key', what, expected: 'none beside exact: true', got: reason, fix });
}

/** Shapes and parameters that the operator refuses are the file's fault, not a difference. */
function checkCall(operator: Operator, inputs: VectorTensors, params: Params, place: Place): void {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
  try {
    resolve(operator, shapes, params);
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { where, what, expected, got, fix, code } = error;
    throw fault(place, { code: 'vector-call', what: `${where}: ${what} (${code})`, expected, got, fix });
  }
}

function duplicate(place: Place, id: string, line: number): BackproofError {
  return fault(place, {
    code: 'vector-duplicate-id',
    what: 'two cases have one id',
    expected: 'an id of its own for every case',
    got: `${described(id)}, as on line ${line}`,
    fix: 'Rename one of them.',
  });
}

function notText(value: unknown): BackproofError {
  return new BackproofError({
    code: 'bad-vectors',
    where: 'readVectors',
    what: 'the vectors are not given as text',
    expected: 'the text of a JSON Lines file',
    got: described(value),
    fix: 'Read the file first.',
  });
}
