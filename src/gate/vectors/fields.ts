/** Reading unknown JSON strictly: each field is what it has to be, or an error says on which line it is not. */
import { BackproofError, type ErrorParts } from '../../error.js';

/** Where in the file something stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** "inputs.x.data[3]"; empty for the whole line. */
  readonly path: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export function within(place: Place, key: string | number): Place {
  const step = typeof key === 'number' ? `[${key}]` : `${place.path === '' ? '' : '.'}${key}`;
  return { ...place, path: place.path + step };
}

export function fault(
  { file, line, path }: Place,
  parts: Omit<ErrorParts, 'where' | 'data'>,
): BackproofError {
  const where = `${file}, line ${line}${path === '' ? '' : `, ${path}`}`;
  return new BackproofError({ ...parts, where, data: { file, line, path } });
}

function wrongType(place: Place, expected: string, value: unknown): BackproofError {
  return fault(place, {
    code: 'vector-type',
    what: 'the value is of the wrong kind',
    expected,
    got: described(value),
    fix: `Write ${expected} here.`,
  });
}

/** Short whatever the value is: a file may hold anything. */
export function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  return value.length <= 40 ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, 40))}...`;
}

/** An object. @throws BackproofError `vector-type`. */
export function fieldsOf(value: unknown, place: Place): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongType(place, 'an object', value);
  return value as Fields;
}

/** The object has all required keys and no others. @throws BackproofError `vector-key`. */
export function checkKeys(
  fields: Fields,
  required: readonly string[],
  optional: readonly string[],
  place: Place,
): void {
  const known = [...required, ...optional];
  const refuse = (what: string, got: string, fix: string) =>
    fault(place, { code: 'vector-key', what, expected: known.join(', ') || 'no keys', got, fix });
  const stranger = Object.keys(fields).find(key => !known.includes(key));
  if (stranger !== undefined)
    throw refuse('there is a key that does not belong here', described(stranger), 'Remove or rename it.');
  const missing = required.find(key => !Object.hasOwn(fields, key));
  if (missing !== undefined) {
    const got = Object.keys(fields).join(', ') || 'none';
    throw refuse(`the key ${missing} is missing`, got.slice(0, 200), 'Write it.');
  }
}

export function textOf(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw wrongType(place, 'a text', value);
  return value;
}

/** A text that says something. */
export function wordsOf(value: unknown, place: Place): string {
  const text = textOf(value, place);
  if (text.trim() === '') throw wrongType(place, 'a text that is not empty', value);
  return text;
}

export function flagOf(value: unknown, place: Place): boolean {
  if (typeof value !== 'boolean') throw wrongType(place, 'true or false', value);
  return value;
}

export function listOf<T>(value: unknown, place: Place, read: (one: unknown, place: Place) => T): T[] {
  if (!Array.isArray(value)) throw wrongType(place, 'a list', value);
  return value.map((one: unknown, k) => read(one, within(place, k)));
}

/** One of a few texts. */
export function choiceOf<T extends string>(value: unknown, place: Place, choices: readonly T[]): T {
  const found = choices.find(one => one === value);
  if (found === undefined) throw wrongType(place, choices.join(' or '), value);
  return found;
}

/** A safe integer that is at least `least`. */
export function integerOf(value: unknown, place: Place, least: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || Object.is(value, -0))
    throw wrongType(place, `an integer of at least ${least}`, value);
  return value as number;
}

/** A finite number. */
export function realOf(value: unknown, place: Place): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || Object.is(value, -0))
    throw wrongType(place, 'a finite number', value);
  return value;
}

/** A finite number that is at least 0. */
export function amountOf(value: unknown, place: Place): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw wrongType(place, 'a finite number of at least 0', value);
  return value;
}
