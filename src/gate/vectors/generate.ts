/** Golden vectors made here: small calls that hunt mistakes, with results computed exactly from the definition. */
import { BackproofError } from '../../error.js';
import type { rational } from '../../exact/index.js';
import { exactAlgebra } from '../../index-sum/index.js';
import { type Operator, operatorNamed, type Resolved, resolve } from '../../ops/index.js';
import { atShape, mistakeCells } from '../../proof/index.js';
import { type Shape, size } from '../../tensor/index.js';
import type { VectorCase, VectorTensor } from './case.js';
import { convScenarios } from './conv-scenarios.js';
import { writtenParams } from './format.js';
import { type Random, randomFrom } from './random.js';
import { definedOutput, derivative, valuesOf } from './recompute.js';
import type { Filling, Scenario } from './scenario.js';
import { exactValues, type Float, rounded } from './values.js';

export interface GenerateOptions {
  readonly count: number;
  readonly seed: number;
}

const MOST_CASES = 100_000;

/**
 * Cases of one operator; the same name, count and seed give the same cases.
 * @throws BackproofError `unknown-operator`, `bad-count`, `bad-seed`.
 */
export function* generateVectors(name: string, { count, seed }: GenerateOptions): Generator<VectorCase> {
  const operator = operatorNamed(name);
  checkNumber('count', count, 1, MOST_CASES);
  checkNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  const scenarios = scenariosOf(operator);
  const digits = Math.max(3, String(count).length);
  for (let k = 0; k < count; k++) {
    const scenario = scenarios[k % scenarios.length]!;
    const id = `${name}-${seed}-${String(k + 1).padStart(digits, '0')}`;
    const source = `backproof vectors ${name} --seed ${seed}`;
    yield caseOf(operator, scenario, randomFrom(id), { id, source });
  }
}

function scenariosOf(operator: Operator): readonly Scenario[] {
  const conv = /^conv([123])d$/.exec(operator.name);
  return conv ? convScenarios(Number(conv[1])) : exampleScenarios(operator);
}

/** An operator without traps of its own: its examples, hunting whatever they refute. */
function exampleScenarios(operator: Operator): Scenario[] {
  return operator.examples.flatMap(({ shapes, params }, k) =>
    (['integers', 'decimals'] as const).map(filling => ({
      flag: `example-${k + 1}`,
      hunts: operator.mistakes.map(mistake => mistake.name),
      comment: '',
      filling,
      plan: () => ({ shapes, params }),
    })),
  );
}

function caseOf(
  operator: Operator,
  scenario: Scenario,
  random: Random,
  { id, source }: { id: string; source: string },
): VectorCase {
  const { shapes, params } = scenario.plan(random);
  const written = writtenParams(operator, params, resolve(operator, shapes, params).rank);
  const call = resolve(operator, shapes, written);
  const dtype: Float = scenario.filling === 'float32' ? 'float32' : 'float64';
  const fill = (shape: Shape) => filled(shape, scenario.filling, random);
  const inputs = Object.fromEntries(Object.entries(call.inputs).map(([name, shape]) => [name, fill(shape)]));
  const upstream = fill(call.output);
  const hunted = operator.mistakes.filter(
    one => scenario.hunts.includes(one.name) && isRefuted(operator, call, one),
  );
  return {
    formatVersion: 1,
    ...{ id, op: operator.name, params: written, inputs, upstream },
    ...results(operator, call, { ...inputs, yBar: upstream }, dtype),
    exact: scenario.filling !== 'decimals',
    flags: [scenario.flag, ...hunted.map(one => one.name)],
    comment: scenario.comment || `Hunts: ${hunted.map(one => one.says).join('; ') || 'slips of index'}.`,
    source,
  };
}

function results(
  operator: Operator,
  call: Resolved,
  tensors: Readonly<Record<string, VectorTensor>>,
  dtype: Float,
): Pick<VectorCase, 'outputs' | 'grads'> {
  const given = new Map(
    Object.entries(tensors).map(([name, one]) => [
      name,
      { shape: one.shape, values: exactValues(one, dtype) },
    ]),
  );
  const stored = (shape: Shape, values: ReturnType<typeof valuesOf<ReturnType<typeof rational.of>>>) => ({
    shape,
    dtype,
    data: values.map(value => rounded(value, dtype)),
  });
  const grads = Object.entries(call.inputs).map(([name, shape]) => {
    return [name, stored(shape, valuesOf(derivative(operator, call, name), given, exactAlgebra))] as const;
  });
  const y = stored(call.output, definedOutput(operator, call, given, exactAlgebra));
  return { outputs: { y }, grads: Object.fromEntries(grads) };
}

function isRefuted(operator: Operator, call: Resolved, mistake: Operator['mistakes'][number]): boolean {
  const at = atShape(operator, call)(mistake.wrt);
  const cells = mistakeCells(at, mistake.claim(call.params, call.rank));
  // A mistake that does not even fit the shapes cannot give these numbers.
  return !cells || at.difference(cells, at.gradient) !== null;
}

function filled(shape: Shape, filling: Filling, random: Random): VectorTensor {
  const signed = (value: number) => (random.integer(0, 1) === 0 ? value : -value);
  const draw: Readonly<Record<Filling, () => number>> = {
    integers: () => signed(random.integer(2, 9)),
    float32: () => signed(random.integer(2, 9)),
    eighths: () => signed(random.integer(0, 8) + random.integer(1, 7) / 8),
    decimals: () => signed(random.integer(1001, 9999) / 1000),
  };
  const data = Array.from({ length: size(shape) }, draw[filling]);
  return { shape, dtype: filling === 'float32' ? 'float32' : 'float64', data };
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
