/** Mistakes planted on the cases of a run: a gate that does not find them has shown nothing. */
import type { JudgeContext } from '../judge/judge.js';
import { mutantsOf, rightKernel } from '../mutants/for-operator.js';
import type { ModuleKernel, Mutant } from '../mutants/kernel.js';
import { openFunctions } from '../subject/in-process.js';
import type { Offer, ResultName } from '../subject/subject.js';
import { differs } from './differs.js';
import type { Trial } from './trial.js';

/** What became of one planted mistake. */
export interface Planted {
  readonly mutant: Mutant;
  /** The case that found it; null: none did. */
  readonly killedBy: Trial | null;
  /** It makes no difference at these shapes: there is nothing to find. */
  readonly isEquivalent: boolean;
}

export interface PlantOptions {
  readonly context: Omit<JudgeContext, 'results'>;
  /** Of the kernel under test: mistakes are judged by what it declares. */
  readonly offer: Offer;
  /** Cases that the kernel under test has passed, the cheapest first. */
  readonly trials: readonly Trial[];
  /** Equivalent: on the operands of the cases themselves, or whatever the operands at their shapes. */
  readonly equivalence: 'operands' | 'shapes';
}

/** Plants every mistake of an operator that spoils this result. */
export async function plant(op: string, result: ResultName, options: PlantOptions): Promise<Planted[]> {
  const planted: Planted[] = [];
  for (const mutant of mutantsOf(op)) {
    if (mutant.result !== result) continue;
    const kernel = () => mutant.kernel(mutant.styles[0]!);
    const killedBy = await killingCase(op, result, kernel, options);
    const isEquivalent = killedBy === null && !isVisible(op, result, kernel, options);
    planted.push({ mutant, killedBy, isEquivalent });
  }
  return planted;
}

/** The first case that a kernel does not pass; one that declines every case has passed none. */
async function killingCase(
  op: string,
  result: ResultName,
  kernel: () => ModuleKernel,
  { context, offer, trials }: PlantOptions,
): Promise<Trial | null> {
  const { forward, backward } = kernel();
  const subject = openFunctions({ [op]: { forward, backward } }, op);
  let hasAgreed = false;
  for (const trial of trials) {
    const { findings } = await trial.judge(subject, offer, trial.one, { ...context, results: [result] });
    // What it does to its inputs shows in whichever result was asked for.
    const failed = Object.values(findings).some(finding => finding.kind === 'failed');
    if (failed) return trial;
    if (findings[result]?.kind === 'agreed') hasAgreed = true;
  }
  return hasAgreed ? null : (trials[0] ?? null);
}

function isVisible(
  op: string,
  result: ResultName,
  kernel: () => ModuleKernel,
  { trials, offer, equivalence }: PlantOptions,
): boolean {
  if (equivalence === 'operands') return false;
  return trials.some(({ one }) => differs(one, result, kernel(), rightKernel(op), offer.declares));
}
