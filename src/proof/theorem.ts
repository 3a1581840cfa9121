/** What a proof attempt returns, whatever its rung. */

export type Verdict = 'PROVED' | 'REFUTED' | 'UNKNOWN' | 'REJECTED';

/** Where a claim and the definition differ first. */
export interface Counterexample {
  /** The cell of the gradient, zero-based. */
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

export interface TheoremReport {
  readonly id: string;
  readonly operator: string;
  readonly wrt: string;
  readonly verdict: Verdict;
  readonly rung: 'one-shape';
  /** "for all values of ... with shapes ...". */
  readonly domain: string;
  readonly assumptions: readonly string[];
  /** The claim as text. */
  readonly claim: string;
  readonly cells: number;
  readonly products: number;
  readonly certificate: null;
  readonly counterexample: Counterexample | null;
  /** Why nothing was shown, for UNKNOWN. */
  readonly residual: string | null;
  readonly ms: number;
}
