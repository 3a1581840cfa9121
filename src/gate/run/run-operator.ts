/** All cases of one operator, run against a kernel. */
import { setImmediate } from 'node:timers/promises';
import { type Operator, operatorNamed } from '../../ops/index.js';
import type { FailedVerdict, JudgeContext } from '../judge/judge.js';
import type { Check, Configuration, GateCase } from '../plan/gate-case.js';
import { type Offer, RESULTS, type ResultName, type Subject } from '../subject/subject.js';
import { precisionFor } from '../vectors/precision.js';
import { planTrials } from './plan-trials.js';
import { Tally } from './tally.js';
import { cellsOf, LARGE, type Trial } from './trial.js';

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
  /** Small calls of the plan, whatever came of them. */
  readonly calls: readonly Configuration[];
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
  if (!offer) return { ...run, domain: '', calls: [], notJudged: [], isWhole: true };
  const domains = new Map<string, string[]>();
  const calls: Configuration[] = [];
  let isWhole = true;
  for (const { dtype, domain, trials } of await trialsOf(session, operator, offer, tallies)) {
    domains.set(domain, [...(domains.get(domain) ?? []), dtype]);
    calls.push(...smallCalls(trials));
    isWhole = (await judgeAll(session, run, offer, trials)) && isWhole;
  }
  const notJudged = offer.declares.dtypes.filter(dtype => !JUDGED.some(one => one === dtype));
  const words = [...domains].map(([domain, dtypes]) => `${dtypes.join(' and ')}: ${domain}`);
  return { ...run, domain: `${isWhole ? '' : 'a part of '}${words.join('; ')}`, calls, notJudged, isWhole };
}

/** Of golden vectors none: theirs may be of any size. */
function smallCalls(trials: readonly Trial[]): Configuration[] {
  const own = trials.filter(trial => trial.part === 'pinned' && cellsOf(trial) <= LARGE);
  const known = new Map(
    own.map(({ one: { shapes, params } }) => [JSON.stringify([shapes, params]), { shapes, params }]),
  );
  return [...known.values()];
}

/** y, and the gradients that kernels return for this operator. */
const resultsOf = ({ inputs }: Operator): ResultName[] =>
  RESULTS.filter(result => result === 'y' || Object.hasOwn(inputs, result.slice(1)));

interface Part {
  readonly dtype: string;
  readonly domain: string;
  readonly trials: readonly Trial[];
}

async function trialsOf(
  { trials, seed, cases }: Session,
  operator: Operator,
  offer: Offer,
  tallies: readonly Tally[],
): Promise<readonly Part[]> {
  if (trials) {
    const own = trials.filter(({ one }) => one.op === operator.name);
    const dtype = [...new Set(own.map(({ one }) => one.dtype))].join(' and ');
    return [{ dtype, domain: `${own.length} given case${own.length === 1 ? '' : 's'}`, trials: own }];
  }
  const dtypes = JUDGED.filter(dtype => offer.declares.dtypes.includes(dtype));
  const plans = await Promise.all(dtypes.map(dtype => planTrials(operator, offer, { dtype, seed, cases })));
  for (const { check, reason } of plans[0]?.notTried ?? []) {
    for (const tally of tallies) tally.notTried(check, reason);
  }
  return plans.map(({ domain, trials: own }, k) => ({ dtype: dtypes[k]!, domain, trials: own }));
}

/** Checks that run a pass only for a result of it that is still open. */
const ASKS_ONCE: readonly Check[] = ['exact', 'bounded'];

/** A pass that falls would take the other one's checks along: each fall costs a start, and there are few. */
const hasFallen = (tallies: readonly Tally[]): boolean =>
  tallies.some(({ failure }) => failure !== null && FALLS.includes(failure.finding.verdict));

const FALLS: readonly FailedVerdict[] = ['crash', 'hang', 'protocol', 'startup'];

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
    if (hasFallen(tallies) && !ASKS_ONCE.includes(trial.one.check)) continue;
    const results = open.map(({ result }) => result);
    const isOfSweep = trial.part === 'sweep';
    const outcome = await trial.judge(subject, offer, trial.one, { ...context, results, isOfSweep });
    for (const tally of open) tally.add(trial, outcome);
  }
  return true;
}
