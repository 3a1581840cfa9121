/** Pooling kernels against slow loops, at random. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  avgPoolForward,
  avgPoolVjp,
  globalAvgForward,
  globalAvgVjp,
  maxPoolForward,
  maxPoolVjp,
  maxUnpoolForward,
  maxUnpoolSelectionVjp,
  maxUnpoolVjp,
  upsampleForward,
  upsampleVjp,
} from '../../src/kernels/index.js';
import { fromArray } from '../../src/tensor/index.js';
import { indices } from './slow-conv.js';
import { paddedCounts, poolCases, poolFeatures, tapsOf, windowsOf, yShapeOf } from './slow-pool.js';
import { cellAt, cells, dot, integers } from './values.js';

const dtypes = fc.constantFrom('float64' as const, 'float32' as const);
const seeds = fc.nat(1e6);
const run = (seed: number) => ({ seed, numRuns: 300 });

const seen = new Map<string, number>();
afterAll(() => {
  const rare = [...seen].filter(([, count]) => count < 10);
  expect(rare).toEqual([]);
  expect(seen.size).toBe(14);
});

describe('max pooling', () => {
  const cases = fc.record({ it: poolCases(3), seed: seeds, dtype: dtypes });

  test('each cell is the largest of its window', () => {
    const law = ({ it, seed, dtype }: typeof cases extends fc.Arbitrary<infer T> ? T : never) => {
      for (const name of poolFeatures(it)) seen.set(name, (seen.get(name) ?? 0) + 1);
      const x = integers(it.x, seed, dtype);
      const y = maxPoolForward(x, it);
      expect([y.shape, y.dtype]).toEqual([yShapeOf(it), dtype]);
      expect([...y.data]).toEqual(
        windowsOf(it).map(window => Math.max(...window.map(cell => x.data[cell]!))),
      );
    };
    fc.assert(fc.property(cases, law), run(51));
  });

  test.each(['first', 'last', 'split'] as const)('ties %s', ties => {
    let tied = 0;
    const law = ({ it, seed, dtype }: typeof cases extends fc.Arbitrary<infer T> ? T : never) => {
      // Few values, so that most windows have ties; yBar of multiples of 27720 divides by every count up to 12.
      const x = integers(it.x, seed, dtype, 3);
      const upstream = integers(yShapeOf(it), seed + 1, dtype).data.map(value => value * 27720);
      const yBar = fromArray(yShapeOf(it), upstream, dtype);
      const expected = new Array<number>(x.data.length).fill(0);
      for (const [at, window] of windowsOf(it).entries()) {
        const top = Math.max(...window.map(cell => x.data[cell]!));
        const winners = window.filter(cell => x.data[cell] === top);
        if (winners.length > 1) tied++;
        const chosen = { first: [winners[0]!], last: [winners.at(-1)!], split: winners }[ties];
        for (const cell of chosen) expected[cell]! += yBar.data[at]! / chosen.length;
      }
      const xBar = maxPoolVjp(yBar, x, it, ties);
      expect([xBar.shape, xBar.dtype]).toEqual([it.x, dtype]);
      const rounded = fromArray(it.x, expected, dtype);
      xBar.data.forEach((value, cell) => {
        // Only a count of 13 or more, in 3-d, divides with a rest; then the order of the sum may show.
        expect(Math.abs(value - rounded.data[cell]!)).toBeLessThanOrEqual(Math.abs(value) * 1e-15);
      });
    };
    fc.assert(fc.property(cases, law), run(52));
    expect(tied).toBeGreaterThan(250);
  });
});

describe('average pooling', () => {
  const cases = fc.record({ it: poolCases(1), seed: seeds, dtype: dtypes });
  type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
  const countsOf = (it: Case['it'], count: 'padded' | 'real') =>
    count === 'padded' ? paddedCounts(it) : windowsOf(it).map(window => window.length);

  test.each(['padded', 'real'] as const)('%s cells counted', count => {
    const law = ({ it, seed, dtype }: Case) => {
      const x = integers(it.x, seed, dtype);
      const y = avgPoolForward(x, it, count);
      const counts = countsOf(it, count);
      const means = windowsOf(it).map((window, at) => {
        return window.reduce((sum, cell) => sum + x.data[cell]!, 0) / counts[at]!;
      });
      expect(y).toEqual(fromArray(yShapeOf(it), means, dtype));
    };
    fc.assert(fc.property(cases, law), run(53));
  });

  test.each(['padded', 'real'] as const)('%s cells counted: the gradient', count => {
    const law = ({ it, seed, dtype }: Case) => {
      const counts = countsOf(it, count);
      // Whole shares, so that every sum is exact.
      const shares = integers(yShapeOf(it), seed, dtype).data;
      const yBar = fromArray(
        yShapeOf(it),
        shares.map((value, at) => value * counts[at]!),
        dtype,
      );
      const expected = new Array<number>(cells(it.x)).fill(0);
      for (const tap of tapsOf(it)) expected[tap.x]! += shares[tap.y]!;
      const xBar = avgPoolVjp(yBar, it.x, it, count);
      expect([xBar.shape, xBar.dtype, [...xBar.data]]).toEqual([it.x, dtype, expected]);
    };
    fc.assert(fc.property(cases, law), run(54));
  });
});

describe('max unpooling', () => {
  const cases = fc.record({ it: poolCases(3), seed: seeds, dtype: dtypes });
  type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

  test('it is the sum over windows and taps, and so are its gradients', () => {
    const law = ({ it, seed, dtype }: Case) => {
      const [small, places] = [yShapeOf(it), [...yShapeOf(it), ...it.kernel]];
      const [x, selection] = [integers(small, seed, dtype), integers(places, seed + 1, dtype)];
      const yBar = integers(it.x, seed + 2, dtype);
      const y = new Array<number>(cells(it.x)).fill(0);
      const xBar = new Array<number>(cells(small)).fill(0);
      const selectionBar = new Array<number>(cells(places)).fill(0);
      for (const tap of tapsOf(it)) {
        const place = cellAt(places, tap.place);
        y[tap.x]! += selection.data[place]! * x.data[tap.y]!;
        xBar[tap.y]! += selection.data[place]! * yBar.data[tap.x]!;
        selectionBar[place]! += x.data[tap.y]! * yBar.data[tap.x]!;
      }
      expect(maxUnpoolForward(x, selection, it.x, it)).toEqual(fromArray(it.x, y, dtype));
      expect(maxUnpoolVjp(yBar, selection, it)).toEqual(fromArray(small, xBar, dtype));
      expect(maxUnpoolSelectionVjp(yBar, x, it.x, it)).toEqual(fromArray(places, selectionBar, dtype));
    };
    fc.assert(fc.property(cases, law), run(55));
  });

  test('with the selection of a max pooling it is the gradient of that', () => {
    const law = ({ it, seed }: Case) => {
      const x = integers(it.x, seed, 'float64', 4);
      const yBar = integers(yShapeOf(it), seed + 1, 'float64');
      const places = [...yShapeOf(it), ...it.kernel];
      const selection = new Array<number>(cells(places)).fill(0);
      const best = new Map<number, { value: number; place: number }>();
      for (const tap of tapsOf(it)) {
        const value = x.data[tap.x]!;
        if (value <= (best.get(tap.y)?.value ?? -Infinity)) continue;
        best.set(tap.y, { value, place: cellAt(places, tap.place) });
      }
      for (const { place } of best.values()) selection[place] = 1;
      const back = maxUnpoolForward(yBar, fromArray(places, selection), it.x, it);
      expect(back).toEqual(maxPoolVjp(yBar, x, it, 'first'));
    };
    fc.assert(fc.property(cases, law), run(56));
  });
});

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 5 });
const factors = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 });

test('upsampling: cell p is cell floor(p / f), and the gradient is its adjoint', () => {
  const law = (shape: number[], list: number[], seed: number, dtype: 'float64' | 'float32') => {
    const factor = list.slice(0, shape.length - 2);
    const x = integers(shape, seed, dtype);
    const y = upsampleForward(x, factor);
    const yShape = shape.map((extent, axis) => extent * (axis < 2 ? 1 : factor[axis - 2]!));
    expect([y.shape, y.dtype, y.data.length]).toEqual([yShape, dtype, cells(yShape)]);
    const from = (index: number[]) =>
      index.map((at, axis) => Math.floor(at / (axis < 2 ? 1 : factor[axis - 2]!)));
    const yBar = integers(yShape, seed + 1, dtype);
    const expected = new Array<number>(cells(shape)).fill(0);
    for (const index of indices(yShape)) {
      expect(y.data[cellAt(yShape, index)]).toBe(x.data[cellAt(shape, from(index))]);
      expected[cellAt(shape, from(index))]! += yBar.data[cellAt(yShape, index)]!;
    }
    const xBar = upsampleVjp(yBar, shape, factor);
    expect(xBar).toEqual(fromArray(shape, expected, dtype));
    expect(dot(x, xBar)).toBe(dot(y, yBar));
  };
  fc.assert(fc.property(shapes, factors, seeds, dtypes, law), run(57));
});

test('the global average: the mean of each plane, and yBar over its cells', () => {
  const law = (shape: number[], seed: number, dtype: 'float64' | 'float32') => {
    const plane = cells(shape.slice(2));
    fc.pre(plane > 0);
    const x = integers(shape, seed, dtype);
    const sums = new Array<number>(cells(shape.slice(0, 2))).fill(0);
    x.data.forEach((value, at) => {
      sums[Math.floor(at / plane)]! += value;
    });
    const means = sums.map(sum => sum / plane);
    expect(globalAvgForward(x)).toEqual(fromArray(shape.slice(0, 2), means, dtype));
    const yBar = integers(shape.slice(0, 2), seed + 1, dtype);
    const expected = Array.from(x.data, (_, at) => yBar.data[Math.floor(at / plane)]! / plane);
    expect(globalAvgVjp(yBar, shape)).toEqual(fromArray(shape, expected, dtype));
  };
  fc.assert(fc.property(shapes, seeds, dtypes, law), run(58));
});
