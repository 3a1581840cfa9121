/** All cases of one operator, run against a kernel. */
import { setImmediate } from 'node:timers/promises';
import { type Operator, operatorNamed } from '../../ops/index.js';
import type { JudgeContext } from '../judge/judge.js';
import type { GateCase } from '../plan/gate-case.js';
import { type Offer, RESULTS, type ResultName, type Subject } from '../subject/subject.js';
import { precisionFor } from '../vectors/precision.js';
import { planTrials } from './plan-trials.js';
import { Tally } from './tally.js';
import type { Trial } from './trial.js';

export interface Session {
  readonly subject: Subject;
  readonly seed: number;
  /** Random configurations for each operator and element type. */
  readonly cases: number;
  readonly hangMs: number;
  /** Instead of the plan. */
  readonly trials: readonly Trial[] | null;
  readonly onProgress: (text: string) => void;
  readonly signal: AbortSignal | undefined;
}

export interface OperatorRun {
  readonly operator: Operator;
  /** Null where the kernel has no such operator. */
  readonly offer: Offer | null;
  readonly tallies: readonly Tally[];
  readonly domain: string;
  /** Element types that are declared and not judged. */
  readonly notJudged: readonly string[];
  readonly context: Omit<JudgeContext, 'results'>;
  readonly isWhole: boolean;
}

/** What the probes of one configuration together may miss. */
const MISS_PROBABILITY = 1e-9;
const JUDGED: readonly GateCase['dtype'][] = ['float64', 'float32'];

export async function runOperator(session: Session, op: string): Promise<OperatorRun> {
  const operator = operatorNamed(op);
  const offer = session.subject.offers.get(op) ?? null;
  const precision = offer ? await precisionFor([operator]) : null;
  const context = { hangMs: session.hangMs, missProbability: MISS_PROBABILITY, precision };
  const tallies = resultsOf(operator).map(result => new Tally(result));
  const run = { operator, offer, tallies, context };
  if (!offer) return { ...run, domain: '', notJudged: [], isWhole: true };
  const domains: string[] = [];
  let isWhole = true;
  for (const [label, trials] of await trialsOf(session, operator, offer, tallies)) {
    domains.push(label);
    isWhole = (await judgeAll(session, run, offer, trials)) && isWhole;
  }
  const notJudged = offer.declares.dtypes.filter(dtype => !JUDGED.some(one => one === dtype));
  return { ...run, domain: domains.join('; '), notJudged, isWhole };
}

/** y, and the gradients that kernels return for this operator. */
const resultsOf = ({ inputs }: Operator): ResultName[] =>
  RESULTS.filter(result => result === 'y' || Object.hasOwn(inputs, result.slice(1)));

async function trialsOf(
  { trials, seed, cases }: Session,
  operator: Operator,
  offer: Offer,
  tallies: readonly Tally[],
): Promise<(readonly [domain: string, trials: readonly Trial[]])[]> {
  if (trials) {
    const own = trials.filter(({ one }) => one.op === operator.name);
    return [[`${own.length} given case${own.length === 1 ? '' : 's'}`, own]];
  }
  const dtypes = JUDGED.filter(dtype => offer.declares.dtypes.includes(dtype));
  const plans = await Promise.all(dtypes.map(dtype => planTrials(operator, offer, { dtype, seed, cases })));
  for (const { check, reason } of plans[0]?.notTried ?? []) {
    for (const tally of tallies) tally.notTried(check, reason);
  }
  return plans.map(plan => [plan.domain, plan.trials] as const);
}

/** False where it was ended before all were run. */
async function judgeAll(
  { subject, onProgress, signal }: Session,
  { operator, tallies, context }: Pick<OperatorRun, 'operator' | 'tallies' | 'context'>,
  offer: Offer,
  trials: readonly Trial[],
): Promise<boolean> {
  for (const [k, trial] of trials.entries()) {
    const open = tallies.filter(({ failure }) => failure === null);
    if (open.length === 0) return true;
    if (k % 16 === 0) {
      onProgress(`${operator.name} ${trial.one.dtype}: ${k} of ${trials.length} cases`);
      // Kernels of this thread leave no other moment for a signal to be heard.
      await setImmediate();
    }
    if (signal?.aborted) return false;
    const results = open.map(({ result }) => result);
    const outcome = await trial.judge(subject, offer, trial.one, { ...context, results });
    for (const tally of open) tally.add(trial, outcome);
  }
  return true;
}
