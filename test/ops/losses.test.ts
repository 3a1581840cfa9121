/** How the losses and normalisations hang together, and that what is known to be wrong of them is wrong for all shapes. */
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { type FloatTensor, type Inputs, operatorNamed, type Params, resolve } from '../../src/ops/index.js';
import { judge } from '../../src/proof/judge.js';
import { operatorTheorems } from '../../src/proof/statement/from-operator.js';
import { fromArray, oneHot, sameShape } from '../../src/tensor/index.js';

function run(name: string, inputs: Inputs, params: Params = {}) {
  const operator = operatorNamed(name);
  const shapes = Object.fromEntries(Object.entries(inputs).map(([input, { shape }]) => [input, shape]));
  const call = resolve(operator, shapes, params);
  const y = operator.kernel.forward(inputs, call);
  const yBar = fromArray(
    y.shape,
    Array.from(y.data, (_, k) => 1 + k / 4),
  );
  const gradient = (wrt: string) => operator.kernel.vjp[wrt]!(yBar, inputs, call);
  expect(sameShape(y.shape, call.output)).toBe(true);
  return { y, yBar, gradient };
}

/** Equal but for a few roundings of numbers of size 1. */
function expectNear(got: FloatTensor, want: ArrayLike<number>): void {
  expect(got.data.length).toBe(want.length);
  got.data.forEach((value, k) => {
    expect(Math.abs(value - want[k]!)).toBeLessThanOrEqual(32 * 2 ** -53 * Math.max(1, Math.abs(want[k]!)));
  });
}

const reductions = ['mean', 'sum', 'none'] as const;
const logits = fromArray([2, 3], [1.5, -0.25, 0.75, -2, 3, 0.5]);
const targets = fromArray([2, 3], [1, 0, 0.25, 0.5, 1, 0]);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe.each(reductions)('with reduction %s', reduction => {
  test('bce of sigmoids is bce_with_logits, and so are the gradients, by the chain rule', () => {
    const p = fromArray(logits.shape, logits.data.map(sigmoid));
    const [after, before] = [
      run('bce', { x: p, target: targets }, { reduction }),
      run('bce_with_logits', { x: logits, target: targets }, { reduction }),
    ];
    expectNear(before.y, after.y.data);
    const chained = after.gradient('x').data.map((value, k) => value * p.data[k]! * (1 - p.data[k]!));
    expectNear(before.gradient('x'), chained);
  });

  test('of two classes, softmax_cross_entropy is bce_with_logits of the difference', () => {
    const x = fromArray([3, 2], [0.5, 2, -1, 0.25, 3, 1.5]);
    const share = [0.25, 1, 0];
    const target = fromArray(
      [3, 2],
      share.flatMap(one => [one, 1 - one]),
    );
    const difference = fromArray(
      [3],
      share.map((_, n) => x.data[2 * n]! - x.data[2 * n + 1]!),
    );
    const rows = run('softmax_cross_entropy', { x, target }, { reduction });
    const cells = run('bce_with_logits', { x: difference, target: fromArray([3], share) }, { reduction });
    expectNear(rows.y, cells.y.data);
    const byDifference = cells.gradient('x').data;
    expectNear(
      rows.gradient('x'),
      [...byDifference].flatMap(value => [value, -value]),
    );
  });

  test('class indices are one-hot rows: minus the logarithm of the softmax at the class', () => {
    const target = oneHot(fromArray([2], [2, 0], 'int32'), 3);
    const { y } = run('softmax_cross_entropy', { x: logits, target }, { reduction, target_kind: 'indices' });
    const row = (n: number, k: number) => {
      const x = [...logits.data.subarray(3 * n, 3 * n + 3)];
      return Math.log(x.reduce((sum, one) => sum + Math.exp(one), 0)) - x[k]!;
    };
    const losses = [row(0, 2), row(1, 0)];
    const sum = losses[0]! + losses[1]!;
    expectNear(y, { mean: [sum / 2], sum: [sum], none: losses }[reduction]);
  });

  test('a penalty of strength 2 is the squared error against 0', () => {
    const target = fromArray([2, 3], new Array<number>(6).fill(0));
    const [penalty, error] = [
      run('l2_regularization', { x: logits }, { reduction, strength: 2 }),
      run('mse', { x: logits, target }, { reduction }),
    ];
    expect(penalty.y).toEqual(error.y);
    expect(penalty.gradient('x')).toEqual(error.gradient('x'));
  });
});

test('layer_norm of one channel of samples is batch_norm of the samples as channels', () => {
  const x = fromArray([2, 3], [1.5, -0.25, 0.75, -2, 3, 0.5]);
  const ones = (cells: number) => fromArray([cells], new Array<number>(cells).fill(1));
  const layer = run('layer_norm', { x, w: ones(3) }, { eps: 0.01 });
  const batch = run('batch_norm', { x: { ...x, shape: [1, 2, 3] }, w: ones(2) }, { eps: 0.01 });
  expect([...layer.y.data]).toEqual([...batch.y.data]);
  expect([...layer.gradient('x').data]).toEqual([...batch.gradient('x').data]);
});

test.each([
  ['softmax_cross_entropy', { x: [0, 3], target: [0, 3] }, {}, { shape: [0] }],
  ['mse', { x: [2, 0], target: [2, 0] }, {}, { shape: [2, 0] }],
  ['layer_norm', { x: [2, 0], w: [0] }, {}, { shape: [0] }],
  ['batch_norm', { x: [0, 2, 3], w: [2] }, {}, { shape: [0, 3] }],
])('%s of nothing has no mean', (name, shapes, params, data) => {
  let error: unknown;
  try {
    resolve(operatorNamed(name), shapes, params);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(BackproofError);
  expect(error).toMatchObject({ code: 'empty-mean', where: name, data });
});

test('a sum or a list of no losses is 0 and empty', () => {
  const none = fromArray([0, 3], []);
  expect(run('mse', { x: none, target: none }, { reduction: 'sum' }).y).toEqual(fromArray([], [0]));
  expect(run('softmax_cross_entropy', { x: none, target: none }, { reduction: 'none' }).y).toEqual(
    fromArray([0], []),
  );
});

const losses = ['softmax_cross_entropy', 'bce', 'bce_with_logits', 'mse', 'l1', 'batch_norm', 'layer_norm'];
const mistakes = losses.flatMap(name => {
  const operator = operatorNamed(name);
  return operator.mistakes.map(mistake => [name, mistake.name, mistake] as const);
});

test.each(mistakes)('%s, %s: refuted for all shapes', (name, _, { wrt, claim }) => {
  const theorems = operatorTheorems(name, { wrt, claim, rank: name === 'softmax_cross_entropy' ? 0 : 1 });
  const stated = theorems.filter(({ id }) => !id.includes('/sum') && !id.includes('/none'));
  expect(stated.length).toBeGreaterThan(0);
  for (const theorem of stated) expect([theorem.id, judge(theorem).verdict]).toEqual([theorem.id, 'REFUTED']);
});
