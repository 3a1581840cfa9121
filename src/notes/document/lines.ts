/** The lines of a Markdown document without their containers: block quotes and list markers. */

import { type LineIndex, lineIndex, lineSpan, positionAt, type Span } from './position.js';

export interface Lines {
  readonly text: string;
  readonly index: LineIndex;
  readonly count: number;
}

export function linesOf(text: string): Lines {
  const index = lineIndex(text);
  return { text, index, count: index.starts.length };
}

export function lineAt(lines: Lines, offset: number): number {
  return positionAt(lines.index, offset).line - 1;
}

export function spanOf(lines: Lines, line: number): Span {
  return lineSpan(lines.index, lines.text, line);
}

const CONTAINERS = /(?:[ \t]*>|[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))*[ \t]*/y;
const QUOTES = /[ \t]*>/y;

/** Offset behind the quote signs, list markers and blanks that a line begins with. */
export function contentStart(lines: Lines, line: number): number {
  const { start, end } = spanOf(lines, line);
  CONTAINERS.lastIndex = start;
  return Math.min(start + (CONTAINERS.exec(lines.text)?.[0].length ?? 0), end);
}

/** A line with nothing but quote signs and blanks. */
export function isBlank(lines: Lines, line: number): boolean {
  const { start, end } = spanOf(lines, line);
  let at = start;
  while (at < end && ' \t>\u00a0'.includes(lines.text[at] ?? '')) at += 1;
  return at >= end;
}

const HEADING = /[ \t]*(?:>[ \t]*)*#{1,6}(?=[ \t]|\r|\n|$)/y;

export function isHeading(lines: Lines, line: number): boolean {
  HEADING.lastIndex = spanOf(lines, line).start;
  return HEADING.test(lines.text);
}

/** How many block quotes the line stands in. */
function quoteDepth(lines: Lines, line: number): number {
  const { start } = spanOf(lines, line);
  return lines.text.slice(start, contentStart(lines, line)).split('>').length - 1;
}

/**
 * The text of a span with the quote signs of its later lines blanked out, as many as its first line has:
 * positions stay, and a formula line may begin with a sign of its own.
 */
export function maskedText(lines: Lines, span: Span): string {
  const raw = lines.text.slice(span.start, span.end);
  const first = lineAt(lines, span.start);
  const depth = quoteDepth(lines, first);
  if (depth === 0) return raw;
  const last = lineAt(lines, span.end);
  const parts: string[] = [lines.text.slice(span.start, Math.min(span.end, nextStart(lines, first)))];
  for (let line = first + 1; line <= last; line += 1) {
    const start = lines.index.starts[line] ?? span.end;
    const prefix = quotePrefix(lines, start, depth);
    const end = Math.min(span.end, nextStart(lines, line));
    parts.push(
      (' '.repeat(prefix) + lines.text.slice(start + prefix, end)).slice(0, Math.max(0, end - start)),
    );
  }
  return parts.join('');
}

function nextStart(lines: Lines, line: number): number {
  return lines.index.starts[line + 1] ?? lines.text.length;
}

function quotePrefix(lines: Lines, start: number, depth: number): number {
  let at = start;
  for (let k = 0; k < depth; k += 1) {
    QUOTES.lastIndex = at;
    at += QUOTES.exec(lines.text)?.[0].length ?? 0;
  }
  return at - start;
}
