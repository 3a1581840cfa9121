/** What a proof attempt returns, whatever its rung. */
import type { Theorem } from './statement/theorem.js';
import type { Proof } from './trusted/check.js';

export type Verdict = 'PROVED' | 'REFUTED' | 'UNKNOWN' | 'REJECTED';

/** Where a claim and the definition differ first. */
export interface Counterexample {
  /** Values of every size and parameter; null where the report's domain is one shape. */
  readonly sizes: Readonly<Record<string, number>> | null;
  /** The cell of the gradient, zero-based: the values of the theorem's free indices. */
  readonly index: readonly number[];
  readonly definition: string;
  readonly claim: string;
  /** The first monomial whose coefficients differ, and both coefficients. */
  readonly monomial: string;
  readonly definitionCoefficient: string;
  readonly claimCoefficient: string;
  /** Known mistakes that make exactly this claim at this shape. */
  readonly mistakes: readonly { readonly name: string; readonly says: string }[];
}

interface Report {
  readonly id: string;
  /** Null for a theorem that is about no single operator. */
  readonly operator: string | null;
  readonly wrt: string | null;
  readonly verdict: Verdict;
  /** "for all values of ... with shapes ...", "for all integers N, L1, ...". */
  readonly domain: string;
  readonly assumptions: readonly string[];
  /** The claim as text. */
  readonly claim: string;
  readonly counterexample: Counterexample | null;
  /** Why nothing was shown, for UNKNOWN and REJECTED; for PROVED, that both sides may always be 0. */
  readonly residual: string | null;
  readonly ms: number;
}

export interface OneShapeReport extends Report {
  readonly rung: 'one-shape';
  readonly cells: number;
  readonly products: number;
  readonly certificate: null;
}

export interface AllShapesReport extends Report {
  readonly rung: 'all-shapes';
  /** The JSON object that `checkCertificate` accepts; null unless PROVED. */
  readonly certificate: object | null;
  readonly theorem: Theorem;
  readonly proof: Proof | null;
}

export type TheoremReport = OneShapeReport | AllShapesReport;
