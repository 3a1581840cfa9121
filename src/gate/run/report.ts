/** What a gate says of a kernel, in the form of its JSON report. */
import type { Failure } from '../diagnosis/failure.js';
import type { Rung, Verdict } from '../judge/judge.js';
import type { Check } from '../plan/gate-case.js';
import type { ResultName } from '../subject/subject.js';

export interface GateReport {
  readonly formatVersion: 1;
  /** A path, a command, a name. */
  readonly kernel: string;
  readonly seed: number;
  readonly results: readonly GateResult[];
  readonly summary: { readonly verified: number; readonly failed: number; readonly skipped: number };
  /** True where it was ended before all cases were run: what is here holds for those that were. */
  readonly interrupted: boolean;
  /** What else is worth knowing: faults that did not come again, element types that are not judged. */
  readonly notes: readonly string[];
}

export interface GateResult {
  readonly op: string;
  readonly result: ResultName;
  readonly verdict: Verdict;
  /** The strongest that was shown, or the one at which it failed; null where nothing was run. */
  readonly rung: Rung | null;
  /** Cases that were run and that say something of this result. */
  readonly cases: number;
  /** Of the weakest exact configuration; null where none was exact. */
  readonly missProbability: number | null;
  /** Planted mistakes in this result: found, passed, and those that make no difference at the shapes that were run. */
  readonly mutants: { readonly killed: number; readonly live: number; readonly equivalent: number };
  readonly failure: Failure | null;
  /** Why it is skipped, or what happened to the kernel; '' where the verdict says all. */
  readonly reason: string;
  /** The end of what the kernel wrote to stderr, where it fell. */
  readonly stderr: string;
  /** Ids of planted mistakes that passed. */
  readonly survivors: readonly string[];
  /** What was shown, rung by rung. */
  readonly evidence: readonly Evidence[];
  /** The conditions of a call that the kernel declares, each with a verdict of its own. */
  readonly conditions: readonly Condition[];
  /** For which calls: shapes and parameters in words. */
  readonly domain: string;
}

export interface Evidence {
  readonly rung: Rung;
  readonly cases: number;
  /** Different shapes and parameters. */
  readonly configurations: number;
  /** The largest of these cases; null where none is known. */
  readonly missProbability: number | null;
  /** The rounding bound with the numbers of the case where it is largest; null where no difference was allowed. */
  readonly bound: string | null;
}

export interface Condition {
  readonly condition: Check;
  readonly verdict: Verdict;
  readonly cases: number;
  /** Why it was not tried; '' else. */
  readonly reason: string;
}
