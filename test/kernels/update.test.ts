/** Update rules of optimisers: the textbook steps, exact where nothing is to be rounded, and their errors. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combinedKernel, scaledKernel } from '../../src/kernels/index.js';
import { operatorNamed, type Params, resolve } from '../../src/ops/index.js';
import { fromArray, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';

const line = (values: readonly number[]) => fromArray([values.length], values);

function step(name: string, x: readonly number[], g: readonly number[], params: Params = {}): number[] {
  const operator = operatorNamed(name);
  const call = resolve(operator, { x: [x.length], g: [g.length] }, params);
  return [...operator.kernel.forward({ x: line(x), g: line(g) }, call).data];
}

/** Dyadic numbers: no operation here rounds. */
const dyadic = fc.integer({ min: -64, max: 64 }).map(value => value / 8);
const vectors = fc.integer({ min: 0, max: 5 }).chain(length => {
  const vector = fc.array(dyadic, { minLength: length, maxLength: length });
  return fc.record({ x: vector, g: vector, v: vector });
});
const run = { seed: 51, numRuns: 200 };

test('by hand: three steps with momentum and weight decay', () => {
  let [x, v] = [
    [8, -4],
    [0, 0],
  ];
  for (const gradient of [
    [2, 1],
    [-1, 0.5],
    [0, 3],
  ]) {
    const decayed = step('weight_decay', x, gradient, { decay: 0.25 });
    v = step('momentum_velocity', v, decayed, { momentum: 0.5 });
    x = step('sgd', x, v, { rate: 0.5 });
  }
  // v: 4, 0 | 2.5, -0.5 | 2.4375, 1.8125 and x: 6, -4 | 4.75, -3.75 | 3.53125, -4.65625.
  expect([...v, ...x]).toEqual([2.4375, 1.8125, 3.53125, -4.65625]);
});

test("the textbook's velocity, scaled by the rate, makes the same steps while the rate stays", () => {
  fc.assert(
    fc.property(vectors, dyadic, dyadic, ({ x, g, v }, rate, momentum) => {
      const velocity = step('momentum_velocity', v, g, { momentum });
      const ours = step('sgd', x, velocity, { rate });
      const textbook = x.map((cell, k) => cell + (momentum * (-rate * v[k]!) - rate * g[k]!));
      expect(ours.map(value => value + 0)).toEqual(textbook.map(value => value + 0));
    }),
    run,
  );
});

test('decay shrinks the parameter by the rate times the decay', () => {
  fc.assert(
    fc.property(vectors, dyadic, dyadic, ({ x, g }, rate, decay) => {
      const ours = step('sgd', x, step('weight_decay', x, g, { decay }), { rate });
      const shrunk = x.map((cell, k) => (1 - rate * decay) * cell - rate * g[k]!);
      expect(ours.map(value => value + 0)).toEqual(shrunk.map(value => value + 0));
    }),
    run,
  );
});

describe('float32', () => {
  test('is rounded once per cell', () => {
    const [x, g] = [fromArray([1], [1], 'float32'), fromArray([1], [6], 'float32')];
    const [step, cell] = [-0.1, g.data[0]!];
    const once = combinedKernel('sgd', x, g, 1, step).data[0];
    expect(once).toBe(Math.fround(1 + step * cell));
    // Rounding the product, or the rate, first gives other numbers here.
    expect(once).not.toBe(Math.fround(1 + Math.fround(step * cell)));
    expect(once).not.toBe(Math.fround(1 + Math.fround(step) * cell));
    expect(scaledKernel(x, 0.1).data[0]).toBe(Math.fround(0.1));
    expect(scaledKernel(x, 0.1).dtype).toBe('float32');
  });

  test('a factor of 1 leaves every number as it is', () => {
    const extreme = [Number.MAX_VALUE, Number.MIN_VALUE, -0, 2 ** 53 + 2];
    expect([...combinedKernel('sgd', line(extreme), zeros([4]), 1, 0).data]).toEqual([
      Number.MAX_VALUE,
      Number.MIN_VALUE,
      0,
      2 ** 53 + 2,
    ]);
  });
});

test.each<[string, () => unknown]>([
  ['size-mismatch', () => combinedKernel('sgd', line([1, 2]), line([1]), 1, 1)],
  ['size-mismatch', () => combinedKernel('sgd', zeros([2, 3]), zeros([3, 2]), 1, 1)],
  ['dtype-mismatch', () => combinedKernel('sgd', zeros([2]), zeros([2], 'float32') as never, 1, 1)],
  ['unsupported-dtype', () => scaledKernel(zeros([2], 'int32') as never, 2)],
  ['not-a-tensor', () => combinedKernel('sgd', line([1]), undefined as never, 1, 1)],
])('%s', (code, call) => {
  expect(thrown(call).code).toBe(code);
});
