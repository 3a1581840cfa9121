/** Where a display ends that may span lines, blank ones too: the next closing sign, unless something speaks against it. */

import { fenceAt } from './fences.js';
import type { Finder } from './finder.js';
import { isBlank, isHeading, type Lines, lineAt, spanOf } from './lines.js';
import { hasWords } from './prose.js';

export interface Signs {
  readonly close: Finder;
  /** The opening sign; another one before the closing sign says that this display was never closed. */
  readonly open: Finder | null;
}

export interface DisplayEnd {
  readonly end: number;
  readonly closed: boolean;
}

/** The end of the content that begins at `from`; an open display ends with its block at `blockEnd`. */
export function displayEnd(lines: Lines, from: number, signs: Signs, blockEnd: number): DisplayEnd {
  const close = signs.close(from);
  const open = signs.open?.(from) ?? lines.text.length;
  const closed = close < lines.text.length && close <= open && isOneDisplay(lines, from, close);
  if (closed && !(signs.open === null && opensAgain(lines, from, close))) return { end: close, closed: true };
  return { end: Math.min(blockEnd, close, Math.max(open, from)), closed: false };
}

/** No heading and no fence in between, and no text behind a blank line. */
function isOneDisplay(lines: Lines, from: number, close: number): boolean {
  const last = lineAt(lines, close);
  let blank = false;
  for (let line = lineAt(lines, from) + 1; line <= last; line += 1) {
    const { start, end } = spanOf(lines, line);
    if (isBlank(lines, line)) blank = true;
    else if (isHeading(lines, line) || fenceAt(lines, line) !== null) return false;
    else if (blank && isText(lines.text.slice(start, Math.min(end, close)))) return false;
  }
  return true;
}

/** Three words in a row, or nothing but words. */
function isText(line: string): boolean {
  return hasWords(line, 3) || /^[\s>]*[A-Za-z][a-z]+(?:\s+[a-z]+)*[.,:]?\s*$/.test(line);
}

/**
 * `$$` opens and closes. At the begin of a later line it opens if an odd number of them stands behind it,
 * or if a formula rather than a label follows it and a blank line went before.
 */
function opensAgain(lines: Lines, from: number, close: number): boolean {
  const line = lineAt(lines, close);
  const first = lineAt(lines, from);
  const { start, end } = spanOf(lines, line);
  if (line === first || /[^\s>]/.test(lines.text.slice(start, close))) return false;
  const behind = lines.text.slice(close + 2, end).replace(/\\./g, '');
  if (behind.split('$$').length % 2 === 0) return true;
  return /^\s*[^\s({.,;:]/.test(behind) && isBlank(lines, line - 1) && line - 1 > first;
}
