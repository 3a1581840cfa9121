/** The gradient table as data: what `--format json` prints, and all that the other formats are made from. */
import type { Params } from '../ops/index.js';
import type { Shape } from '../tensor/index.js';

/** The parts of a table, in the order in which they are printed. */
export const sections = ['forward', 'local', 'chain', 'input', 'kernel', 'bias'] as const;
export type Section = (typeof sections)[number];

export interface TableTerm {
  /** Signed decimal integer. */
  readonly coefficient: string;
  /** Names of cells and of derivatives; the upstream gradient comes first. */
  readonly factors: readonly string[];
}

export interface TableCell {
  readonly of: Section;
  /** O_{11}, X_{12}, b, dO_{11}/dF_{12}. */
  readonly cell: string;
  /** As the cell's name counts; in a local gradient the output's index, then the other's. */
  readonly index: readonly number[];
  /** The right side: dL/dO_{11}*F_{12} + dL/dO_{12}*F_{11}; "0" for none. */
  readonly plain: string;
  readonly latex: string;
  readonly terms: readonly TableTerm[];
}

/** A gradient as one formula, with its left side. */
export interface ClosedForm {
  readonly latex: string;
  readonly text: string;
}

/** Roles that the operator does not have are absent. */
export interface GradientTable {
  readonly formatVersion: 1;
  readonly op: string;
  /** Every parameter: lists per axis, padding as [before, after] pairs. */
  readonly params: Params;
  /** Batch and channel axes only where they were given. */
  readonly shapes: { readonly input: Shape; readonly kernel?: Shape; readonly output: Shape };
  readonly cells: readonly TableCell[];
  readonly closedForms: {
    readonly input: ClosedForm;
    readonly kernel?: ClosedForm;
    readonly bias?: ClosedForm;
  };
}
