/** A whole gate: every operator that a kernel offers, every result, every case of the plan. */
import { BackproofError } from '../../error.js';
import type { Failure } from '../diagnosis/failure.js';
import type { Configuration, GateCase } from '../plan/gate-case.js';
import type { Subject } from '../subject/subject.js';
import type { VectorCase } from '../vectors/case.js';
import { failureOf } from './diagnosed.js';
import type { GateReport, GateResult } from './report.js';
import { type OperatorRun, runOperator, type Session } from './run-operator.js';
import { shrunk } from './shrink.js';
import type { FirstFailure, Tally } from './tally.js';
import { cellsOf, LARGE, type Trial, trialOf } from './trial.js';
import { vectorTrials } from './vector-trials.js';
import { verdictOf } from './verdicts.js';

export interface GateOptions {
  /** All that the kernel offers, unless named. */
  readonly ops?: readonly string[];
  /** Of every random choice; 1. */
  readonly seed?: number;
  /** Random configurations for each operator and element type; 100. */
  readonly cases?: number;
  /** This one case and no other. */
  readonly only?: GateCase;
  /** These golden vectors, and no generated case. */
  readonly vectors?: { readonly file: string; readonly cases: readonly VectorCase[] };
  /** Limit for one call of the kernel; 10 000. */
  readonly hangMs?: number;
  /** The command, or the line of code, that runs a case again; by its id. */
  readonly replay?: (id: string) => string;
  readonly onProgress?: (text: string) => void;
  /** Ends it after the case that is running; what is known so far is reported. */
  readonly signal?: AbortSignal;
}

/** Verdicts whose case is made smaller: calling the kernel again costs nothing there. */
const SHRINKABLE: readonly string[] = ['mismatch', 'mutated-input', 'unwritten', 'nondeterministic'];

/** Calls on which an explanation has to hold as well. */
const MORE = 5;

/**
 * Judges a kernel, and plants mistakes on the same cases to judge itself.
 * @throws BackproofError `unknown-operator`, `bad-seed`, `bad-cases`, and what malformed golden vectors are refused for.
 */
export async function runGate(subject: Subject, options: GateOptions = {}): Promise<GateReport> {
  const { seed = 1, cases = 100, hangMs = 10_000, onProgress = () => {}, signal } = options;
  checkCount('seed', seed);
  checkCount('cases', cases);
  const trials = await givenTrials(options);
  const session: Session = { subject, seed, cases, hangMs, trials, onProgress, signal };
  const asked = options.ops ?? (trials ? trials.map(({ one }) => one.op) : [...subject.offers.keys()]);
  const runs: OperatorRun[] = [];
  for (const op of new Set(asked)) runs.push(await runOperator(session, op));
  const results: GateResult[] = [];
  for (const run of runs) {
    for (const tally of run.tallies) {
      onProgress(`${run.operator.name} ${tally.result}: planted mistakes, diagnosis`);
      results.push(await verdictOf(run, tally, await explained(session, run, tally, options)));
    }
  }
  return {
    ...{ formatVersion: 1, kernel: subject.name, seed, results, summary: summaryOf(results) },
    ...{ interrupted: runs.some(({ isWhole }) => !isWhole), notes: notesOf(subject, runs) },
  };
}

async function givenTrials({ only, vectors }: GateOptions): Promise<readonly Trial[] | null> {
  if (vectors) return vectorTrials(vectors.cases);
  return only ? [trialOf(only, 'pinned')] : null;
}

/** The failing case made small, and read. */
async function explained(
  session: Session,
  run: OperatorRun,
  tally: Tally,
  { replay = id => `backproof gate --case '${id}'` }: GateOptions,
): Promise<Failure | null> {
  const { failure, result } = tally;
  const { offer, context } = run;
  if (!failure || !offer) return null;
  const { subject, signal, hangMs } = session;
  const judge = (trial: Trial) => trial.judge(subject, offer, trial.one, { ...context, results: [result] });
  const isSmall = !SHRINKABLE.includes(failure.finding.verdict) || failure.trial.part === 'vector';
  const smallest = isSmall ? failure : await shrunk(failure, result, judge, signal);
  const more = otherCalls(run, failure, smallest);
  const isMade = smallest !== failure && cellsOf(failure.trial) <= LARGE;
  const larger = isMade ? failure : null;
  // Who ends a gate wants what is known, and waits for no formula.
  const limit = signal?.aborted ? { maxCalls: 0 } : {};
  return failureOf(smallest, result, { subject, hangMs, replay, more, larger, ...limit });
}

/** The case as it was before it was made smaller, and calls of the plan. */
function otherCalls({ calls }: OperatorRun, failure: FirstFailure, smallest: FirstFailure): Configuration[] {
  const { shapes, params } = failure.trial.one;
  return [...(failure === smallest ? [] : [{ shapes, params }]), ...calls.slice(0, MORE)];
}

function summaryOf(results: readonly GateResult[]): GateReport['summary'] {
  const count = (verdict: string) => results.filter(one => one.verdict === verdict).length;
  const [verified, skipped] = [count('verified'), count('skipped')];
  return { verified, failed: results.length - verified - skipped, skipped };
}

function notesOf(subject: Subject, runs: readonly OperatorRun[]): string[] {
  const flaky = 'flaky' in subject ? (subject.flaky as readonly { readonly message: string }[]) : [];
  return [
    ...flaky.map(({ message }) => `a fault that did not come again: ${message}`),
    ...runs.flatMap(({ operator, notJudged }) =>
      notJudged.length === 0
        ? []
        : [`${operator.name}: ${notJudged.join(', ')} is declared, and not judged yet`],
    ),
  ];
}

function checkCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new BackproofError({
    code: `bad-${name}`,
    where: 'gate',
    what: `the ${name} cannot be used`,
    expected: 'an integer from 0',
    got: String(value),
    fix: `Pass another ${name}.`,
    data: { [name]: value },
  });
}
