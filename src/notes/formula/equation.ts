/** What the reader hands to the judge: one record per equation, read or not. */

import type { Span } from '../document/position.js';
import type { Bound, Formula } from './tree.js';

export type Equation = ReadEquation | UnreadEquation;

interface Located {
  /** Counts from 1 over the document, in reading order; an unread equation counts too. */
  readonly n: number;
  /** As written: `document.text.slice(span.start, span.end)` is its source. */
  readonly span: Span;
  /** Index of its region in the document. */
  readonly region: number;
}

/** `=`, `:=`, `\equiv`, `\approx`, `\leftarrow`. */
export type Relation = 'equal' | 'define' | 'identical' | 'approximate' | 'assign';

export interface ReadEquation extends Located {
  readonly kind: 'read';
  readonly left: Formula;
  readonly relation: Relation;
  readonly right: Formula;
  /**
   * `written`: both sides stand there. `chain`: the second or later link of a = b = c; `left` is the side before it.
   * `inherited`: the row or block begins with the relation sign; `left` is the head, and `previous` the side above.
   */
  readonly origin: 'written' | 'chain' | 'inherited';
  /** The first left side of the chain; `left` itself when `origin` is `written`. */
  readonly head: Formula;
  /** The side written just before the relation sign; equal to `left` except when inherited. */
  readonly previous: Formula;
  /** `, j = 1, \dots, d` behind the equation. */
  readonly ranges: readonly Bound[];
  /** What stands beside the equation and was not read as part of it: it may limit what the equation claims. */
  readonly notes: readonly Note[];
}

export interface Note {
  /** `label`: words. `tag`: an equation number. `condition`: "if ...", "for ...", "\in ..." that is not a range. */
  readonly kind: 'label' | 'tag' | 'condition';
  readonly text: string;
  readonly span: Span;
}

export interface UnreadEquation extends Located {
  readonly kind: 'unread';
  readonly failure: Failure;
}

/** Why something was not read, and where. */
export interface Failure {
  readonly code: FailureCode;
  readonly reason: string;
  readonly span: Span;
}

/**
 * `unclosed`: a delimiter, bracket or environment without its other half. `unknown-command`: LaTeX we do not know.
 * `unsupported`: known notation that is not read. `ambiguous`: more than one reading and nothing to decide by.
 * `too-deep`: nested beyond the limit. `syntax`: anything else that is no formula.
 */
export type FailureCode =
  | 'unclosed'
  | 'unknown-command'
  | 'unsupported'
  | 'ambiguous'
  | 'too-deep'
  | 'syntax';
