/** Plain text: one formula per line, carried on where a line ends or begins with an operator; `#` lines are comments. */

import type { Mark, NotesDocument, Region } from './document.js';
import { isPunctuation, trimmedEnd } from './ends.js';
import { type Lines, linesOf, spanOf } from './lines.js';
import { markIn } from './marks.js';
import { plainLine } from './plain-line.js';
import type { Span } from './position.js';

export function readText(text: string): NotesDocument {
  const lines = linesOf(text);
  const regions: Region[] = [];
  const marks: Mark[] = [];
  let line = 0;
  while (line < lines.count) {
    const span = spanOf(lines, line);
    const hash = /^\s*#+/.exec(text.slice(span.start, span.end))?.[0];
    const inner = { start: span.start + (hash?.length ?? 0), end: span.end };
    const mark = hash === undefined ? null : markIn(text, { ...span, start: inner.start - 1 }, inner, true);
    if (mark !== null) marks.push(mark);
    const last = hash === undefined ? formulaFrom(lines, line, regions) : line;
    line = last + 1;
  }
  return { text, regions, marks };
}

/** Adds the formula that begins on a line, if there is one; the last line it takes. */
function formulaFrom(lines: Lines, line: number, regions: Region[]): number {
  const span = spanOf(lines, line);
  const latex = latexLine(lines.text, span);
  const first = latex ?? plainLine(lines.text, span);
  if (first === null) return line;
  let end = first.end;
  let last = line;
  while (latex === null && last + 1 < lines.count && carriesOn(lines, end, last + 1)) {
    last += 1;
    const next = spanOf(lines, last);
    end = next.start + trimmedEnd(lines.text.slice(next.start, next.end), 0, isPunctuation);
  }
  const whole = { start: first.start, end };
  const content = lines.text.slice(whole.start, whole.end);
  const syntax = latex === null ? 'plain' : 'latex';
  regions.push({ kind: 'plain', syntax, span: whole, text: content, unclosed: null });
  return last;
}

const LATEX = /\\[A-Za-z]{2,}|\\\\\s*$|^\s*\$.*\$\s*$/;

/** A line with LaTeX commands or dollars is LaTeX, its dollars and \[ \] left out. */
function latexLine(text: string, line: Span): Span | null {
  const raw = text.slice(line.start, line.end);
  if (!LATEX.test(raw) || !raw.includes('=')) return null;
  const lead = /^(?:\s|\$|\\[[(])*/.exec(raw)?.[0].length ?? 0;
  const bare = trimmedEnd(raw, lead, character => /[\s$]/.test(character));
  const trail = /\\[\])]$/.test(raw.slice(lead, bare)) ? bare - 2 : bare;
  return trail > lead ? { start: line.start + lead, end: line.start + trail } : null;
}

const OPERATOR_END = /[-+*/·×⋅=(,]\s*$/;

/** The formula before ends with an operator, or this line begins with one and is no bullet before an equation. */
function carriesOn(lines: Lines, end: number, line: number): boolean {
  const { start, end: stop } = spanOf(lines, line);
  const raw = lines.text.slice(start, stop);
  if (raw.trim() === '' || /^\s*#/.test(raw)) return false;
  const open = OPERATOR_END.test(lines.text.slice(Math.max(0, end - 20), end));
  if (/^\s*=/.test(raw)) return true;
  return !raw.includes('=') && (open || /^\s*[-+*/·×⋅−]/.test(raw));
}
