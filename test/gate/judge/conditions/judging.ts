/** Judges kernels that are functions of this thread under one condition. */
import type { ConditionCheck } from '../../../../src/gate/judge/conditions/applies.js';
import { conditionJudges } from '../../../../src/gate/judge/conditions/judges.js';
import type { CaseOutcome, JudgeContext } from '../../../../src/gate/judge/judge.js';
import type { GateCase } from '../../../../src/gate/plan/gate-case.js';
import { openFunctions } from '../../../../src/gate/subject/in-process.js';
import { RESULTS, type Subject } from '../../../../src/gate/subject/subject.js';
import type { Params } from '../../../../src/ops/index.js';
import type { Shape } from '../../../../src/tensor/index.js';
import { configurations } from '../../mutants/configurations.js';

export const CONTEXT: JudgeContext = {
  ...{ hangMs: 60_000, missProbability: 1e-6, precision: null },
  results: RESULTS,
};

export type Plan = Pick<GateCase, 'shapes' | 'params'>;

export function caseOf(
  check: ConditionCheck,
  op: string,
  plan: Plan,
  more: Partial<GateCase> = {},
): GateCase {
  return { op, dtype: 'float64', check, filling: null, seed: 1, ...plan, ...more };
}

/** A kernel as people write it, of whatever form. */
export type Kernel = object;

export const subjectOf = (op: string, kernel: Kernel, declares?: object): Subject =>
  openFunctions(
    { [op]: declares ? { ...kernel, declares } : kernel } as unknown as Parameters<typeof openFunctions>[0],
    'test',
  );

export function judged(subject: Subject, one: GateCase, context = CONTEXT): Promise<CaseOutcome> {
  return conditionJudges[one.check as ConditionCheck](subject, subject.offers.get(one.op)!, one, context);
}

/** By result: agreed, skipped, or the verdict. */
export const verdicts = ({ findings }: CaseOutcome): Record<string, string> =>
  Object.fromEntries(
    Object.entries(findings).map(([result, finding]) => [
      result,
      finding.kind === 'failed' ? finding.verdict : finding.kind,
    ]),
  );

export const messages = ({ findings }: CaseOutcome): string[] =>
  Object.values(findings).flatMap(finding => (finding.kind === 'failed' ? [finding.message] : []));

/** Random calls of an operator, as the definition reads them. */
export const plansOf = (op: string, count: number, words = 'conditions'): Plan[] =>
  configurations(op, words, count).map(({ inputs, params }) => {
    const shapes = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape }]) => [name, shape as Shape]),
    );
    if (op === 'softmax_cross_entropy') shapes.target = shapes.x!;
    return { shapes, params: params as Params };
  });
