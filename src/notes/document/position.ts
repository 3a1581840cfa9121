/** Offsets and the 1-based line and column of an offset, both in UTF-16 units. */

/** A piece of a text: offsets of its first unit and of the unit after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each line of a text begins. */
export interface LineIndex {
  readonly starts: readonly number[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Lines end with LF, CRLF or a lone CR; a byte order mark takes no column. */
export function lineIndex(text: string): LineIndex {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  const breaks = /\r\n|\n|\r/g;
  while (breaks.exec(text) !== null) starts.push(breaks.lastIndex);
  return { starts };
}

export function positionAt(index: LineIndex, offset: number): Position {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(1, offset - (index.starts[low] ?? 0) + 1) };
}

/** The text of a line, its line break excluded, as a span; `line` counts from 0. */
export function lineSpan(index: LineIndex, text: string, line: number): Span {
  const start = index.starts[line] ?? text.length;
  let end = index.starts[line + 1] ?? text.length;
  if (end > start && text[end - 1] === '\n') end -= 1;
  if (end > start && text[end - 1] === '\r') end -= 1;
  return { start, end };
}
