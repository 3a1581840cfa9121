/** One header line: compact JSON in ASCII whose first keys are t, id and pay. */
import { BackproofError } from '../../../error.js';
import { parseLine } from '../../vectors/read-json.js';
import { breach, excerpt } from './breach.js';
import { countOf, type Fields, fieldsOf, textOf } from './fields.js';

export interface Header {
  readonly t: string;
  readonly id: number;
  /** Bytes that follow. */
  readonly pay: number;
  /** All keys but these three. */
  readonly fields: Fields;
}

const WHERE = 'the header';
const FIRST = ['t', 'id', 'pay'];

/** @throws BackproofError `bp1-not-json`, `bp1-key`, `bp1-not-compact`, `bp1-first-keys`, `bp1-type`. */
export function readHeader(line: Uint8Array): Header {
  const text = Buffer.from(line).toString('latin1');
  const all = fieldsOf(parsed(text, line), WHERE);
  checkCompact(text, line);
  const first = Object.keys(all).slice(0, FIRST.length);
  if (first.join() !== FIRST.join()) throw wrongStart(first);
  const { t, id, pay, ...fields } = all;
  return {
    t: textOf(t, `${WHERE}.t`),
    id: countOf(id, `${WHERE}.id`),
    pay: countOf(pay, `${WHERE}.pay`),
    fields,
  };
}

function parsed(text: string, line: Uint8Array): unknown {
  try {
    return parseLine(text, { file: WHERE, line: 1, path: '' });
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { what, expected, got, fix } = error;
    if (error.code === 'vector-key') throw breach({ kind: 'key', where: WHERE, what, expected, got, fix });
    throw breach({
      kind: 'not-json',
      where: WHERE,
      what: 'the line is not JSON',
      expected: 'one object',
      got: excerpt(line),
      fix: 'Write the header as one line of JSON, and nothing else to stdout.',
    });
  }
}

function checkCompact(text: string, line: Uint8Array): void {
  if (!text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').includes(' ')) return;
  throw breach({
    kind: 'not-compact',
    where: WHERE,
    what: 'there are blanks outside of texts',
    expected: 'compact JSON',
    got: excerpt(line),
    fix: 'Write it without blanks: in Python json.dumps(..., separators=(",", ":")).',
  });
}

function wrongStart(first: readonly string[]): BackproofError {
  return breach({
    kind: 'first-keys',
    where: WHERE,
    what: 'it begins with other keys',
    expected: FIRST.join(', '),
    got: first.join(', ').slice(0, 100) || 'no keys',
    fix: 'Write these three first, in this order.',
  });
}

/** A frame to send, in parts; other characters than ASCII are escaped. */
export function encodeFrame(
  t: string,
  id: number,
  fields: Fields,
  payload: readonly Uint8Array[] = [],
): readonly Uint8Array[] {
  const pay = payload.reduce((sum, { length }) => sum + length, 0);
  const json = JSON.stringify({ t, id, pay, ...fields });
  const ascii = json.replace(/[^\x20-\x7e]/g, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [Buffer.from(`${ascii}\n`, 'latin1'), ...payload];
}
