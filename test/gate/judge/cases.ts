/** Cases of a gate for tests, and what a kernel makes of them. */
import { fillingsFor } from '../../../src/gate/judge/fillings.js';
import type { CaseOutcome, Finding, JudgeContext } from '../../../src/gate/judge/judge.js';
import { type ValueCheck, valueJudges } from '../../../src/gate/judge/judge-case.js';
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import type { GateCase } from '../../../src/gate/plan/gate-case.js';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import { RESULTS, type ResultName, type Subject } from '../../../src/gate/subject/subject.js';
import { writtenParams } from '../../../src/gate/vectors/format.js';
import { operatorNamed, resolve } from '../../../src/ops/index.js';
import type { Shape } from '../../../src/tensor/index.js';
import { configurations, type Fixed } from '../mutants/configurations.js';
import { precision } from '../vectors/cases.js';

export const CHECKS = Object.keys(valueJudges) as readonly ValueCheck[];

export const context: JudgeContext = { hangMs: 10_000, missProbability: 1e-9, precision, results: RESULTS };

export const judged = (
  subject: Subject,
  one: GateCase & { readonly check: ValueCheck },
  change: Partial<JudgeContext> = {},
): Promise<CaseOutcome> =>
  valueJudges[one.check](subject, subject.offers.get(one.op)!, one, { ...context, ...change });

/** A new subject: it remembers nothing of other cases. */
export const subjectFrom = (op: string, kernel: ModuleKernel): Subject =>
  openFunctions({ [op]: kernel } as Parameters<typeof openFunctions>[0], 'test');

export type ValueCase = GateCase & { readonly check: ValueCheck };

/** Every check with every filling at random configurations, one after another. */
export function casesOf(
  op: string,
  words: string,
  count: number,
  checks: readonly ValueCheck[] = CHECKS,
  fixed: Fixed = {},
): ValueCase[] {
  const dtypes = ['float64', 'float32'] as const;
  return configurations(op, words, count, fixed).flatMap(({ inputs, params: given }, seed) => {
    const { target, ...others } = inputs;
    const own = Object.entries(others).map(([name, { shape }]) => [name, shape] as const);
    const shapes: Record<string, Shape> = {
      ...Object.fromEntries(own),
      ...(target && { target: others.x!.shape }),
    };
    const operator = operatorNamed(op);
    const params = writtenParams(operator, given, resolve(operator, shapes, given).rank);
    return checks.flatMap(check =>
      dtypes.flatMap(dtype =>
        fillingsFor(check, { op, shapes, params, dtype }).map(filling => ({
          ...{ op, shapes, params, dtype, check, filling, seed },
        })),
      ),
    );
  });
}

export interface Found {
  readonly one: ValueCase;
  readonly result: ResultName;
  readonly finding: Finding;
}

/** What a kernel makes of cases, one after another: its findings, with the case that each comes from. */
export async function* findingsIn(
  op: string,
  kernel: ModuleKernel,
  cases: Iterable<ValueCase>,
): AsyncGenerator<Found> {
  const subject = subjectFrom(op, kernel);
  for (const one of cases) {
    const { findings } = await judged(subject, one);
    for (const [result, finding] of Object.entries(findings))
      yield { one, result: result as ResultName, finding };
  }
}

/** All of them. */
export async function allFindings(...[op, kernel, cases]: Parameters<typeof findingsIn>): Promise<Found[]> {
  const all: Found[] = [];
  for await (const found of findingsIn(op, kernel, cases)) all.push(found);
  return all;
}
