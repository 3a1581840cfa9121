/** The gate judged: every planted mistake, in every style, on the pinned cases. */
import { setImmediate } from 'node:timers/promises';
import { operatorNamed } from '../../ops/index.js';
import type { JudgeContext, Rung } from '../judge/judge.js';
import { RIGHT } from '../mutants/catalogue.js';
import { mutantsOf, rightKernel } from '../mutants/for-operator.js';
import type { Mutant } from '../mutants/kernel.js';
import type { Check } from '../plan/gate-case.js';
import { openFunctions } from '../subject/in-process.js';
import { readDeclares } from '../subject/read-declares.js';
import type { Offer, ResultName } from '../subject/subject.js';
import { precisionFor } from '../vectors/precision.js';
import { failureOf } from './diagnosed.js';
import { planTrials } from './plan-trials.js';
import { isCondition } from './tally.js';
import type { Trial } from './trial.js';

export interface KillMatrix {
  readonly formatVersion: 1;
  readonly operators: readonly { readonly op: string; readonly mutants: readonly Treated[] }[];
}

export interface Treated {
  readonly id: string;
  /** The way of computing in which it was planted. */
  readonly style: string;
  readonly result: ResultName;
  /** The first pinned case that found it; without a rung where it declined every case, and so showed nothing. */
  readonly killedBy: { readonly check: Check; readonly rung: Rung | null; readonly case: string } | null;
  /** The diagnosis says the fault, or its place. */
  readonly named: boolean;
}

export interface DoctorOptions {
  /** All of the catalogue, unless named. */
  readonly ops?: readonly string[];
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Operators with a catalogue of faults. */
export const doctorOperators: readonly string[] = [...new Set(RIGHT.map(({ op }) => op))];

/**
 * Plants every mistake in every style, one kernel each, and diagnoses what the pinned cases find.
 * @throws BackproofError `unknown-operator`.
 */
export async function doctor({
  ops,
  onProgress = () => {},
  signal,
}: DoctorOptions = {}): Promise<KillMatrix> {
  const operators: { op: string; mutants: Treated[] }[] = [];
  for (const op of ops ?? doctorOperators) {
    const { offer, trials, context } = await hospital(op);
    const mutants: Treated[] = [];
    const planted = mutantsOf(op).flatMap(mutant => mutant.styles.map(style => ({ mutant, style })));
    for (const [k, { mutant, style }] of planted.entries()) {
      onProgress(`${op}: ${k} of ${planted.length} planted mistakes`);
      await setImmediate();
      if (signal?.aborted) return { formatVersion: 1, operators };
      mutants.push(await treated(mutant, style, offer, trials, context));
    }
    operators.push({ op, mutants });
  }
  return { formatVersion: 1, operators };
}

type Context = Omit<JudgeContext, 'results'>;

/** The pinned cases of an operator, for a kernel that declares all that the plainest right one does. */
async function hospital(op: string) {
  const operator = operatorNamed(op);
  const declares = readDeclares({ ...rightKernel(op).declares, dtypes: ['float64'] }, op);
  const offer: Offer = { op, passes: ['forward', 'backward'], declares };
  const { trials } = await planTrials(operator, offer, { dtype: 'float64', seed: 1, cases: 0 });
  const context: Context = {
    hangMs: 10_000,
    missProbability: 1e-9,
    precision: await precisionFor([operator]),
  };
  return { offer, context, trials: trials.filter(({ part }) => part === 'pinned') };
}

/** A fault is named by the dictionary; its formula would take longer, and is seldom wanted here. */
const FORMULA_CALLS = 10;

async function treated(
  mutant: Mutant,
  style: string,
  offer: Offer,
  trials: readonly Trial[],
  context: Context,
): Promise<Treated> {
  const { id, result, op } = mutant;
  const { forward, backward } = mutant.kernel(style);
  const subject = openFunctions({ [op]: { forward, backward } }, id);
  let hasAgreed = false;
  for (const trial of trials) {
    const { findings } = await trial.judge(subject, offer, trial.one, { ...context, results: [result] });
    const [wrong, finding] = Object.entries(findings).find(([, one]) => one.kind === 'failed') ?? [];
    if (finding?.kind !== 'failed') {
      hasAgreed ||= findings[result]?.kind === 'agreed';
      continue;
    }
    const options = {
      subject,
      hangMs: context.hangMs,
      replay: (text: string) => text,
      more: [],
      larger: null,
      maxCalls: FORMULA_CALLS,
    };
    const failure = await failureOf({ trial, finding }, wrong as ResultName, options);
    const { check } = trial.one;
    const named =
      isCondition(check) ||
      finding.verdict !== 'mismatch' ||
      failure.diagnosis.some(({ mistake, where }) => mistake.includes(`[${id}]`) || where === mutant.where);
    return { id, style, result, killedBy: { check, rung: finding.rung, case: trial.id }, named };
  }
  const [first] = trials;
  if (hasAgreed || !first) return { id, style, result, killedBy: null, named: false };
  return { id, style, result, killedBy: { check: first.one.check, rung: null, case: first.id }, named: true };
}
