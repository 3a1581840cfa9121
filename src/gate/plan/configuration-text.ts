/** Shapes and parameters of a call as words: x=2x2x3x5 w=4x1x2x2 b=4 stride=1,2 padding=[0,2],[1,0]. */
import type { Params, ParamValue } from '../../ops/index.js';
import { parseShape, type Shape } from '../../tensor/index.js';
import { described, type Place } from '../vectors/fields.js';
import { formatOf, type VectorFormat } from '../vectors/format.js';
import { type ParamForm, readParam } from '../vectors/param-form.js';
import { asBadCase, badCase, meantBy } from './bad-case.js';
import type { Configuration } from './gate-case.js';

const PLACE: Place = { file: 'case', line: 1, path: '' };

/**
 * The inputs in the order of the operator, then its parameters in the order of golden vectors.
 * @throws BackproofError `vector-operator`.
 */
export function configurationText(op: string, { shapes, params }: Configuration): string {
  const format = formatOf(op, PLACE);
  const tensors = format.inputs
    .filter(name => shapes[name])
    .map(name => `${name}=${extentsText(shapes[name]!)}`);
  const values = Object.entries(format.params).map(
    ([name, form]) => `${name}=${valueText(form, params[name]!)}`,
  );
  return [...tensors, ...values].join(' ');
}

const extentsText = (shape: Shape): string => (shape.length === 0 ? '[]' : shape.join('x'));

function valueText({ kind }: ParamForm, value: ParamValue): string {
  if (typeof value !== 'object') return String(value);
  const text = JSON.stringify(value);
  // One number alone would read as a number, and none as nothing.
  const isShort = kind === 'any' && (value.length === 0 || (value.length === 1 && !Array.isArray(value[0])));
  return isShort ? text : text.slice(1, -1);
}

/** @throws BackproofError `bad-case` for a name that is not in the registry. */
export const caseFormat = (op: string): VectorFormat => asBadCase('the operator', () => formatOf(op, PLACE));

/**
 * The inverse of `configurationText`, from words by name; what the operator makes of them is for `resolve` to say.
 * @throws BackproofError `bad-case`.
 */
export function configurationFrom(
  { inputs, params, operator }: VectorFormat,
  words: ReadonlyMap<string, string>,
): Configuration {
  const wordOf = (name: string): string => {
    const word = words.get(name);
    if (word !== undefined) return word;
    const known = [...inputs, ...Object.keys(params)].join(', ');
    throw badCase(`${name} is missing`, known, [...words.keys()].join(', ') || 'none', `Write ${name}=...`);
  };
  const present = inputs.filter(name => words.has(name) || !operator.optional.includes(name));
  const shapes = present.map(name => [name, extentsFrom(name, wordOf(name))] as const);
  const values = Object.entries(params).map(
    ([name, form]) => [name, paramFrom(name, form, wordOf(name))] as const,
  );
  return { shapes: Object.fromEntries(shapes), params: Object.fromEntries(values) satisfies Params };
}

/** The inverse of `configurationText`. @throws BackproofError `bad-case`. */
export function configurationOf(op: string, text: string): Configuration {
  const format = caseFormat(op);
  return configurationFrom(format, wordsByName(text.split(' '), format, []));
}

function extentsFrom(name: string, text: string): Shape {
  const shape = asBadCase(name, () => parseShape(text));
  if (shape.every(extent => extent > 0)) return shape;
  throw badCase(`${name} has no cells`, 'extents of at least 1', described(text), 'Write positive extents.');
}

function paramFrom(name: string, form: ParamForm, text: string): ParamValue {
  return asBadCase(name, () => {
    const value = rawValue(form, text);
    if (value === undefined) throw badCase('this is no value', expectedOf(form), described(text), FIX);
    return readParam(form, value, PLACE);
  });
}

const FIX = 'Write 2, or 1,2 for each axis, or [0,1],[2,0] before and after each axis, or a word.';

const expectedOf = (form: ParamForm): string => (form.kind === 'choice' ? form.of.join(' or ') : form.kind);

/** Undefined for what is neither a word nor numbers; whether it fits the form is for the reader of the form to say. */
function rawValue({ kind }: ParamForm, text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^[a-z][a-z0-9_-]*$/u.test(text)) return text;
  const list = listFrom(text);
  if (list === undefined || kind === 'integers' || kind === 'padding' || list.length !== 1) return list;
  const [only] = list;
  return kind === 'any' && Array.isArray(only) && only.length > 1 ? list : only;
}

function listFrom(text: string): unknown[] | undefined {
  if (!/^[-+.,0-9e[\]]+$/u.test(text)) return undefined;
  try {
    return JSON.parse(`[${text}]`) as unknown[];
  } catch {
    return undefined;
  }
}

/** @throws BackproofError `bad-case` for a word that has another name, or one that was there before. */
export function wordsByName(
  words: readonly string[],
  { inputs, params }: VectorFormat,
  others: readonly string[],
): Map<string, string> {
  const known = [...inputs, ...Object.keys(params), ...others];
  const found = new Map<string, string>();
  for (const word of words) {
    const [name = '', ...values] = word.split('=');
    if (!known.includes(name))
      throw badCase(
        'there is no such input or parameter',
        known.join(', '),
        described(name),
        meantBy(name, known),
      );
    if (found.has(name))
      throw badCase(`${name} is there twice`, `one ${name}`, described(word), 'Remove one.');
    found.set(name, values.join('='));
  }
  return found;
}
