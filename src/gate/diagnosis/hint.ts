/** What a hint is, and what it is told from. */
import type { Definition } from './definition.js';
import type { Formula } from './formula.js';
import type { Settled } from './problem.js';

export interface Hint {
  /** A sentence for the person who made the mistake. */
  readonly says: string;
  /** How the formula shows it. */
  readonly evidence: string;
  /** Below that of likelier ones: what names a whole mistake comes before what only describes. */
  readonly rank: number;
}

/** One element: what the definition says, and what the kernel computes. */
export interface Element {
  readonly cell: number;
  readonly expected: Formula;
  readonly got: Formula;
}

export interface HintContext {
  readonly settled: Settled;
  readonly definition: Definition;
}
