/** What an equation claims, and what a diagnosis says of it. */
import type { Expr } from '../../expr/index.js';
import type { Formula } from '../formula/tree.js';
import type { Atom } from './atom.js';
import type { Matching } from './match.js';
import type { Given } from './model.js';
import type { IdealTerm } from './terms.js';

export type Slip =
  | 'index'
  | 'sign'
  | 'missing-term'
  | 'extra-term'
  | 'swapped-names'
  | 'coefficient'
  | 'left-side'
  | 'unrotated-kernel'
  | 'transposed'
  | 'range'
  | 'number';

export interface Diagnosis {
  readonly slip: Slip | null;
  /** The two sides of the right equation, in the order of the wrong one. */
  readonly head: Formula;
  readonly side: Formula;
  readonly missing: readonly Formula[];
  readonly extra: readonly Formula[];
  /** What is wrong, as data for the message. */
  readonly kind: 'left-side' | 'rotated' | 'transposed' | 'terms' | 'rebuilt';
  readonly matching: Matching | null;
  /** The tensors whose indices are turned, for `rotated` and `transposed`. */
  readonly turned: readonly Given[];
}

/** The side that claims something, and what it should be equal to. */
export interface Claim {
  /** The quantity on the other side, where it is one. */
  readonly head: Atom | null;
  readonly headFormula: Formula;
  readonly side: Formula;
  readonly target: Expr;
  /** Whether the other side is that quantity alone, so that another one may take its place. */
  readonly alone: boolean;
  /** Terms that dots on this side stand for. */
  readonly hidden: readonly IdealTerm[];
  /** How often each quantity stands alone on a left side of the document. */
  readonly heads: ReadonlyMap<string, number>;
}
