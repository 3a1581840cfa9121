/** A document whose mathematics is between dollars, found the simplest way; comments become marks. */
import type { Mark, NotesDocument, Region } from '../../../src/notes/document/document.js';
import { markIn } from '../../../src/notes/document/marks.js';
import { type LineIndex, lineIndex } from '../../../src/notes/document/position.js';
import type { Equation } from '../../../src/notes/formula/equation.js';
import { readEquations } from '../../../src/notes/formula/equations.js';

export function documentOf(text: string): NotesDocument {
  const regions = [...text.matchAll(/\$\$([^$]*)\$\$|\$([^$]*)\$/g)].map((match): Region => {
    const content = match[1] ?? match[2] ?? '';
    const start = match.index + (match[1] === undefined ? 1 : 2);
    const kind = match[1] === undefined ? 'inline' : 'display';
    const span = { start, end: start + content.length };
    return { kind, syntax: 'latex', span, text: content, unclosed: null };
  });
  const marks = [...text.matchAll(/<!--([\s\S]*?)(-->|$)/g)].flatMap((match): Mark[] => {
    const span = { start: match.index, end: match.index + match[0].length };
    const inner = { start: span.start + 4, end: span.end - match[2]!.length };
    const mark = markIn(text, span, inner, match[2] !== '');
    return mark === null ? [] : [mark];
  });
  return { text, regions, marks };
}

export interface ReadText {
  readonly document: NotesDocument;
  readonly equations: readonly Equation[];
  readonly lines: LineIndex;
}

export function readText(text: string): ReadText {
  const document = documentOf(text);
  return { document, equations: readEquations(document), lines: lineIndex(text) };
}

/** One equation per line. */
export const readLines = (lines: readonly string[]): ReadText =>
  readText(lines.map(line => `$${line}$`).join('\n'));
