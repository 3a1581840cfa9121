import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossEntropyInputVjp, crossEntropyKernel, crossEntropyTargetVjp } from '../../src/kernels/index.js';
import { operatorNamed } from '../../src/ops/index.js';
import { fromArray, oneHot, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import { big, drawn, expectWithin, referenceGradient, referenceOutput, UNIT } from './reference.js';
import type { FloatTensor } from './values.js';

const record = operatorNamed('softmax_cross_entropy');
const reductions = ['mean', 'sum', 'none'] as const;

const real = (unit: number) => 20 * unit - 10;
const logit = (unit: number, coin: number) => (coin < 0.6 ? real(unit) : 2000 * unit - 1000);
const share = (unit: number, coin: number) => (coin < 0.7 ? unit : 0);

/** The distance of each logit from the largest of its row. */
function distances({ shape, data }: FloatTensor): number[] {
  const classes = shape[1]!;
  return Array.from(data, (value, cell) => {
    const from = cell - (cell % classes);
    return Math.max(...data.subarray(from, from + classes)) - value;
  });
}

const dimensions = fc.record({
  N: fc.integer({ min: 1, max: 4 }),
  K: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer({ min: 0, max: 2 ** 30 }),
});
const run = { seed: 62, numRuns: 60 };

describe('softmax_cross_entropy', () => {
  // exp(x - largest): the argument rounds once, relative to a distance beyond which exp is 0, then exp itself.
  const expRoundings = (far: readonly number[]) => Math.min(Math.max(...far), 746) + 3;

  test.each(reductions)(
    '%s: loss and gradients within the derived bound of 120 digits',
    reduction => {
      fc.assert(
        fc.property(dimensions, ({ N, K, seed }) => {
          const x = drawn([N, K], seed, logit);
          const target = drawn([N, K], seed + 1, share);
          const yBar = drawn(reduction === 'none' ? [N] : [], seed + 2, real);
          const definition = { text: record.definition({ reduction }, 0), rank: 0, sizes: { N, K } };
          const far = distances(x);
          const inputs = { x, target };
          const want = referenceOutput(definition, inputs);
          // Terms of the loss are at least 0. Each rounds as its exp, K times in the sum, then log, difference, product.
          const relative = UNIT * (expRoundings(far) + 2 * K + N + 8);
          expectWithin(
            crossEntropyKernel(x, target, reduction),
            want,
            cell => relative * want[cell]!.toNumber(),
          );
          const perCell = (bound: (cell: number, row: number) => number) => (cell: number) => {
            const row = Math.floor(cell / K);
            const upstream = Math.abs(yBar.data[reduction === 'none' ? row : 0]!);
            return (bound(cell, row) * upstream) / (reduction === 'mean' ? N : 1);
          };
          const total = (row: number) =>
            target.data.subarray(row * K, row * K + K).reduce((sum, one) => sum + one, 0);
          expectWithin(
            crossEntropyInputVjp(yBar, x, target, reduction),
            referenceGradient(definition, inputs, yBar, 'x'),
            perCell((cell, row) => relative * (2 * total(row) + target.data[cell]!)),
          );
          expectWithin(
            crossEntropyTargetVjp(yBar, x, target, reduction),
            referenceGradient(definition, inputs, yBar, 'target'),
            perCell(cell => relative * (far[cell]! + Math.log(K) + UNIT)),
          );
        }),
        run,
      );
    },
    60_000,
  );

  test('a row by hand: logits of logarithms', () => {
    const x = fromArray([1, 3], [Math.log(2), Math.log(5), 0]);
    const target = fromArray([1, 3], [0.5, 0.25, 0]);
    const xBar = crossEntropyInputVjp(fromArray([1], [8]), x, target, 'none');
    // softmax = 2/8, 5/8, 1/8; the targets add up to 3/4
    [-2.5, 1.75, 0.75].forEach((want, k) => {
      expect(xBar.data[k]).toBeCloseTo(want, 14);
    });
    const y = crossEntropyKernel(x, target, 'none');
    expect([y.shape, y.data.length]).toEqual([[1], 1]);
    expect(y.data[0]).toBeCloseTo(0.5 * Math.log(4) + 0.25 * Math.log(1.6), 14);
  });

  test('far logits stay finite', () => {
    const x = fromArray([2, 3], [1000, -800, 0, -800, 1000, 999]);
    const target = oneHot(fromArray([2], [1, 1], 'int32'), 3);
    const y = crossEntropyKernel(x, target, 'none');
    expect([y.data[0], y.data[1]]).toEqual([1800, Math.log1p(Math.exp(-1))]);
    const xBar = crossEntropyInputVjp(fromArray([2], [1, 1]), x, target, 'none');
    expect([...xBar.data].slice(0, 3)).toEqual([1, -1, 0]);
    expect([...crossEntropyTargetVjp(fromArray([2], [1, 1]), x, target, 'none').data].slice(0, 3)).toEqual([
      0, 1800, 1000,
    ]);
  });

  test('a confident, right prediction keeps all digits of its small loss', () => {
    const x = fromArray([1, 2], [60, 0]);
    const y = crossEntropyKernel(x, fromArray([1, 2], [1, 0]), 'sum').data[0]!;
    const want = big(-60).exp();
    expect(Math.abs(big(y).minus(want).div(want).toNumber())).toBeLessThan(5 * UNIT);
  });

  test('a shift of a row by a power of two changes nothing', () => {
    fc.assert(
      fc.property(dimensions, ({ N, K, seed }) => {
        // Multiples of 2^-10 below 2^10: the shifted logits are exact.
        const grid = (shift: number) =>
          drawn([N, K], seed, unit => Math.round(2 ** 10 * real(unit)) / 2 ** 10 + shift);
        const target = drawn([N, K], seed + 1, share);
        const yBar = drawn([N], seed + 2, real);
        for (const shift of [1024, -(2 ** 20)]) {
          const [x, moved] = [grid(0), grid(shift)];
          expect(crossEntropyKernel(moved, target, 'none')).toEqual(crossEntropyKernel(x, target, 'none'));
          expect(crossEntropyInputVjp(yBar, moved, target, 'none')).toEqual(
            crossEntropyInputVjp(yBar, x, target, 'none'),
          );
        }
      }),
      run,
    );
  });

  test('the gradient of a row by its logits adds up to 0, whatever its targets add up to', () => {
    fc.assert(
      fc.property(dimensions, ({ N, K, seed }) => {
        const target = drawn([N, K], seed + 1, share);
        const yBar = fromArray([], [1]);
        const xBar = crossEntropyInputVjp(yBar, drawn([N, K], seed, logit), target, 'sum');
        for (let row = 0; row < N; row++) {
          const sum = xBar.data.subarray(row * K, row * K + K).reduce((a, b) => a + b, 0);
          // Every cell is at most K in size and rounds a few times.
          expect(Math.abs(sum)).toBeLessThan(20 * K * K * UNIT);
        }
      }),
      run,
    );
  });

  test('a target of 0 takes no part, also where the logit is masked out', () => {
    const x = fromArray([1, 3], [Number.NEGATIVE_INFINITY, 2, 1]);
    const target = fromArray([1, 3], [0, 1, 0]);
    const y = crossEntropyKernel(x, target, 'mean').data[0];
    expect(y).toBe(Math.log1p(Math.exp(-1)));
    const xBar = crossEntropyInputVjp(fromArray([], [1]), x, target, 'mean');
    expect([xBar.data[0], [...xBar.data].every(Number.isFinite)]).toEqual([0, true]);
  });

  test('NaN comes through, wherever it stands', () => {
    for (const at of [0, 1, 2]) {
      const logits = [1, 2, 3].map((value, k) => (k === at ? Number.NaN : value));
      const [x, target] = [fromArray([1, 3], logits), fromArray([1, 3], [0.2, 0.3, 0.5])];
      expect(crossEntropyKernel(x, target, 'sum').data[0]).toBeNaN();
      expect([...crossEntropyInputVjp(fromArray([], [1]), x, target, 'sum').data].every(Number.isNaN)).toBe(
        true,
      );
    }
  });

  test('float32 is the float64 result, rounded once; operands are not written to', () => {
    const [x, target] = [drawn([3, 4], 5, logit), drawn([3, 4], 6, share)].map(one =>
      one.data.map(Math.fround),
    );
    const all = (dtype: 'float32' | 'float64') => {
      const [a, b] = [fromArray([3, 4], x!, dtype), fromArray([3, 4], target!, dtype)];
      const yBar = fromArray([], [1.5], dtype);
      const results = [
        crossEntropyKernel(a, b, 'mean'),
        crossEntropyInputVjp(yBar, a, b, 'mean'),
        crossEntropyTargetVjp(yBar, a, b, 'sum'),
      ];
      expect([[...a.data], [...b.data]]).toEqual([[...x!], [...target!]]);
      return results;
    };
    const [single, double] = [all('float32'), all('float64')];
    for (const [k, result] of single.entries()) {
      expect([result.dtype, ...result.data]).toEqual(['float32', ...[...double[k]!.data].map(Math.fround)]);
    }
  });

  test('empty batches and no classes', () => {
    const empty = zeros([0, 3]);
    expect(crossEntropyKernel(empty, empty, 'sum')).toEqual(zeros([]));
    expect(crossEntropyKernel(empty, empty, 'none')).toEqual(zeros([0]));
    expect(crossEntropyInputVjp(zeros([]), empty, empty, 'sum')).toEqual(empty);
    expect(crossEntropyKernel(zeros([2, 0]), zeros([2, 0]), 'none')).toEqual(zeros([2]));
  });

  test.each<[string, () => unknown]>([
    ['empty-mean', () => crossEntropyKernel(zeros([0, 3]), zeros([0, 3]), 'mean')],
    ['empty-mean', () => crossEntropyInputVjp(zeros([]), zeros([0, 3]), zeros([0, 3]), 'mean')],
    ['size-mismatch', () => crossEntropyKernel(zeros([2, 3]), zeros([3, 2]), 'sum')],
    ['size-mismatch', () => crossEntropyKernel(zeros([2, 3]), zeros([2]), 'sum')],
    ['size-mismatch', () => crossEntropyInputVjp(zeros([2]), zeros([2, 3]), zeros([2, 3]), 'sum')],
    ['size-mismatch', () => crossEntropyTargetVjp(zeros([]), zeros([2, 3]), zeros([2, 3]), 'none')],
    ['rank-mismatch', () => crossEntropyKernel(zeros([3]), zeros([3]), 'sum')],
    ['rank-mismatch', () => crossEntropyKernel(zeros([2, 3, 4]), zeros([2, 3, 4]), 'sum')],
    ['unsupported-dtype', () => crossEntropyKernel(zeros([2, 3]), zeros([2, 3], 'int32') as never, 'sum')],
    ['not-a-tensor', () => crossEntropyInputVjp(zeros([]), zeros([2, 3]), undefined as never, 'sum')],
  ])('%s', (code, call) => {
    expect(thrown(call).code).toBe(code);
  });
});
