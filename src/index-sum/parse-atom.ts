/** Ranges and atoms of the text form, with their comma lists. */
import { type Cursor, LIST_END } from './cursor.js';
import type { Atom, Range } from './term.js';

/** "n<N, p@<P@" */
export function parseRanges(cursor: Cursor): Range[] {
  return parseList(cursor, () => {
    const name = cursor.name();
    cursor.expect('<');
    return { name, extent: cursor.polynomial() };
  });
}

function parseList<T>(cursor: Cursor, read: () => T): T[] {
  const items: T[] = [];
  do items.push(...cursor.repeated(LIST_END, read));
  while (cursor.accept(','));
  return items;
}

/** "x[n, s@*p@ + q@]" */
export function parseAtom(cursor: Cursor): Atom {
  const tensor = cursor.name();
  cursor.expect('[');
  const index = cursor.is(']') ? [] : parseList(cursor, () => cursor.polynomial());
  cursor.expect(']');
  return { tensor, index };
}
