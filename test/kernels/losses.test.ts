import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellLoss, Reduction } from '../../src/kernels/index.js';
import {
  bceLoss,
  bceWithLogitsLoss,
  l1Loss,
  l2InputVjp,
  l2Kernel,
  lossInputVjp,
  lossKernel,
  lossTargetVjp,
  mseLoss,
} from '../../src/kernels/index.js';
import { operatorNamed, type Params } from '../../src/ops/index.js';
import { fromArray, type Shape, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import {
  big,
  type Definition,
  drawn,
  expectWithin,
  referenceGradient,
  referenceOutput,
  UNIT,
} from './reference.js';
import { cells } from './values.js';

const reductions = ['mean', 'sum', 'none'] as const;

const definitionAt = (name: string, params: Params, shape: Shape): Definition => ({
  text: operatorNamed(name).definition(params, shape.length),
  rank: shape.length,
  sizes: Object.fromEntries(shape.map((extent, axis) => [`L${axis + 1}`, extent])),
});

interface Trial {
  readonly loss: CellLoss;
  readonly x: (unit: number, coin: number) => number;
  readonly target: (unit: number, coin: number) => number;
  /** Roundings of one loss times the size of its terms, and so for both gradients. */
  readonly size: (x: number, target: number) => number;
  readonly slope: (x: number, target: number) => number;
  readonly targetSlope: (x: number, target: number) => number;
}

const real = (unit: number) => 20 * unit - 10;
const logs = (x: number) => Math.abs(Math.log(x)) + Math.abs(Math.log1p(-x));
/** Ordinary probabilities, and some near 0 and near 1. */
const probability = (unit: number, coin: number) => {
  if (coin < 0.6) return 0.001 + 0.998 * unit;
  return coin < 0.8 ? 10 ** (-300 * unit) / 2 : 1 - 2 ** -(1 + Math.floor(50 * unit));
};
/** Ordinary logits, and some far out. */
const logit = (unit: number, coin: number) => (coin < 0.7 ? real(unit) : 1600 * unit - 800);
const share = (unit: number, coin: number) => (coin < 0.6 ? unit : Math.round(unit));

const trials: readonly Trial[] = [
  {
    loss: mseLoss,
    x: real,
    target: real,
    size: (x, t) => 3 * (x - t) ** 2,
    slope: (x, t) => 4 * Math.abs(x - t),
    targetSlope: (x, t) => 4 * Math.abs(x - t),
  },
  {
    loss: l1Loss,
    // A grid of 5 values: many ties.
    x: unit => Math.round(4 * unit) - 2,
    target: unit => Math.round(4 * unit) - 2,
    size: (x, t) => Math.abs(x - t),
    slope: () => 1,
    targetSlope: () => 1,
  },
  {
    loss: bceLoss,
    x: probability,
    target: share,
    size: (x, t) => 5 * (t * Math.abs(Math.log(x)) + (1 - t) * Math.abs(Math.log1p(-x))),
    slope: (x, t) => 5 * Math.abs((x - t) / (x * (1 - x))),
    targetSlope: x => 4 * logs(x),
  },
  {
    loss: bceWithLogitsLoss,
    x: logit,
    target: share,
    size: (x, t) => 6 * (Math.abs(x) * (x < 0 ? t : 1 - t) + Math.log1p(Math.exp(-Math.abs(x)))),
    slope: (_, t) => 8 * (1 + t),
    targetSlope: x => Math.abs(x),
  },
];

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });
const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const run = { seed: 61, numRuns: 40 };

describe.each(trials)('$loss.name', trial => {
  const { loss } = trial;

  test.each(reductions)(
    '%s: loss and gradients within the derived bound of 120 digits',
    reduction => {
      fc.assert(
        fc.property(shapes, seeds, (shape, seed) => {
          const x = drawn(shape, seed, trial.x);
          const target = drawn(shape, seed + 1, trial.target);
          const yBar = drawn(reduction === 'none' ? shape : [], seed + 2, real);
          const definition = definitionAt(loss.name, { reduction }, shape);
          const n = cells(shape);
          const count = reduction === 'mean' ? n : 1;
          const at = (size: Trial['size'], cell: number) => size(x.data[cell]!, target.data[cell]!);
          const each = Array.from({ length: n }, (_, cell) => at(trial.size, cell));
          const total = each.reduce((a, b) => a + b, 0);

          const y = lossKernel(loss, x, target, reduction);
          expect(y.shape).toEqual(reduction === 'none' ? shape : []);
          // The sum rounds n times more, the division once.
          expectWithin(y, referenceOutput(definition, { x, target }), cell =>
            reduction === 'none' ? 1.01 * UNIT * each[cell]! : (1.01 * UNIT * (n + 1) * total) / count,
          );
          const gradients = [
            ['x', lossInputVjp, trial.slope],
            ['target', lossTargetVjp, trial.targetSlope],
          ] as const;
          for (const [wrt, vjp, slope] of gradients) {
            const got = vjp(loss, yBar, x, target, reduction);
            expect(got.shape).toEqual(shape);
            expectWithin(got, referenceGradient(definition, { x, target }, yBar, wrt), cell => {
              const upstream = Math.abs(yBar.data[reduction === 'none' ? cell : 0]!);
              return (3 * UNIT * at(slope, cell) * upstream) / count;
            });
          }
        }),
        run,
      );
    },
    60_000,
  );

  test('float32 is the float64 result, rounded once, and keeps its type', () => {
    const x = drawn([3, 4], 5, trial.x).data.map(Math.fround);
    const target = drawn([3, 4], 6, trial.target).data.map(Math.fround);
    for (const reduction of reductions) {
      const yBar = reduction === 'none' ? fromArray([3, 4], x) : fromArray([], [1.5]);
      const all = (dtype: 'float32' | 'float64') => {
        const [a, b, c] = [fromArray([3, 4], x, dtype), fromArray([3, 4], target, dtype), yBar];
        const upstream = fromArray(c.shape, c.data, dtype);
        return [
          lossKernel(loss, a, b, reduction),
          lossInputVjp(loss, upstream, a, b, reduction),
          lossTargetVjp(loss, upstream, a, b, reduction),
        ];
      };
      const [single, double] = [all('float32'), all('float64')];
      for (const [k, result] of single.entries()) {
        expect(result.dtype).toBe('float32');
        expect([...result.data]).toEqual([...double[k]!.data].map(Math.fround));
      }
    }
  });

  test('operands that do not fit are refused', () => {
    const [x, target, one] = [zeros([2, 3]), zeros([3, 2]), zeros([])];
    const cases: [string, () => unknown][] = [
      ['size-mismatch', () => lossKernel(loss, x, target, 'sum')],
      ['size-mismatch', () => lossInputVjp(loss, one, x, target, 'sum')],
      ['size-mismatch', () => lossTargetVjp(loss, x, x, x, 'mean')],
      ['size-mismatch', () => lossInputVjp(loss, one, x, x, 'none')],
      ['empty-mean', () => lossKernel(loss, zeros([0, 3]), zeros([0, 3]), 'mean')],
      ['empty-mean', () => lossInputVjp(loss, one, zeros([3, 0]), zeros([3, 0]), 'mean')],
      ['dtype-mismatch', () => lossKernel(loss, x, zeros([2, 3], 'float32') as never, 'sum')],
      ['unsupported-dtype', () => lossKernel(loss, x, zeros([2, 3], 'int32') as never, 'sum')],
      ['not-a-tensor', () => lossKernel(loss, x, undefined as never, 'sum')],
    ];
    for (const [code, call] of cases) expect(thrown(call).code).toBe(code);
    expect(lossKernel(loss, zeros([0, 3]), zeros([0, 3]), 'sum')).toEqual(zeros([]));
    expect(lossKernel(loss, zeros([0, 3]), zeros([0, 3]), 'none')).toEqual(zeros([0, 3]));
  });
});

const one = (value: number) => fromArray([1], [value]);
const both = (loss: CellLoss, x: number, target: number) => [
  lossKernel(loss, one(x), one(target), 'none').data[0],
  lossInputVjp(loss, one(1), one(x), one(target), 'none').data[0],
];

describe('losses, cases by hand', () => {
  test('saturated predictions of bce have the finite numbers of PyTorch', () => {
    expect(both(bceLoss, 0, 0)).toEqual([0, 0]);
    expect(both(bceLoss, 1, 1)).toEqual([0, 0]);
    expect(both(bceLoss, 0, 1)).toEqual([100, -1e12]);
    expect(both(bceLoss, 1, 0)).toEqual([100, 1e12]);
    expect(both(bceLoss, 0, 0.25)).toEqual([25, -0.25e12]);
    const byTarget = (x: number) => lossTargetVjp(bceLoss, one(3), one(x), one(0.5), 'none').data[0];
    expect([byTarget(0), byTarget(1)]).toEqual([300, -300]);
  });

  test('predictions close to 0 and 1 are not clamped', () => {
    expect(both(bceLoss, 1e-300, 1)[0]).toBeCloseTo(690.7755278982137, 10);
    expect(both(bceLoss, 2 ** -900, 1)[1]).toBe(-(2 ** 900));
    expect(both(bceLoss, 1 - 2 ** -53, 0)[0]).toBeCloseTo(53 * Math.LN2, 12);
    expect(both(bceLoss, 1 - 2 ** -53, 0)[1]).toBe(2 ** 53);
  });

  test('outside of 0 to 1 there is no bce', () => {
    expect([both(bceLoss, -0.5, 1)[0], both(bceLoss, 1.5, 1)[0]]).toEqual([Number.NaN, Number.NaN]);
    expect(both(bceLoss, Number.NaN, 0)).toEqual([Number.NaN, Number.NaN]);
  });

  test('bce_with_logits far out', () => {
    expect(both(bceWithLogitsLoss, 1000, 1)).toEqual([0, 0]);
    expect(both(bceWithLogitsLoss, -800, 0)).toEqual([0, 0]);
    expect(both(bceWithLogitsLoss, 1000, 0)).toEqual([1000, 1]);
    expect(both(bceWithLogitsLoss, -800, 1)).toEqual([800, -1]);
    expect(both(bceWithLogitsLoss, 1e308, 0)).toEqual([1e308, 1]);
  });

  test('a confident, right logit keeps all digits of its small loss and gradient', () => {
    const small = big(-60).exp();
    for (const [x, target, sign] of [
      [60, 1, -1],
      [-60, 0, 1],
    ] as const) {
      const [loss, slope] = both(bceWithLogitsLoss, x, target);
      // log(1 + e) and e / (1 + e) are e - e²/2 and e - e² here, which is e to 26 digits.
      expect(Math.abs(big(loss!).minus(small).div(small).toNumber())).toBeLessThan(5 * UNIT);
      expect(
        Math.abs(
          big(slope! * sign)
            .minus(small)
            .div(small)
            .toNumber(),
        ),
      ).toBeLessThan(5 * UNIT);
    }
  });

  test('at a tie the gradient of l1 is 0', () => {
    const [x, target] = [fromArray([3], [2, -1, 0.5]), fromArray([3], [2, 4, -3])];
    expect([...lossInputVjp(l1Loss, fromArray([], [6]), x, target, 'mean').data]).toEqual([0, -2, 2]);
    expect([...lossTargetVjp(l1Loss, fromArray([3], [6, 5, 4]), x, target, 'none').data]).toEqual([0, 5, -4]);
  });

  test('mean, sum and none of mse', () => {
    const [x, target] = [fromArray([2, 2], [1, 2, 3, 4]), fromArray([2, 2], [3, 2, 2, 0])];
    const at = (reduction: Reduction) => lossKernel(mseLoss, x, target, reduction);
    expect([at('mean'), at('sum')]).toEqual([fromArray([], [5.25]), fromArray([], [21])]);
    expect(at('none')).toEqual(fromArray([2, 2], [4, 0, 1, 16]));
    const back = (upstream: number[], shape: number[], reduction: Reduction) =>
      [...lossInputVjp(mseLoss, fromArray(shape, upstream), x, target, reduction).data].map(v => v + 0);
    expect(back([3], [], 'mean')).toEqual([-3, 0, 1.5, 6]);
    expect(back([3], [], 'sum')).toEqual([-12, 0, 6, 24]);
    expect(back([1, 2, 3, 5], [2, 2], 'none')).toEqual([-4, 0, 6, 40]);
  });

  test('operands are not written to', () => {
    const [x, target, yBar] = [one(0.5), one(0.25), one(3)];
    for (const { loss } of trials) {
      lossKernel(loss, x, target, 'none');
      lossInputVjp(loss, yBar, x, target, 'none');
    }
    expect([x.data[0], target.data[0], yBar.data[0]]).toEqual([0.5, 0.25, 3]);
  });
});

describe('l2_regularization', () => {
  const x = fromArray([2, 3], [1, -2, 3, 0.5, 0, -4]);

  test('strength/2 times the squares, and strength x as gradient', () => {
    expect(l2Kernel(x, 0.5, 'sum')).toEqual(fromArray([], [7.5625]));
    expect(l2Kernel(x, 0.75, 'mean')).toEqual(fromArray([], [1.890625]));
    expect(l2Kernel(x, 2, 'none')).toEqual(fromArray([2, 3], [1, 4, 9, 0.25, 0, 16]));
    expect([...l2InputVjp(fromArray([], [4]), x, 0.5, 'sum').data]).toEqual([2, -4, 6, 1, 0, -8]);
    expect([...l2InputVjp(fromArray([], [12]), x, 0.5, 'mean').data]).toEqual([1, -2, 3, 0.5, 0, -4]);
    const each = l2InputVjp(fromArray([2, 3], [1, 2, 3, 4, 5, 6]), x, 2, 'none');
    expect(each).toEqual(fromArray([2, 3], [2, -8, 18, 4, 0, -48]));
  });

  test('within the derived bound of 120 digits', () => {
    fc.assert(
      fc.property(shapes, seeds, fc.double({ min: 0, max: 3, noNaN: true }), (shape, seed, strength) => {
        const [w, s] = [drawn(shape, seed, real), fromArray([], [strength])];
        const definition = definitionAt('l2_regularization', { reduction: 'mean' }, shape);
        const inputs = { x: w, strength: s };
        const [want] = referenceOutput(definition, inputs);
        // Every term is at least 0: three roundings each, n for the sum, one for the division.
        expectWithin(
          l2Kernel(w, strength, 'mean'),
          [want!],
          () => UNIT * (cells(shape) + 4.01) * want!.toNumber(),
        );
        const yBar = drawn([], seed + 1, real);
        const gradient = referenceGradient(definition, inputs, yBar, 'x');
        expectWithin(l2InputVjp(yBar, w, strength, 'mean'), gradient, cell =>
          Math.abs(3.01 * UNIT * gradient[cell]!.toNumber()),
        );
      }),
      run,
    );
  });

  test('bad operands', () => {
    expect(thrown(() => l2Kernel(zeros([0]), 1, 'mean')).code).toBe('empty-mean');
    expect(thrown(() => l2InputVjp(zeros([]), x, 1, 'none')).code).toBe('size-mismatch');
    expect(thrown(() => l2Kernel(zeros([2], 'int32') as never, 1, 'sum')).code).toBe('unsupported-dtype');
    expect(l2Kernel(zeros([0]), 1, 'sum')).toEqual(zeros([]));
    expect(l2Kernel(fromArray([2], [1, 2], 'float32'), 0.5, 'none').dtype).toBe('float32');
  });
});
