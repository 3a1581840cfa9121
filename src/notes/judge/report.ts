/** The outward form of a checked file: one entry of `files` in the JSON of the check command. */
import type { Judgement } from './verdict.js';

export interface FileReport {
  readonly path: string;
  readonly setups: readonly SetupReport[];
  readonly summary: Summary;
  readonly equations: readonly EquationReport[];
}

export interface Summary {
  readonly equations: number;
  readonly correct: number;
  readonly wrong: number;
  readonly unchecked: number;
}

export interface SetupReport {
  readonly operator: string;
  /** What each name was taken for: `input: X[3,3]`. */
  readonly roles: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inferredFrom: readonly number[];
}

/** The verdict on one equation, placed in its document. */
export interface EquationReport extends Judgement {
  readonly n: number;
  /** 1-based; columns in UTF-16 units, ends exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The notebook cell. */
  readonly cell: number | null;
  readonly source: string;
  /** Place in `setups`. */
  readonly setup: number | null;
}
