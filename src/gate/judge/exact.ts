/**
 * The strongest rungs for sums of products: integer probes compared with the exact result bit for bit, in whatever
 * order the kernel sums, and the adjoint of each probe.
 */
import type { Operator } from '../../ops/index.js';
import type { Answer, Offer, Pass, ResultName, Subject, WireTensor } from '../subject/subject.js';
import { firstImbalance, type Imbalance } from './adjoint.js';
import { type Budget, budgetFor, SIGNIFICAND } from './budget.js';
import { firstWrong, type Wrong } from './compare.js';
import {
  type Configuration,
  drawProbe,
  expectedOf,
  integersUpTo,
  type Probe,
  type ProbeDType,
  resultsOf,
  subjectCall,
} from './probe.js';

export interface ExactPlan {
  readonly operator: Operator;
  readonly configuration: Configuration;
  readonly dtype: ProbeDType;
  readonly seed: number;
  /** What all probes of this configuration together may miss. */
  readonly missProbability: number;
  readonly hangMs: number;
}

/** What is known of one result after the probes. */
export type Finding =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'wrong'; readonly probe: Probe; readonly wrong: Wrong }
  | { readonly kind: 'unbalanced'; readonly probe: Probe; readonly imbalance: Imbalance }
  | { readonly kind: 'mutated'; readonly probe: Probe; readonly names: readonly string[] }
  | { readonly kind: 'fault'; readonly probe: Probe; readonly answer: Extract<Answer, { kind: 'fault' }> };

export interface ExactOutcome {
  /** Null where not even +-1 stays exact: nothing was tried. */
  readonly budget: Budget | null;
  readonly probes: number;
  readonly findings: Readonly<Partial<Record<ResultName, Finding>>>;
}

/** A polynomial of degree 2 in the drawn values: x and w in y, yBar and w in dx; a gradient to b has 1. */
const DEGREE = 2;

/** Draws, calls and compares; stops at the first wrong probe of each result. */
export async function probeExactly(subject: Subject, offer: Offer, plan: ExactPlan): Promise<ExactOutcome> {
  const { operator, configuration, dtype, seed, hangMs } = plan;
  const budget = exactBudget(plan, offer);
  if (!budget) return { budget, probes: 0, findings: {} };
  const findings: Partial<Record<ResultName, Finding>> = {};
  const tell = (results: readonly ResultName[], finding: Finding): void => {
    for (const result of results) if (isOpen(findings[result])) findings[result] = finding;
  };
  let probes = 0;
  for (; probes < budget.probes; probes++) {
    const words = `exact ${seed} ${probes}`;
    const probe = drawProbe(operator, configuration, dtype, integersUpTo(budget.amplitude), words);
    const y = await callAndCompare(subject, offer, probe, 'forward', hangMs, tell);
    const gradients = await callAndCompare(subject, offer, probe, 'backward', hangMs, tell);
    const isBalanced = y?.y && gradients && findings.y?.kind === 'agreed';
    const imbalance = isBalanced ? firstImbalance(probe, y.y!, gradients) : null;
    if (imbalance) tell([imbalance.result], { kind: 'unbalanced', probe, imbalance });
    if (Object.values(findings).every(finding => !isOpen(finding))) break;
  }
  return { budget, probes: Math.min(budget.probes, probes + 1), findings };
}

/** Nothing found so far. */
const isOpen = (finding: Finding | undefined): boolean => finding === undefined || finding.kind === 'agreed';

type Outputs = Readonly<Partial<Record<ResultName, WireTensor>>>;

async function callAndCompare(
  subject: Subject,
  offer: Offer,
  probe: Probe,
  pass: Pass,
  hangMs: number,
  tell: (results: readonly ResultName[], finding: Finding) => void,
): Promise<Outputs | null> {
  const results = resultsOf(probe, pass);
  if (!offer.passes.includes(pass)) {
    tell(results, { kind: 'skipped', why: `no ${pass} pass` });
    return null;
  }
  const answer = await subject.call(subjectCall(probe, pass), { hangMs });
  if (answer.kind === 'skip') tell(results, { kind: 'skipped', why: answer.why });
  if (answer.kind === 'fault') tell(results, { kind: 'fault', probe, answer });
  if (answer.kind !== 'ok') return null;
  if (answer.mutated.length > 0) tell(results, { kind: 'mutated', probe, names: answer.mutated });
  for (const result of results) {
    const got = answer.outputs[result];
    if (pass === 'backward' && got === undefined) {
      tell([result], { kind: 'skipped', why: 'this gradient is not returned' });
      continue;
    }
    const wrong = firstWrong(expectedOf(probe, result), got);
    tell([result], wrong ? { kind: 'wrong', probe, wrong } : { kind: 'agreed' });
  }
  return answer.outputs;
}

/** From the longest sum that the call has: every product is 1 where every number is. */
function exactBudget(
  { operator, configuration, dtype, missProbability }: ExactPlan,
  offer: Offer,
): Budget | null {
  const ones = drawProbe(operator, configuration, 'float64', () => 1, 'ones');
  let products = 0;
  for (const result of [...resultsOf(ones, 'forward'), ...resultsOf(ones, 'backward')]) {
    const { numbers } = expectedOf(ones, result);
    for (let k = 0; k < numbers.length; k++) products = Math.max(products, numbers[k]!);
  }
  const bits = Math.min(SIGNIFICAND[dtype], SIGNIFICAND[offer.declares.accumulate ?? dtype]);
  const single = ones.inputs.b ? 1 : 0;
  return budgetFor({ products, single, bits, degree: DEGREE, missProbability });
}
