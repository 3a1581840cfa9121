/** A network as a table: what `--format json` prints, and all that the other formats are made from. */
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { ClosedForm } from '../gradient-table.js';
import type { NetworkCheck } from './check.js';
import type { TensorKind } from './network.js';

/** The parts of a network's table, in the order in which they are printed. */
export const networkSections = [
  'layers',
  'closed-forms',
  'check',
  'forward',
  'gradients',
  'substituted',
] as const;
export type NetworkSection = (typeof networkSections)[number];

export interface LayerRow {
  readonly name: string;
  readonly op: string;
  /** The tensor that each input reads: { x: 'X', w: 'W1' }. */
  readonly reads: Readonly<Record<string, string>>;
  /** Every parameter: lists per axis, padding as [before, after] pairs. */
  readonly params: Params;
  /** conv2d(X, W1, padding=1): the parameters that were given. */
  readonly text: string;
  readonly output: Shape;
  /** Names of the parameters that it brings. */
  readonly brings: readonly string[];
  /** Cells of these. */
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/** One equation: a cell or a derivative, and what it is. */
export interface NetworkCell {
  readonly of: 'forward' | 'gradients' | 'substituted';
  /** The tensor whose cell, or whose gradient's cell, stands on the left. */
  readonly tensor: string;
  /** As the cell's name counts. */
  readonly index: readonly number[];
  readonly left: string;
  readonly plain: string;
  readonly leftLatex: string;
  readonly latex: string;
}

export interface NetworkClosedForm extends ClosedForm {
  /** The tensor of the gradient. */
  readonly of: string;
}

export interface NetworkTable {
  readonly formatVersion: 1;
  readonly op: 'network';
  readonly input: string;
  readonly output: string;
  /** The output itself, or any function of it. */
  readonly loss: string;
  readonly tensors: readonly { readonly name: string; readonly kind: TensorKind; readonly shape: Shape }[];
  readonly layers: readonly LayerRow[];
  readonly totals: { readonly parameters: number; readonly multiplyAdds: number };
  /** Last layer first. */
  readonly closedForms: readonly NetworkClosedForm[];
  /** Where it was asked for. */
  readonly check?: NetworkCheck;
  readonly cells: readonly NetworkCell[];
  /** The parts that were asked for. */
  readonly sections: readonly NetworkSection[];
}
