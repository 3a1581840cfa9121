/** Values that no caller with types would pass: every record refuses them with an error of ours, or computes. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { type Random, randomFrom } from '../../src/gate/vectors/random.js';
import {
  type Operator,
  operatorNamed,
  operators,
  type Params,
  type Resolved,
  resolve,
} from '../../src/ops/index.js';
import { type Shape, size, zeros } from '../../src/tensor/index.js';
import { drawCall, exampleOf } from './differential/draw.js';

const SEED = 20261205;
const RUNS = 150;

const circular: unknown[] = [];
circular.push(circular);

/** Wrong kinds, wrong signs, wrong sizes, and what has no text. */
const strange: readonly unknown[] = [
  ...[0, -1, -0, 1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, 1e300, -1e300, Number.MIN_VALUE],
  ...['', '2', 'same', 'mirror', 'true', '__proto__', 'x'.repeat(10_000), '\u0000'],
  ...[
    null,
    undefined,
    true,
    false,
    7n,
    Symbol('s'),
    () => 1,
    new Date(0),
    /x/,
    new Map(),
    new Float64Array(2),
  ],
  ...[{}, { length: 2 }, { 0: 1, length: 1 }, Object.create(null), { toString: null }, new Proxy([], {})],
  ...[[], [[]], [0], [1, 2, 3, 4, 5, 6, 7], [[1]], [[1, 2, 3]], [[0, -1]], [null], [undefined], ['1'], [NaN]],
  ...[new Array(2), new Array(1000).fill(1), [1, [2, 3]], [2 ** 53, 2 ** 53], [7n], [Symbol('s')], circular],
];

describe.each(operators.map(operator => [operator.name, operator] as const))('%s', (name, operator) => {
  test('strange parameters and shapes are refused, or harmless', () => {
    let refused = 0;
    for (let k = 0; k < RUNS; k++) {
      const call = strangeCall(operator, randomFrom(`${SEED} ${name} ${k}`));
      const outcome = outcomeOf(operator, call);
      expect(outcome.fault, describeCall(call)).toBe(null);
      if (outcome.refused) refused++;
    }
    expect(refused).toBeGreaterThan(RUNS / 2);
  });

  test('strange records of shapes and parameters are refused', () => {
    for (const one of strange) {
      for (const call of [
        { shapes: one, params: {} },
        { shapes: operator.examples[0]!.shapes, params: one },
      ])
        expect(outcomeOf(operator, call).fault, describeCall(call)).toBe(null);
    }
  });
});

describe('what looks like nothing', () => {
  const shapes = { x: [2, 3], w: [4, 3] };
  const linear = operatorNamed('linear');

  test.each([
    ['an input without a name', { shapes: { ...shapes, '': [4] }, params: {} }, 'unknown-input'],
    ['a parameter without a name', { shapes, params: { '': 1 } }, 'unknown-parameter'],
    ['an optional input that is null', { shapes: { ...shapes, b: null }, params: {} }, 'bad-shape'],
    ['an optional input that is false', { shapes: { ...shapes, b: false }, params: {} }, 'bad-shape'],
  ])('%s is refused', (_, call, code) => {
    expect(refusal(linear, call)).toBe(code);
  });

  test('an optional input that is undefined is left out', () => {
    const given = { ...shapes, b: undefined } as unknown as Record<string, Shape>;
    expect(Object.keys(resolve(linear, given).inputs)).toEqual(['x', 'w']);
  });
});

function refusal(operator: Operator, { shapes, params }: Call): unknown {
  try {
    return resolve(operator, shapes as Record<string, Shape>, params as Params);
  } catch (error) {
    return error instanceof BackproofError ? error.code : error;
  }
}

type Vjp = Operator['kernel']['vjp'][string];

interface Call {
  readonly shapes: unknown;
  readonly params: unknown;
}

/** A legal call with one or two things in it replaced, taken away or added. */
function strangeCall(operator: Operator, random: Random): Call {
  const { draw } = drawCall(operator, random)!;
  const legal = exampleOf(operator, draw);
  const shapes: Record<string, unknown> = { ...legal.shapes };
  const params: Record<string, unknown> = { ...legal.params };
  const one = <T>(list: readonly T[]): T => list[random.integer(0, list.length - 1)]!;
  for (let count = random.integer(1, 2); count > 0; count--) {
    const parameters = Object.keys(operator.params);
    const input = one(Object.keys(operator.inputs));
    switch (parameters.length === 0 ? random.integer(0, 3) : random.integer(0, 7)) {
      case 0:
        shapes[input] = one(strange);
        break;
      case 1:
        shapes[input] = withEntry(legal.shapes[input] ?? [1], random, one(strange));
        break;
      case 2:
        delete shapes[input];
        break;
      case 3:
        one([shapes, params])[one(['constructor', 'toString', 'q', ''])] = one(strange);
        break;
      default:
        params[one(parameters)] = one(strange);
    }
  }
  return { shapes, params };
}

const withEntry = (shape: Shape, random: Random, entry: unknown): unknown[] => {
  const at = random.integer(0, shape.length);
  return [...shape.slice(0, at), entry, ...shape.slice(at + random.integer(0, 1))];
};

/** Whether the call was refused, and what else was thrown. */
function outcomeOf(operator: Operator, { shapes, params }: Call): { refused: boolean; fault: unknown } {
  try {
    const call = resolve(operator, shapes as Record<string, Shape>, params as Params);
    checkResolved(call);
    if (isSmall(call)) run(operator, call);
    return { refused: false, fault: null };
  } catch (error) {
    if (error instanceof BackproofError) return { refused: true, fault: null };
    return { refused: false, fault: error };
  }
}

/** What is accepted has sizes that can be counted with. */
function checkResolved({ sizes, output }: Resolved): void {
  for (const value of Object.values(sizes)) expect(Number.isSafeInteger(value)).toBe(true);
  expect(output.every(extent => Number.isSafeInteger(extent) && extent >= 0)).toBe(true);
}

const isSmall = ({ inputs, output, sizes }: Resolved): boolean =>
  [...Object.values(inputs), output].every(shape => shape.reduce((a, b) => a * b, 1) < 10_000) &&
  Object.values(sizes).every(value => Math.abs(value) < 10_000);

function run(operator: Operator, call: Resolved): void {
  const inputs = Object.fromEntries(Object.entries(call.inputs).map(([name, shape]) => [name, zeros(shape)]));
  expect(size(operator.kernel.forward(inputs, call).shape)).toBe(size(call.output));
  for (const [name, vjp] of Object.entries<Vjp | undefined>(operator.kernel.vjp))
    if (vjp && inputs[name]) expect(vjp(zeros(call.output), inputs, call).shape).toEqual(call.inputs[name]);
}

const describeCall = (call: Call): string =>
  inspect(call, { depth: 4, maxStringLength: 40, breakLength: 1000 });
