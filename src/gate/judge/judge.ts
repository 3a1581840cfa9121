/** What judging one case says of each result of a kernel. */
import type { GateCase } from '../plan/gate-case.js';
import type { Offer, ResultName, Subject } from '../subject/subject.js';
import type { Precision } from '../vectors/precision.js';
import type { Bound, Wrong } from './compare.js';

/** Kinds of evidence, the strongest first. */
export const RUNGS = ['exact', 'adjoint', 'exact-difference', 'bounded', 'sampled'] as const;
export type Rung = (typeof RUNGS)[number];

/** What a gate says of a result; only `verified` is a pass. */
export const VERDICTS = [
  'crash',
  'hang',
  'protocol',
  'startup',
  'mutated-input',
  'mismatch',
  'unwritten',
  'nondeterministic',
  'suspect',
  'skipped',
  'verified',
] as const;
export type Verdict = (typeof VERDICTS)[number];
export type FailedVerdict = Exclude<Verdict, 'skipped' | 'verified'>;

export type Finding =
  | { readonly kind: 'agreed'; readonly rung: Rung; readonly bound?: Bound }
  | { readonly kind: 'skipped'; readonly why: string }
  | {
      readonly kind: 'failed';
      readonly verdict: FailedVerdict;
      /** At which it was seen. */
      readonly rung: Rung;
      /** The first wrong cell; null where it is not about cells. */
      readonly wrong: Wrong | null;
      /** One sentence: what happened, for verdicts other than `mismatch` at a cell. */
      readonly message: string;
      /** The end of what the kernel wrote to stderr. */
      readonly stderr: string;
    };

export interface CaseOutcome {
  /** Results that this case says nothing of are absent. */
  readonly findings: Readonly<Partial<Record<ResultName, Finding>>>;
  /** That a wrong polynomial passes this case; null where no probability is known. */
  readonly missProbability: number | null;
  /** Calls of the kernel. */
  readonly calls: number;
}

export interface JudgeContext {
  readonly hangMs: number;
  /** What the probes of one case together may miss. */
  readonly missProbability: number;
  /** For operators that are not rational: `precisionFor` has it. */
  readonly precision: Precision | null;
  /** One of thousands of small calls: independent probes alone, since additivity is tried at others. */
  readonly isOfSweep?: boolean;
  /** Results that are still of interest; the others need not be asked for. */
  readonly results: readonly ResultName[];
}

/** Never rejects for anything that the kernel does. */
export type Judge = (
  subject: Subject,
  offer: Offer,
  one: GateCase,
  context: JudgeContext,
) => Promise<CaseOutcome>;
