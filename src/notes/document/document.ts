/** A document as the reader sees it: regions of mathematics and marks, in reading order. */

import type { Span } from './position.js';

export interface NotesDocument {
  readonly text: string;
  readonly regions: readonly Region[];
  readonly marks: readonly Mark[];
}

/** `environment`: a bare \begin{align}; `code-math`: a math fence; `plain`: a line of plain text. */
export type RegionKind = 'display' | 'inline' | 'environment' | 'code-math' | 'plain';

export interface Region {
  readonly kind: RegionKind;
  readonly syntax: 'latex' | 'plain';
  /** The content, delimiters excluded. */
  readonly span: Span;
  /** The content, as long as the span, with block quote prefixes blanked out: offset = span.start + index. */
  readonly text: string;
  /** The delimiter that was opened and never closed; null for a sound region. */
  readonly unclosed: string | null;
}

/** A comment that speaks to backproof: `<!-- backproof: ... -->`, `# backproof-off`. Not interpreted here. */
export interface Mark {
  /** `backproof`, `backproof-ignore-next`, `backproof-off`, `backproof-on`, or whatever else begins so. */
  readonly name: string;
  /** What follows the name and its colon, trimmed; `bodySpan` locates it. */
  readonly body: string;
  readonly bodySpan: Span;
  /** The whole comment. */
  readonly span: Span;
  /** False if the comment never ends; its body is then the rest of its line. */
  readonly closed: boolean;
}

export type Format = 'markdown' | 'text';
