import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConvGeometry } from '../../src/kernels/index.js';
import {
  convForward,
  convInputVjp,
  convKernelVjp,
  cropKernel,
  flipSpatialKernel,
  padKernel,
  regroupKernel,
  transposeKernel,
  zeroStuffKernel,
} from '../../src/kernels/index.js';
import type { Tensor } from '../../src/tensor/index.js';
import { fromArray, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import { cases } from './cases.js';
import { indices, outputShape } from './slow-conv.js';
import { cellAt, integers } from './values.js';

const extent = fc.integer({ min: 0, max: 4 });
const tensors = fc
  .tuple(fc.array(extent, { minLength: 2, maxLength: 5 }), fc.integer({ min: 0, max: 1e6 }), fc.boolean())
  .map(([shape, seed, single]) => integers(shape, seed, single ? 'float32' : 'float64') as Tensor<'float64'>);

/** Checks y cell by cell: its value at an index is x's at `source(index)`, and 0 where that is outside x. */
function expectCells(y: Tensor, x: Tensor, shape: readonly number[], source: (index: number[]) => number[]) {
  expect([y.shape, y.dtype, y.data.constructor]).toEqual([shape, x.dtype, x.data.constructor]);
  for (const index of indices(shape)) {
    const from = source(index);
    const inside = from.every((at, axis) => Number.isInteger(at) && at >= 0 && at < x.shape[axis]!);
    expect(y.data[cellAt(shape, index)]).toBe(inside ? x.data[cellAt(x.shape, from)] : 0);
  }
}

/** The index with its spatial part replaced. */
const onSpatial = (index: number[], change: (at: number, axis: number) => number) => [
  ...index.slice(0, 2),
  ...index.slice(2).map(change),
];
const numbers = (min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: 3, maxLength: 3 });
const run = { seed: 31, numRuns: 300 };

describe('structural kernels, cell by cell', () => {
  test('crop reads any window, zero outside', () => {
    fc.assert(
      fc.property(tensors, numbers(-4, 5), numbers(0, 6), (x, starts, lengths) => {
        const rank = x.shape.length - 2;
        const [start, length] = [starts.slice(0, rank), lengths.slice(0, rank)];
        const shape = [...x.shape.slice(0, 2), ...length];
        expectCells(cropKernel(x, start, length), x, shape, index =>
          onSpatial(index, (at, axis) => start[axis]! + at),
        );
      }),
      run,
    );
  });

  test('pad adds zeros, or crops', () => {
    fc.assert(
      fc.property(tensors, numbers(-2, 3), numbers(-2, 3), (x, befores, afters) => {
        const room = x.shape.slice(2).map((length, axis) => befores[axis]! + length + afters[axis]!);
        // Where more is cropped than there is, nothing is left.
        const extents = room.map(length => (length < 0 ? 0 : length));
        const padded = padKernel(x, befores.slice(0, extents.length), afters.slice(0, extents.length));
        expectCells(padded, x, [...x.shape.slice(0, 2), ...extents], index =>
          onSpatial(index, (at, axis) => at - befores[axis]!),
        );
      }),
      run,
    );
  });

  test('zero-stuffing spreads cells, and 0 stays 0', () => {
    fc.assert(
      fc.property(tensors, numbers(1, 4), (x, steps) => {
        const step = steps.slice(0, x.shape.length - 2);
        const extents = step.map((s, axis) =>
          x.shape[axis + 2] === 0 ? 0 : s * (x.shape[axis + 2]! - 1) + 1,
        );
        expectCells(zeroStuffKernel(x, step), x, [...x.shape.slice(0, 2), ...extents], index =>
          onSpatial(index, (at, axis) => at / step[axis]!),
        );
      }),
      run,
    );
  });

  test('flip reverses the spatial axes, transpose exchanges the others', () => {
    fc.assert(
      fc.property(tensors, x => {
        expectCells(flipSpatialKernel(x), x, x.shape, index =>
          onSpatial(index, (at, axis) => x.shape[axis + 2]! - 1 - at),
        );
        const [first, second, ...spatial] = x.shape as [number, number, ...number[]];
        expectCells(transposeKernel(x), x, [second, first, ...spatial], ([i, j, ...rest]) => [
          j!,
          i!,
          ...rest,
        ]);
        expect([flipSpatialKernel(flipSpatialKernel(x)), transposeKernel(transposeKernel(x))]).toEqual([
          x,
          x,
        ]);
      }),
      run,
    );
  });

  test('regroup moves the group from axis 0 to axis 1', () => {
    fc.assert(
      fc.property(tensors, fc.integer({ min: 1, max: 3 }), (whole, groups) => {
        const [b, a, ...spatial] = whole.shape as [number, number, ...number[]];
        const x = integers([groups * b, a, ...spatial], 7, whole.dtype);
        const shape = [b, groups * a, ...spatial];
        expectCells(regroupKernel(x, groups), x, shape, ([i, j, ...rest]) => {
          const group = a === 0 ? 0 : Math.floor(j! / a);
          return [group * b + i!, j! - group * a, ...rest];
        });
      }),
      run,
    );
  });

  test('a tensor by hand', () => {
    const x = fromArray([1, 1, 2, 2], [1, 2, 3, 4]);
    expect([...padKernel(x, [1, 0], [0, 1]).data]).toEqual([0, 0, 0, 1, 2, 0, 3, 4, 0]);
    expect([...cropKernel(x, [1, -1], [2, 2]).data]).toEqual([0, 3, 0, 0]);
    expect([...zeroStuffKernel(x, [2, 1]).data]).toEqual([1, 2, 0, 0, 3, 4]);
    expect([...flipSpatialKernel(x).data]).toEqual([4, 3, 2, 1]);
    expect(regroupKernel(fromArray([4, 1], [1, 2, 3, 4]), 2)).toEqual(fromArray([2, 2], [1, 3, 2, 4]));
  });
});

/** Geometry with one integer per axis and no padding, for a sliding product of padded operands. */
const unpadded = (stride: readonly number[], dilation: readonly number[], groups: number): ConvGeometry => ({
  stride,
  dilation,
  padding: stride.map(() => [0, 0] as const),
  groups,
});

test('the closed forms of both gradients, composed of these kernels, give what the loops give', () => {
  let compared = 0;
  fc.assert(
    fc.property(cases, fc.integer({ min: 0, max: 1e6 }), (it, seed) => {
      const { stride, dilation, groups } = it;
      const yShape = outputShape(it);
      if (yShape.slice(2).includes(0)) return;
      compared++;
      const wide = dilation.map((d, axis) => d * (it.w[axis + 2]! - 1) + 1);
      const before = it.padding.map(pads => pads[0]);
      const after = it.padding.map(pads => pads[1]);
      const left = wide.map(
        (width, axis) => (it.x[axis + 2]! + before[axis]! + after[axis]! - width) % stride[axis]!,
      );
      const ones = stride.map(() => 1);
      const [x, w] = [integers(it.x, seed, 'float64'), integers(it.w, seed + 1, 'float64')];
      const yBar = integers(yShape, seed + 2, 'float64');

      const stuffed = padKernel(
        zeroStuffKernel(yBar, stride),
        wide.map((width, axis) => width - 1 - before[axis]!),
        wide.map((width, axis) => width - 1 - after[axis]! + left[axis]!),
      );
      const turned = transposeKernel(regroupKernel(flipSpatialKernel(w), groups));
      const xBar = convForward({ x: stuffed, w: turned }, unpadded(ones, dilation, groups));
      expect(xBar).toEqual(convInputVjp(yBar, w, it.x, it));

      const padded = padKernel(
        x,
        before,
        after.map((pad, axis) => pad - left[axis]!),
      );
      const samplesAsChannels = regroupKernel(transposeKernel(padded), groups);
      const slid = convForward(
        { x: samplesAsChannels, w: transposeKernel(yBar) },
        unpadded(dilation, stride, groups),
      );
      expect(transposeKernel(slid)).toEqual(convKernelVjp(yBar, x, it.w, it));
    }),
    { seed: 32, numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(300);
}, 60_000);

describe('structural errors', () => {
  const x = zeros([4, 3, 5]);
  test.each<[string, () => unknown]>([
    ['rank-mismatch', () => flipSpatialKernel(zeros([3]))],
    ['rank-mismatch', () => transposeKernel(zeros([]))],
    ['rank-mismatch', () => regroupKernel(zeros([4]), 2)],
    ['wrong-axis-count', () => padKernel(x, [1, 1], [1])],
    ['wrong-axis-count', () => padKernel(x, [1], [])],
    ['wrong-axis-count', () => cropKernel(x, [], [2])],
    ['wrong-axis-count', () => cropKernel(x, [0], [2, 2])],
    ['wrong-axis-count', () => zeroStuffKernel(x, [])],
    ['not-an-integer-parameter', () => padKernel(x, [0.5], [1])],
    ['not-an-integer-parameter', () => cropKernel(x, [0], [Number.NaN])],
    ['not-an-integer-parameter', () => regroupKernel(x, 0.5)],
    ['stride-not-positive', () => zeroStuffKernel(x, [0])],
    ['bad-shape', () => cropKernel(x, [0], [-1])],
    ['bad-shape', () => zeroStuffKernel(x, [2 ** 30])],
    ['bad-shape', () => cropKernel(zeros([0, 3, 5]), [0], [2 ** 40])],
    ['groups-not-positive', () => regroupKernel(x, 0)],
    ['groups-do-not-divide', () => regroupKernel(x, 3)],
    ['unsupported-dtype', () => flipSpatialKernel(zeros([4, 3, 5], 'int32') as never)],
    ['not-a-tensor', () => transposeKernel(undefined as never)],
  ])('%s', (code, call) => {
    expect(thrown(call).code).toBe(code);
  });
});
