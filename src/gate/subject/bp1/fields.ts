/** The fields of a header, read strictly: each is what it has to be, or a breach says which is not. */
import { closest } from '../../../ops/index.js';
import { described } from '../../vectors/fields.js';
import { breach } from './breach.js';

export type Fields = Readonly<Record<string, unknown>>;

function wrongType(where: string, expected: string, value: unknown) {
  return breach({
    kind: 'type',
    where,
    what: 'the value is of the wrong kind',
    expected,
    got: described(value),
    fix: `Write ${expected} here.`,
  });
}

/** @throws BackproofError `bp1-type`. */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongType(where, 'an object', value);
  return value as Fields;
}

/** All required keys and no strangers. @throws BackproofError `bp1-key`. */
export function checkKeys(
  fields: Fields,
  required: readonly string[],
  optional: readonly string[],
  where: string,
): void {
  const known = [...required, ...optional];
  const refuse = (what: string, got: string, fix: string) =>
    breach({ kind: 'key', where, what, expected: known.join(', '), got, fix });
  const stranger = Object.keys(fields).find(key => !known.includes(key));
  if (stranger !== undefined)
    throw refuse('there is a key that does not belong here', described(stranger), 'Remove or rename it.');
  const missing = required.find(key => !Object.hasOwn(fields, key));
  if (missing === undefined) return;
  throw refuse(`the key ${missing} is missing`, Object.keys(fields).join(', ').slice(0, 200), 'Write it.');
}

/** @throws BackproofError `bp1-type`. */
export function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw wrongType(where, 'a text', value);
  return value;
}

/** An integer from 0. @throws BackproofError `bp1-type`. */
export function countOf(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || Object.is(value, -0))
    throw wrongType(where, 'an integer of at least 0', value);
  return value as number;
}

/** @throws BackproofError `bp1-type`. */
export function listOf<T>(value: unknown, where: string, read: (one: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) throw wrongType(where, 'a list', value);
  return value.map((one: unknown, k) => read(one, `${where}[${k}]`));
}

/** One of a few texts. @throws BackproofError `bp1-${kind}`. */
export function choiceOf<T extends string>(
  value: unknown,
  choices: readonly T[],
  where: string,
  kind: string,
): T {
  const found = choices.find(one => one === value);
  if (found !== undefined) return found;
  const meant = typeof value === 'string' ? closest(value, choices) : null;
  throw breach({
    kind,
    where,
    what: 'the word is not known here',
    expected: choices.join(', '),
    got: described(value),
    fix: meant === null ? 'Write one of these words.' : `Did you mean ${meant}?`,
  });
}

/** No text twice. @throws BackproofError `bp1-duplicate-name`. */
export function checkDistinct(names: readonly string[], where: string): void {
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice === undefined) return;
  throw breach({
    kind: 'duplicate-name',
    where,
    what: 'a name is listed twice',
    expected: 'each name once',
    got: twice,
    fix: 'List it once.',
  });
}
