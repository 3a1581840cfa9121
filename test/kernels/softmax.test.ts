import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { bignumberArithmetic } from '../../src/expr/index.js';
import { logSoftmaxKernel, logSoftmaxVjp, softmaxKernel, softmaxVjp } from '../../src/kernels/index.js';
import { fromArray, type Tensor } from '../../src/tensor/index.js';
import { codeOf, faultOf } from '../exact/thrown.js';
import { units } from './activations-truth.js';
import { cells } from './values.js';

const row = (...values: number[]) => fromArray([values.length], values);
const softmax = (...values: number[]) => [...softmaxKernel(row(...values), 0).data];
const logSoftmax = (...values: number[]) => [...logSoftmaxKernel(row(...values), 0).data];

/** Multiples of 1/8 up to 64 in size: short fractions, far enough apart for tiny probabilities. */
const eighths = fc.array(fc.integer({ min: -512, max: 512 }), { minLength: 2, maxLength: 7 });

/** By the definitions, in 80 digits: y, and the gradients for an upstream gradient. */
async function truthOf() {
  const m = await bignumberArithmetic(80);
  const big = (value: number) => m.constant(rational.from(value));
  return (x: readonly number[], yBar: readonly number[]) => {
    const e = x.map(value => m.exp(big(value)));
    const z = e.reduce(m.add);
    const [y, bars] = [e.map(value => value.div(z)), yBar.map(big)];
    const mean = y.map((value, k) => value.times(bars[k]!)).reduce(m.add);
    const total = bars.reduce(m.add);
    return {
      softmax: y,
      log: x.map(value => big(value).minus(m.log(z))),
      softmaxBar: y.map((value, k) => value.times(bars[k]!.minus(mean))),
      logBar: y.map((value, k) => bars[k]!.minus(value.times(total))),
    };
  };
}

describe('against 80 digits', () => {
  test('values: a few units, and one for each sum', async () => {
    const truth = await truthOf();
    const law = (numbers: readonly number[]) => {
      const x = numbers.map(value => value / 8);
      const expected = truth(x, x);
      const [y, log] = [softmax(...x), logSoftmax(...x)];
      x.forEach((_, k) => {
        // The differences are exact here: exp, n - 1 sums, one quotient remain.
        expect(units(y[k]!, expected.softmax[k]!)).toBeLessThanOrEqual(2 + x.length);
        // Of the two parts both are at most 0: nothing cancels.
        expect(units(log[k]!, expected.log[k]!)).toBeLessThanOrEqual(3 + x.length);
      });
    };
    fc.assert(fc.property(eighths, law), { seed: 81, numRuns: 200 });
  });

  test('gradients: a few units of the parts that may cancel', async () => {
    const truth = await truthOf();
    const law = (numbers: readonly number[], seed: number) => {
      const x = numbers.map(value => value / 8);
      const yBar = x.map((_, k) => ((k * 37 + seed) % 19) - 9.5);
      const expected = truth(x, yBar);
      const [first, second] = [softmaxVjp, logSoftmaxVjp].map(vjp => vjp(row(...yBar), row(...x), 0).data);
      const sizes = yBar.map(Math.abs).reduce((a, b) => a + b);
      x.forEach((_, k) => {
        const y = expected.softmax[k]!.toNumber();
        const bound = 2 * x.length + 4;
        expect(units(first![k]!, expected.softmaxBar[k]!, { scale: y * 2 * 9.5 })).toBeLessThanOrEqual(bound);
        const scale = Math.abs(yBar[k]!) + y * sizes;
        expect(units(second![k]!, expected.logBar[k]!, { scale })).toBeLessThanOrEqual(bound);
      });
    };
    fc.assert(fc.property(eighths, fc.nat(18), law), { seed: 82, numRuns: 200 });
  });
});

describe('extremes', () => {
  test('large values: only differences count', () => {
    expect(softmax(1000, 1001, 999)).toEqual(softmax(0, 1, -1));
    expect([softmax(1000), logSoftmax(1000)]).toEqual([[1], [0]]);
    expect(softmax(1000, 0)).toEqual([1, 0]);
    expect(softmax(-1000, -1000)).toEqual([0.5, 0.5]);
    expect(softmax(1e308, -1e308, 1e308)).toEqual([0.5, 0, 0.5]);
  });

  test('log_softmax at 1000 keeps the differences exactly, and small values their digits', () => {
    const y = logSoftmax(1000, 0, 998);
    expect(y[0]! - y[1]!).toBe(1000);
    expect(y[0]! - y[2]!).toBe(2);
    expect(logSoftmax(1000, 0)).toEqual([0, -1000]);
    expect(logSoftmax(40, 0)[0]).toBe(-Math.exp(-40));
    expect(logSoftmax(1e300, -1e300)).toEqual([0, -2e300]);
  });

  test('-Infinity beside a finite value is a probability of 0', () => {
    expect(softmax(-Infinity, 2, 2)).toEqual([0, 0.5, 0.5]);
    expect(logSoftmax(-Infinity, 3)).toEqual([-Infinity, 0]);
  });

  test.each([
    [[Number.NaN, 1, 2]],
    [[1, 2, Number.NaN]],
    [[3, Number.NaN, 3]],
    [[-Infinity, -Infinity]],
    [[Infinity, Infinity]],
    [[5, Infinity]],
  ])('%s gives NaN', values => {
    expect(softmax(...values).every(Number.isNaN)).toBe(true);
    expect(logSoftmax(...values).some(Number.isNaN)).toBe(true);
    expect(softmaxVjp(row(...values.map((_, k) => k + 1)), row(...values), 0).data.every(Number.isNaN)).toBe(
      true,
    );
  });
});

/** x with its axis k moved to the end, cell by cell; softmax along -1 of it is the witness for axis k. */
function movedToEnd(x: Tensor<'float64'>, axis: number): { moved: Tensor<'float64'>; places: number[] } {
  const shape = x.shape.filter((_, k) => k !== axis);
  const extent = x.shape[axis]!;
  const step = cells(x.shape.slice(axis + 1));
  const places: number[] = [];
  for (let start = 0; start < x.data.length; start++) {
    if (Math.floor(start / step) % extent !== 0) continue;
    for (let k = 0; k < extent; k++) places.push(start + k * step);
  }
  return {
    moved: fromArray(
      [...shape, extent],
      places.map(at => x.data[at]!),
    ),
    places,
  };
}

describe('the axis', () => {
  const shape = [2, 3, 4];
  const x = fromArray(
    shape,
    Array.from({ length: 24 }, (_, k) => ((k * 7) % 11) / 3 - (k % 5)),
  );
  const yBar = fromArray(
    shape,
    Array.from({ length: 24 }, (_, k) => ((k * 5) % 13) / 2 - 3),
  );

  test.each([
    [0, -3],
    [1, -2],
    [2, -1],
  ])('%i counts as %i, and rows are those of the axis moved to the end', (axis, fromEnd) => {
    const { moved, places } = movedToEnd(x, axis);
    const upstream = movedToEnd(yBar, axis).moved;
    for (const [got, want] of [
      [softmaxKernel(x, axis), softmaxKernel(moved, -1)],
      [logSoftmaxKernel(x, axis), logSoftmaxKernel(moved, -1)],
      [softmaxVjp(yBar, x, axis), softmaxVjp(upstream, moved, -1)],
      [logSoftmaxVjp(yBar, x, axis), logSoftmaxVjp(upstream, moved, -1)],
    ] as const) {
      expect(got.shape).toEqual(shape);
      expect(places.map(at => got.data[at])).toEqual([...want.data]);
    }
    expect(softmaxKernel(x, fromEnd)).toEqual(softmaxKernel(x, axis));
    expect(logSoftmaxVjp(yBar, x, fromEnd)).toEqual(logSoftmaxVjp(yBar, x, axis));
  });

  test('rows add up to 1, and gradients of softmax to 0', () => {
    const y = softmaxKernel(x, 1).data;
    const xBar = softmaxVjp(yBar, x, 1).data;
    for (const n of [0, 1]) {
      for (const l of [0, 1, 2, 3]) {
        const places = [0, 1, 2].map(c => n * 12 + c * 4 + l);
        const sumOf = (of: Float64Array) => places.reduce((sum, at) => sum + of[at]!, 0);
        // Three quotients and two sums; the gradient has parts of up to 3 in size.
        expect(Math.abs(sumOf(y) - 1)).toBeLessThanOrEqual(4 * 2 ** -53);
        expect(Math.abs(sumOf(xBar))).toBeLessThanOrEqual(3 * 12 * 2 ** -53);
      }
    }
  });

  test('empty rows and empty batches', () => {
    expect(softmaxKernel(fromArray([2, 0], []), -1).shape).toEqual([2, 0]);
    expect(logSoftmaxVjp(fromArray([0, 3], []), fromArray([0, 3], []), 1).shape).toEqual([0, 3]);
  });

  test('float32 is the float64 result, rounded once', () => {
    const [single, bar] = [fromArray(shape, x.data, 'float32'), fromArray(shape, yBar.data, 'float32')];
    const [wide, wideBar] = [fromArray(shape, single.data), fromArray(shape, bar.data)];
    const rounded = (of: Tensor<'float64'>) => fromArray(shape, of.data, 'float32');
    expect(softmaxKernel(single, 1)).toEqual(rounded(softmaxKernel(wide, 1)));
    expect(logSoftmaxKernel(single, 0)).toEqual(rounded(logSoftmaxKernel(wide, 0)));
    expect(softmaxVjp(bar, single, 2)).toEqual(rounded(softmaxVjp(wideBar, wide, 2)));
    expect(logSoftmaxVjp(bar, single, 1)).toEqual(rounded(logSoftmaxVjp(wideBar, wide, 1)));
  });

  test.each([3, -4, 0.5, Number.NaN])('axis %s is refused', axis => {
    const fault = faultOf(() => softmaxKernel(x, axis));
    expect([fault.code, fault.data]).toEqual(['axis-out-of-range', { axis, least: -3, most: 2 }]);
    expect(codeOf(() => logSoftmaxKernel(x, axis))).toBe('axis-out-of-range');
    expect(codeOf(() => softmaxVjp(yBar, x, axis))).toBe('axis-out-of-range');
  });

  test('what else is refused', () => {
    expect(codeOf(() => softmaxKernel(fromArray([], [1]), -1))).toBe('rank-mismatch');
    expect(codeOf(() => softmaxKernel(fromArray([2], [1, 2], 'int32') as never, 0))).toBe(
      'unsupported-dtype',
    );
    const other = fromArray([2, 4, 3], yBar.data);
    expect(codeOf(() => softmaxVjp(other, x, 0))).toBe('upstream-shape-mismatch');
    expect(codeOf(() => logSoftmaxVjp(other, x, 0))).toBe('upstream-shape-mismatch');
  });

  test('inputs stay as they are', () => {
    const before = [...x.data];
    softmaxVjp(yBar, x, 1);
    logSoftmaxKernel(x, 2);
    expect([...x.data]).toEqual(before);
  });
});
