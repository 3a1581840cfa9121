/** A statement with what people need to read it. */
import type { Statement } from '../trusted/statement.js';
import type { Draft } from './draft.js';

/** What the given tensors of a statement stand for. */
export type Meaning = Pick<Draft, 'definitions' | 'opaques' | 'maxima' | 'units'>;

export interface Theorem {
  /** "conv2d/x", "conv2d/x/adjoint", "im2col/gemm-2d". */
  readonly id: string;
  /** The registry's operator and the input whose gradient is claimed; null where the theorem is about neither. */
  readonly operator: string | null;
  readonly wrt: string | null;
  /** The claim as a formula: "dx = crop(correlate(...), start=a, length=L)". */
  readonly claim: string;
  /** What given tensors of the statement stand for, and what is known of them: "e[n] = exp(x[n]), with exp' = exp". */
  readonly readings?: readonly string[];
  /** The same for programs; absent where every tensor is given. */
  readonly meaning?: Meaning;
  readonly statement: Statement;
}
