/** Random calls of right kernels, judged exactly and on real values. */
import { conditionJudges } from '../../../src/gate/judge/conditions/judges.js';
import { fillingsFor } from '../../../src/gate/judge/fillings.js';
import type { Finding } from '../../../src/gate/judge/judge.js';
import { judgeCaseWith } from '../../../src/gate/judge/judge-case.js';
import { isProbed } from '../../../src/gate/judge/layer.js';
import type { RightKernel } from '../../../src/gate/mutants/kernel.js';
import { caseText } from '../../../src/gate/plan/case-text.js';
import type { GateCase } from '../../../src/gate/plan/gate-case.js';
import { randomConfigurations } from '../../../src/gate/plan/random.js';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import { RESULTS } from '../../../src/gate/subject/subject.js';
import { precisionFor } from '../../../src/gate/vectors/precision.js';
import { operatorNamed } from '../../../src/ops/index.js';

export interface Tried {
  /** Operator, style, element type. */
  readonly name: string;
  readonly configurations: number;
  /** Configurations at which every check agreed in some result. */
  readonly agreed: number;
  /** Findings that agreed. */
  readonly results: number;
  readonly alarms: readonly string[];
}

export interface SearchOptions {
  /** Random calls in all, at least. */
  readonly runs: number;
  readonly seed: number;
  readonly kernels: readonly RightKernel[];
  readonly tell: (text: string) => void;
}

/** References of operators that are no sums of products take a while: so many calls of each. */
const SLOW_RUNS = 12;

const judge = judgeCaseWith(conditionJudges);

export async function falseAlarms({ runs, seed, kernels, tell }: SearchOptions): Promise<Tried[]> {
  const subjects = kernels.flatMap(one => {
    const declared = one.kernel().declares.dtypes ?? ['float64'];
    const dtypes = (['float64', 'float32'] as const).filter(dtype => declared.includes(dtype));
    return dtypes.map(dtype => ({ ...one, dtype }));
  });
  const quick = subjects.filter(({ op }) => isQuick(op));
  const tried: Tried[] = [];
  for (const one of subjects) {
    const count = isQuick(one.op) ? Math.ceil(runs / quick.length) : Math.min(SLOW_RUNS, runs);
    tell(`${one.op} ${one.style} ${one.dtype}: ${count} calls`);
    tried.push(await triedAt(one, one.dtype, count, seed));
  }
  return tried;
}

const isQuick = (op: string): boolean => operatorNamed(op).examples.every(one => isProbed({ op, ...one }));

async function triedAt(
  { op, style, kernel }: RightKernel,
  dtype: GateCase['dtype'],
  count: number,
  seed: number,
): Promise<Tried> {
  const name = `${op} ${style} ${dtype}`;
  const subject = openFunctions({ [op]: kernel() }, name);
  const offer = subject.offers.get(op)!;
  const context = {
    hangMs: 60_000,
    missProbability: 1e-3,
    precision: await precisionFor([operatorNamed(op)]),
  };
  const configurations = await randomConfigurations(op, seed, count, offer.declares);
  let [agreed, results] = [0, 0];
  const alarms: string[] = [];
  for (const [k, configuration] of configurations.entries()) {
    const at: GateCase = { op, ...configuration, dtype, check: 'exact', filling: null, seed: seed + k };
    const outcomes: Finding[] = [];
    for (const one of looksAt(at, offer.declares.arithmetic, k)) {
      const { findings } = await judge(subject, offer, one, { ...context, results: RESULTS });
      for (const [result, finding] of Object.entries(findings)) {
        outcomes.push(finding);
        if (finding.kind === 'failed')
          alarms.push(`${name} ${result} ${finding.verdict} ${finding.message}: ${caseText(one)}`);
      }
    }
    const agreeing = outcomes.filter(({ kind }) => kind === 'agreed').length;
    results += agreeing;
    if (agreeing > 0) agreed++;
  }
  return { name, configurations: configurations.length, agreed, results, alarms };
}

/** Exactly and on real values; where numbers are to be chosen, one choice after another. */
function looksAt(at: GateCase, arithmetic: 'exact' | 'inexact', k: number): GateCase[] {
  const checks = arithmetic === 'exact' ? (['exact', 'bounded'] as const) : (['bounded'] as const);
  return checks.flatMap(check => {
    const fillings = fillingsFor(check, at);
    return fillings.length === 0 ? [] : [{ ...at, check, filling: fillings[k % fillings.length]! }];
  });
}
