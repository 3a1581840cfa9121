import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NormalGroups } from '../../src/kernels/index.js';
import {
  batchGroups,
  layerGroups,
  normaliseInputVjp,
  normaliseKernel,
  normaliseScaleVjp,
  normaliseShiftVjp,
} from '../../src/kernels/index.js';
import { operatorNamed } from '../../src/ops/index.js';
import { fromArray, type Shape, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import { drawn, expectWithin, referenceGradient, referenceOutput, UNIT } from './reference.js';
import type { FloatTensor } from './values.js';

interface Trial {
  readonly name: string;
  readonly groupsOf: (shape: Shape) => NormalGroups;
  /** Axes before the spatial ones. */
  readonly leading: readonly string[];
}

const trials: readonly Trial[] = [
  {
    name: 'batch_norm',
    groupsOf: batchGroups,
    leading: ['N', 'C'],
  },
  {
    name: 'layer_norm',
    groupsOf: layerGroups,
    leading: ['N'],
  },
];

/** Flat place in x of cell k of a group. */
const cellAt = ({ run, groupStep, runStep }: NormalGroups, group: number, k: number): number =>
  group * groupStep + Math.floor(k / run) * runStep + (k % run);

const real = (unit: number) => 6 * unit - 3;

interface Case {
  readonly shape: Shape;
  readonly seed: number;
  readonly eps: number;
  /** Common to all of x, and how far x is spread around it. */
  readonly offset: number;
  readonly spread: number;
}

const cases = ({ leading }: Trial): fc.Arbitrary<Case> => {
  const extents = { minLength: leading.length, maxLength: leading.length + 2 };
  return fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 4 }), extents),
    seed: fc.integer({ min: 0, max: 2 ** 30 }),
    eps: fc.constantFrom(1e-5, 1e-12, 0.25),
    offset: fc.constantFrom(0, 0, 100, -1e8),
    spread: fc.constantFrom(1, 1, 1e-3, 1e5),
  });
};

function tensorsOf({ shape, seed, offset, spread }: Case, { scale }: NormalGroups) {
  return {
    x: drawn(shape, seed, unit => offset + spread * real(unit)),
    w: drawn(scale, seed + 1, real),
    b: drawn(scale, seed + 2, real),
    yBar: drawn(shape, seed + 3, real),
  };
}

const greatest = (values: Iterable<number>): number => Math.max(0, ...Array.from(values, Math.abs));

/**
 * How far xhat can be off in any group, with n cells, u = 2^-53, A = max |x - mean| + n u max |x| (what the first mean
 * leaves), S = sqrt(variance + eps): the values with their mean off are wrong by at most (n + 4) u A =: E; so the
 * variance by 2E sqrt(variance) + E² and (n + 3) u of itself, its root relatively by R = E/S + (E/S)² + (n + 6) u,
 * and xhat by X = E/S + |xhat| (R + 2u). H is the largest |xhat|, I the largest 1/S.
 */
function errors({ x }: { x: FloatTensor }, { eps }: Case, layout: NormalGroups) {
  const { groups, count } = layout;
  let [X, R, H, I] = [0, 0, 0, 0];
  for (let group = 0; group < groups; group++) {
    const values = Array.from({ length: count }, (_, k) => x.data[cellAt(layout, group, k)]!);
    const mean = values.reduce((a, b) => a + b, 0) / count;
    const far = values.map(value => Math.abs(value - mean));
    const left = count * UNIT * greatest(values);
    const deviation = far.reduce((sum, one) => sum + one * one, 0) / count;
    const S = Math.sqrt(deviation + eps);
    const E = (count + 4) * UNIT * (greatest(far) + left);
    const relative = E / S + (E / S) ** 2 + (count + 6) * UNIT;
    const [xhat, ownR] = [(greatest(far) + left) / S, relative];
    [X, R, H, I] = [
      Math.max(X, E / S + xhat * (ownR + 2 * UNIT)),
      Math.max(R, ownR),
      Math.max(H, xhat),
      Math.max(I, 1 / S),
    ];
  }
  return { X, R, H, I };
}

describe.each(trials)('$name', trial => {
  const { groupsOf } = trial;
  const run = { seed: 63, numRuns: 60 };

  test('values and gradients within the derived bound of 120 digits', () => {
    fc.assert(
      fc.property(cases(trial), it => {
        const groups = groupsOf(it.shape);
        const { x, w, b, yBar } = tensorsOf(it, groups);
        const { leading } = trial;
        const names = it.shape.map((_, axis) => leading[axis] ?? `L${axis - leading.length + 1}`);
        const sizes = Object.fromEntries(names.map((name, axis) => [name, it.shape[axis]!]));
        const rank = it.shape.length - leading.length;
        const definition = { text: operatorNamed(trial.name).definition({}, rank), rank, sizes };
        const inputs = { x, w, b, eps: fromArray([], [it.eps]) };
        const { X, R, H, I } = errors({ x }, it, groups);
        const [W, B, Y] = [w, b, yBar].map(one => greatest(one.data)) as [number, number, number];
        const [n, met] = [groups.count, x.data.length / Math.max(1, w.data.length)];
        const gradient = (wrt: string) => referenceGradient(definition, inputs, yBar, wrt);

        const y = normaliseKernel({ x, w, b }, it.eps, groups);
        expect(y.shape).toEqual(it.shape);
        expectWithin(y, referenceOutput(definition, inputs), () => W * X + 3 * UNIT * (W * (H + X) + B));
        // xBar = (g - mean g - xhat mean(g xhat)) / S: the bounds of its three parts, added up with room.
        expectWithin(
          normaliseInputVjp(yBar, { x, w }, it.eps, groups),
          gradient('x'),
          () => 4 * I * W * Y * (1 + H) ** 2 * (X + R + (n + 6) * UNIT),
        );
        const wBar = normaliseScaleVjp(yBar, { x, w }, it.eps, groups);
        expectWithin(wBar, gradient('w'), () => 1.01 * met * Y * (X + (met + 2) * UNIT * H));
        expectWithin(normaliseShiftVjp(yBar, groups), gradient('b'), () => met * met * UNIT * Y);
        expect([wBar.shape, normaliseShiftVjp(yBar, groups).shape]).toEqual([groups.scale, groups.scale]);
      }),
      run,
    );
  }, 60_000);

  test('without b it is as with zeros', () => {
    const groups = groupsOf([3, 2, 4]);
    const { x, w } = tensorsOf({ shape: [3, 2, 4], seed: 1, eps: 0, offset: 0, spread: 1 }, groups);
    const b = zeros(groups.scale);
    expect(normaliseKernel({ x, w }, 1e-3, groups)).toEqual(normaliseKernel({ x, w, b }, 1e-3, groups));
  });

  test('a power of two as factor of x goes through without a rounding, where eps is 0', () => {
    fc.assert(
      fc.property(cases(trial), fc.integer({ min: -20, max: 20 }), (it, exponent) => {
        const groups = groupsOf(it.shape);
        fc.pre(groups.count > 1);
        const { x, w, b, yBar } = tensorsOf({ ...it, offset: 0 }, groups);
        const factor = 2 ** exponent;
        const scaled = fromArray(
          x.shape,
          x.data.map(value => value * factor),
        );
        expect(normaliseKernel({ x: scaled, w, b }, 0, groups)).toEqual(
          normaliseKernel({ x, w, b }, 0, groups),
        );
        const [xBar, other] = [x, scaled].map(from => normaliseInputVjp(yBar, { x: from, w }, 0, groups));
        expect(other!.data.map(value => value * factor)).toEqual(xBar!.data);
      }),
      run,
    );
  });

  test('a common offset changes nothing where all sums are exact, and the gradient adds up to 0 in a group', () => {
    // 16 cells a group, on a grid: sums and means of 16 are exact, with the offset too.
    const shape = trial.name === 'batch_norm' ? [4, 3, 4] : [3, 2, 8];
    const groups = groupsOf(shape);
    const grid = (offset: number) => drawn(shape, 9, unit => Math.round(64 * real(unit)) / 64 + offset);
    const { w, b, yBar } = tensorsOf({ shape, seed: 2, eps: 0, offset: 0, spread: 1 }, groups);
    for (const offset of [3, -(2 ** 20), 2 ** 30]) {
      const [x, moved] = [grid(0), grid(offset)];
      expect(normaliseKernel({ x: moved, w, b }, 1e-5, groups)).toEqual(
        normaliseKernel({ x, w, b }, 1e-5, groups),
      );
      const xBar = normaliseInputVjp(yBar, { x: moved, w }, 1e-5, groups);
      expect(xBar).toEqual(normaliseInputVjp(yBar, { x, w }, 1e-5, groups));
      for (let group = 0; group < groups.groups; group++) {
        const cells = Array.from({ length: 16 }, (_, k) => xBar.data[cellAt(groups, group, k)]!);
        const sum = cells.reduce((a, c) => a + c, 0);
        expect(Math.abs(sum)).toBeLessThan(16 * 16 * UNIT * greatest(xBar.data) * 4);
      }
    }
  });

  test('every output has mean b and variance w², where eps is 0', () => {
    const shape = [4, 5, 3];
    const groups = groupsOf(shape);
    const { x } = tensorsOf({ shape, seed: 3, eps: 0, offset: 7, spread: 2 }, groups);
    const [w, b] = [3, -2].map(value =>
      fromArray(
        groups.scale,
        new Float64Array(groups.count).fill(value).slice(0, zeros(groups.scale).data.length),
      ),
    );
    const y = normaliseKernel({ x, w: w!, b: b! }, 0, groups);
    for (let group = 0; group < groups.groups; group++) {
      const values = Array.from({ length: groups.count }, (_, k) => y.data[cellAt(groups, group, k)]!);
      const mean = values.reduce((sum, one) => sum + one, 0) / groups.count;
      const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / groups.count;
      expect(mean).toBeCloseTo(-2, 12);
      expect(variance).toBeCloseTo(9, 12);
    }
  });

  test('a constant group gives b, and its gradient is finite', () => {
    const shape = [2, 3, 2];
    const groups = groupsOf(shape);
    const x = fromArray(shape, new Float64Array(12).fill(0.1));
    const { w, b, yBar } = tensorsOf({ shape, seed: 4, eps: 0, offset: 0, spread: 1 }, groups);
    const y = normaliseKernel({ x, w, b }, 1e-5, groups);
    for (let group = 0; group < groups.groups; group++) {
      for (let k = 0; k < groups.count; k++) {
        expect(y.data[cellAt(groups, group, k)]).toBeCloseTo(
          b.data[groups.scaleBy === 'cell' ? k : group]!,
          12,
        );
      }
    }
    const xBar = normaliseInputVjp(yBar, { x, w }, 1e-5, groups);
    expect([...xBar.data].every(Number.isFinite)).toBe(true);
  });

  test('float32 is the float64 result, rounded once; operands are not written to', () => {
    const groups = groupsOf([2, 3, 5]);
    const drawnOnes = tensorsOf({ shape: [2, 3, 5], seed: 8, eps: 0, offset: 4, spread: 1 }, groups);
    const all = (dtype: 'float32' | 'float64') => {
      const cast = (one: FloatTensor) => fromArray(one.shape, one.data.map(Math.fround), dtype);
      const { x, w, b, yBar } = drawnOnes;
      const own = { x: cast(x), w: cast(w), b: cast(b), yBar: cast(yBar) };
      const results = [
        normaliseKernel(own, 1e-5, groups),
        normaliseInputVjp(own.yBar, own, 1e-5, groups),
        normaliseScaleVjp(own.yBar, own, 1e-5, groups),
        normaliseShiftVjp(own.yBar, groups),
      ];
      expect(own).toEqual({ x: cast(x), w: cast(w), b: cast(b), yBar: cast(yBar) });
      return results;
    };
    const [single, double] = [all('float32'), all('float64')];
    for (const [k, result] of single.entries()) {
      expect([result.dtype, ...result.data]).toEqual(['float32', ...[...double[k]!.data].map(Math.fround)]);
    }
  });

  test('operands that do not fit are refused', () => {
    const groups = groupsOf([2, 3, 5]);
    const [x, w, b] = [zeros([2, 3, 5]), zeros(groups.scale), zeros(groups.scale)];
    const empty = groupsOf([0, 0, 4]);
    const noMean = trial.name === 'batch_norm' ? empty : groupsOf([2, 0, 4]);
    const calls: [string, () => unknown][] = [
      ['size-mismatch', () => normaliseKernel({ x, w: zeros([4]), b }, 0, groups)],
      ['size-mismatch', () => normaliseKernel({ x, w, b: zeros([3, 5, 1]) }, 0, groups)],
      ['size-mismatch', () => normaliseKernel({ x: zeros([3, 2, 5]), w, b }, 0, groups)],
      ['size-mismatch', () => normaliseInputVjp(zeros([2, 3]), { x, w }, 0, groups)],
      ['size-mismatch', () => normaliseScaleVjp(zeros([]), { x, w }, 0, groups)],
      ['size-mismatch', () => normaliseShiftVjp(zeros([2, 3]), groups)],
      ['bad-parameter', () => normaliseKernel({ x, w, b }, -1e-5, groups)],
      ['bad-parameter', () => normaliseInputVjp(x, { x, w }, Number.NaN, groups)],
      ['bad-parameter', () => normaliseScaleVjp(x, { x, w }, Number.POSITIVE_INFINITY, groups)],
      [
        'dtype-mismatch',
        () => normaliseKernel({ x, w, b: zeros(groups.scale, 'float32') as never }, 0, groups),
      ],
      ['not-a-tensor', () => normaliseKernel({ x, w: undefined as never }, 0, groups)],
      ['empty-mean', () => normaliseKernel({ x: zeros(noMean.input), w: zeros(noMean.scale) }, 0, noMean)],
      ['rank-mismatch', () => groupsOf([])],
    ];
    for (const [code, call] of calls) expect([code, thrown(call).code]).toEqual([code, code]);
  });
});

test('batch_norm by hand: over batch and positions, biased variance', () => {
  // Channel 0: 1, 3, 5, 7: mean 4, variance 5. Channel 1: 2, 2, 2, 6: mean 3, variance 3.
  const x = fromArray([2, 2, 2], [1, 3, 2, 2, 5, 7, 2, 6]);
  const y = normaliseKernel(
    { x, w: fromArray([2], [3, 2]), b: fromArray([2], [10, 20]) },
    4,
    batchGroups(x.shape),
  );
  // sqrt(5 + 4) = 3
  expect([...y.data].map(value => Math.round(value * 1e9) / 1e9)).toEqual([
    7, 9, 19.244071054, 19.244071054, 11, 13, 19.244071054, 22.267786838,
  ]);
});

test('layer_norm of an empty batch is empty, and its w gets zeros', () => {
  const groups = layerGroups([0, 3]);
  const [x, w] = [zeros([0, 3]), fromArray([3], [1, 2, 3])];
  expect(normaliseKernel({ x, w }, 1e-5, groups)).toEqual(x);
  expect(normaliseScaleVjp(x, { x, w }, 1e-5, groups)).toEqual(zeros([3]));
});
