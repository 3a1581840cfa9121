/** The outward form of a checked file: one entry of `files` in the JSON of the check command. */
import type { Slip } from './claim.js';
import type { Rule } from './refusal.js';

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

export interface EquationReport {
  readonly n: number;
  /** 1-based; columns in UTF-16 units, ends exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The notebook cell. */
  readonly cell: number | null;
  readonly source: string;
  readonly verdict: 'correct' | 'wrong' | 'unchecked';
  readonly rule: Rule;
  readonly rung: 'one-shape' | null;
  readonly domain: string | null;
  readonly message: string;
  readonly reason: string | null;
  /** LaTeX. */
  readonly expected: string | null;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly slip: Slip | null;
  /** Place in `setups`. */
  readonly setup: number | null;
}
