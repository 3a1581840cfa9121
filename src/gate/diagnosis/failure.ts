/** A failed gradient as a record, in the form of the JSON report. */
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { VectorNumber } from '../vectors/case.js';

export interface Suspect {
  /** What went wrong, in words for the person who made it. */
  readonly mistake: string;
  readonly where: string;
  readonly evidence: string;
}

export interface Failure {
  readonly case: string;
  readonly params: Params;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** The first wrong element, zero-based. */
  readonly index: readonly number[];
  readonly expected: VectorNumber;
  readonly got: VectorNumber;
  /** How far from `expected` a right kernel may be: 0 on exact integers; null where nothing is near enough. */
  readonly bound: number | null;
  /** Null where the operator is no polynomial. */
  readonly expectedFormula: string | null;
  /** "not recovered: ..." with the reason, where the kernel computes nothing of this form. */
  readonly kernelFormula: string;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** The likeliest first. */
  readonly diagnosis: readonly Suspect[];
  readonly replay: string;
}
