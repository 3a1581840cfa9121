/** JSON, read strictly: shallow, short, each key once, nothing but objects, lists and strings. */
import { fault, illFormed } from './fault.js';

/** Characters of a file, and the depth that arrays and objects may have. */
const [LONGEST, DEEPEST] = [4 * 2 ** 20, 20];

export interface Fields {
  readonly [key: string]: unknown;
}

/** @throws BackproofError `certificate-unreadable`, `certificate-too-large`. */
export function readJson(text: string): unknown {
  // Callers without types may pass anything.
  if (typeof text !== 'string')
    fault('certificate-unreadable', 'the certificate is not given as text', 'JSON text', typeof text);
  if (text.length > LONGEST)
    fault('certificate-too-large', 'the file is too long', `${LONGEST} characters`, text.length);
  const compact = withoutBlanks(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const got = error instanceof Error ? error.message : error;
    return fault('certificate-unreadable', 'the text is not JSON', 'one JSON object, or a list of them', got);
  }
  // Of a key that is given twice JSON.parse keeps the last alone.
  const written = JSON.stringify(value);
  if (written !== compact) {
    const at = [...written].findIndex((one, k) => one !== compact[k]);
    const what = 'a key is given twice, or something is written in an unusual way';
    fault('certificate-unreadable', what, written.slice(at, at + 40), compact.slice(at, at + 40));
  }
  return value;
}

/** The text without the blanks between its signs. JSON.parse, which recurses, is kept from deep texts. */
function withoutBlanks(text: string): string {
  const pieces: string[] = [];
  let [depth, start, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') inString = !inString;
    else if (inString) at += sign === '\\' ? 1 : 0;
    else if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
    else if (' \t\r\n'.includes(sign)) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
    if (depth > DEEPEST) fault('certificate-unreadable', 'the text is nested too deep', '20 levels', depth);
  }
  return pieces.join('') + text.slice(start);
}

export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return illFormed(`${where} is no object`, 'an object', JSON.stringify(value));
  return value as Fields;
}

/** An object with these keys and, if `optional`, those: no others. */
export function strictFields(
  value: unknown,
  where: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Fields {
  const fields = fieldsOf(value, where);
  const stranger = Object.keys(fields).find(key => ![...required, ...optional].includes(key));
  if (stranger !== undefined) illFormed(`${where} has an unknown key`, required.join(', '), stranger);
  const missing = required.find(key => !Object.hasOwn(fields, key));
  if (missing !== undefined) illFormed(`${where} lacks a key`, missing, Object.keys(fields).join(', '));
  return fields;
}

/** Characters of one text: what reads it may take a time that grows with the square. */
const LONGEST_TEXT = 8192;

export function stringOf(value: unknown, where: string): string {
  if (typeof value !== 'string') return illFormed(`${where} is no text`, 'a string', JSON.stringify(value));
  if (value.length > LONGEST_TEXT)
    fault('certificate-too-large', `${where} is too long`, `${LONGEST_TEXT} characters`, value.length);
  return value;
}

export function listOf(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : illFormed(`${where} is no list`, 'a list', JSON.stringify(value));
}

export const stringsOf = (value: unknown, where: string): string[] =>
  listOf(value, where).map(one => stringOf(one, `an item of ${where}`));
