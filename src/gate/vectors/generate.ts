/** Golden vectors made here: small calls that hunt mistakes, with results computed exactly from the definition. */
import { BackproofError } from '../../error.js';
import { type Operator, operatorNamed } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { VectorCase, VectorTensor } from './case.js';
import { isExact } from './exactness.js';
import { filledCall } from './filled-call.js';
import { isRefuted } from './hunted.js';
import { type Precision, precisionFor } from './precision.js';
import { type Random, randomFrom } from './random.js';
import { prepared, referenceOf } from './reference.js';
import type { Scenario } from './scenario.js';
import { scenariosOf } from './scenarios.js';
import type { Float } from './values.js';

export interface GenerateOptions {
  readonly count: number;
  readonly seed: number;
}

const MOST_CASES = 100_000;

/**
 * Cases of one operator; the same name, count and seed give the same cases.
 * @param precision as `precisionOf` has it
 * @throws BackproofError `unknown-operator`, `bad-count`, `bad-seed`; `not-exact` where a precision is missing.
 */
export function* generateVectors(
  name: string,
  { count, seed }: GenerateOptions,
  precision: Precision | null = null,
): Generator<VectorCase> {
  const operator = operatorNamed(name);
  checkNumber('count', count, 1, MOST_CASES);
  checkNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  const scenarios = scenariosOf(operator);
  const digits = Math.max(3, String(count).length);
  for (let k = 0; k < count; k++) {
    const scenario = scenarios[k % scenarios.length]!;
    const id = `${name}-${seed}-${String(k + 1).padStart(digits, '0')}`;
    const source = `backproof vectors ${name} --seed ${seed}`;
    yield caseOf(operator, scenario, randomFrom(id), { id, source, precision });
  }
}

/** What it takes to generate: nothing, or mathjs. @throws BackproofError `unknown-operator`. */
export function precisionOf(name: string): Promise<Precision | null> {
  return precisionFor([operatorNamed(name)]);
}

function caseOf(
  operator: Operator,
  scenario: Scenario,
  random: Random,
  { id, source, precision }: { id: string; source: string; precision: Precision | null },
): VectorCase {
  const dtype: Float = scenario.filling === 'float32' ? 'float32' : 'float64';
  const filled = filledCall(operator, scenario.plan(random), scenario, dtype, random);
  const { call, params, inputs, upstream, given } = filled;
  const work = prepared({ operator, call, dtype, given, one: { exact: false }, precision });
  const result = (wrt: string | null, shape: Shape): VectorTensor => ({
    ...{ shape, dtype },
    data: referenceOf(work, wrt, 'definition')!.numbers,
  });
  const wrts = Object.entries(call.inputs).filter(([name]) => inputs[name]!.dtype === dtype);
  const y = result(null, call.output);
  const grads = Object.fromEntries(wrts.map(([name, shape]) => [name, result(name, shape)]));
  const hunted = operator.mistakes.filter(
    one => one.wrt in grads && (scenario.hunts?.includes(one.name) ?? true) && isRefuted(work, one),
  );
  return {
    formatVersion: 1,
    ...{ id, op: operator.name, params, inputs, upstream },
    outputs: { y },
    grads,
    exact: isExact(
      work,
      [y, ...Object.values(grads)].flatMap(({ data }) => data.map(Number)),
    ),
    flags: [scenario.flag, ...hunted.map(one => one.name)],
    comment: scenario.comment || `Hunts: ${hunted.map(one => one.says).join('; ') || 'slips of index'}.`,
    source,
  };
}

function checkNumber(name: string, value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new BackproofError({
    code: `bad-${name}`,
    where: 'vectors',
    what: `the ${name} cannot be used`,
    expected: `an integer from ${low} to ${high}`,
    got: String(value),
    fix: `Pass another --${name}.`,
    data: { [name]: value },
  });
}
