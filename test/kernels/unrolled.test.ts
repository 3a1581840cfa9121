/** Flat samples, windows as columns and as matrices: cell by cell, and against the sliding kernels. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  col2imKernel,
  convForward,
  convInputVjp,
  convKernelVjp,
  diagonalSumsKernel,
  flattenKernel,
  im2colKernel,
  linearKernel,
  matmulKernel,
  toeplitzKernel,
  transposeKernel,
  unflattenKernel,
  type WindowGeometry,
} from '../../src/kernels/index.js';
import { fromArray, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import { cases, features } from './cases.js';
import { type Case, indices, outputShape } from './slow-conv.js';
import { cellAt, dot, integers } from './values.js';

/** A random convolution without groups, as windows. */
const ungrouped = cases.map(({ x, w, ...rest }): Case => {
  const channels = w[1]!;
  return { ...rest, x: [x[0]!, channels, ...x.slice(2)], w, groups: 1 };
});

const windowsOf = ({ x, w, stride, dilation, padding }: Case): WindowGeometry => ({
  input: x.slice(2),
  kernel: w.slice(2),
  stride,
  dilation,
  before: padding.map(pads => pads[0]),
  after: padding.map(pads => pads[1]),
});

const product = (extents: readonly number[]) => extents.reduce((one, other) => one * other, 1);
const seeds = fc.integer({ min: 0, max: 1e6 });
const run = { seed: 41, numRuns: 300 };

test('flat samples are the same cells row by row, and come back', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 2, maxLength: 5 }), seeds, (shape, seed) => {
      const x = integers(shape, seed, 'float32');
      const flat = flattenKernel(x);
      const [batch, ...sample] = shape as [number, ...number[]];
      expect([flat.shape, flat.dtype]).toEqual([[batch, product(sample)], 'float32']);
      for (const [n, ...rest] of indices(shape) as Generator<[number, ...number[]]>)
        expect(flat.data[cellAt(flat.shape, [n, cellAt(sample, rest)])]).toBe(
          x.data[cellAt(shape, [n, ...rest])],
        );
      expect(unflattenKernel(flat, sample)).toEqual(x);
      expect(flat.data).not.toBe(x.data);
    }),
    run,
  );
});

test('every cell of every window is where im2col and the matrix say', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(ungrouped, seeds, (it, seed) => {
      for (const feature of features(it)) seen.add(feature);
      const geometry = windowsOf(it);
      const [x, w] = [integers(it.x, seed, 'float64'), integers(it.w, seed + 1, 'float32')];
      const output = outputShape(it).slice(2);
      const [batch, channels] = [it.x[0]!, it.x[1]!];
      const [taps, windows, inputs] = [it.w.slice(2), output, it.x.slice(2)].map(product);
      const columns = zeros([batch, channels * taps!, windows!]);
      const matrix = zeros([it.w[0]! * windows!, channels * inputs!], 'float32');
      for (const p of indices(output)) {
        for (const q of indices(geometry.kernel)) {
          const at = p.map(
            (one, k) => geometry.stride[k]! * one + geometry.dilation[k]! * q[k]! - geometry.before[k]!,
          );
          if (!at.every((cell, k) => cell >= 0 && cell < geometry.input[k]!)) continue;
          const [tap, window, input] = [
            cellAt(geometry.kernel, q),
            cellAt(output, p),
            cellAt(geometry.input, at),
          ];
          for (let c = 0; c < channels; c++) {
            for (let n = 0; n < batch; n++)
              columns.data[cellAt(columns.shape, [n, c * taps! + tap, window])] =
                x.data[cellAt([batch, channels, inputs!], [n, c, input])]!;
            for (let o = 0; o < it.w[0]!; o++)
              matrix.data[cellAt(matrix.shape, [o * windows! + window, c * inputs! + input])] =
                w.data[cellAt([it.w[0]!, channels, taps!], [o, c, tap])]!;
          }
        }
      }
      expect(im2colKernel(x, geometry)).toEqual(columns);
      expect(toeplitzKernel(w, geometry)).toEqual(matrix);
    }),
    run,
  );
  for (const feature of ['rank 1', 'rank 2', 'rank 3', 'empty batch', 'empty input', 'empty output', 'crop'])
    expect(seen).toContain(feature);
  for (const feature of ['asymmetric', 'remainder', 'dilated', 'kernel over input', 'pad over kernel'])
    expect(seen).toContain(feature);
});

test('convolution and both gradients are products with the columns and with the matrix', () => {
  let compared = 0;
  fc.assert(
    fc.property(ungrouped, seeds, (it, seed) => {
      const geometry = windowsOf(it);
      const [x, w] = [integers(it.x, seed, 'float64'), integers(it.w, seed + 1, 'float64')];
      const yShape = outputShape(it);
      const yBar = integers(yShape, seed + 2, 'float64');
      if (product(yShape) > 0) compared++;
      const ours = (tensor: { data: Iterable<number> }) => [...tensor.data].map(value => value + 0);
      const columns = flattenKernel(transposeKernel(im2colKernel(x, geometry)));
      const y = convForward({ x, w }, it);
      expect(ours(matmulKernel(flattenKernel(w), columns))).toEqual(ours(transposeKernel(y)));
      const wBar = convKernelVjp(yBar, x, it.w, it);
      expect(ours(linearKernel(flattenKernel(transposeKernel(yBar)), columns))).toEqual(ours(wBar));

      const matrix = toeplitzKernel(w, geometry);
      expect(ours(linearKernel(flattenKernel(x), matrix))).toEqual(ours(y));
      const xBar = convInputVjp(yBar, w, it.x, it);
      expect(ours(matmulKernel(flattenKernel(yBar), matrix))).toEqual(ours(xBar));
      const entries = matmulKernel(transposeKernel(flattenKernel(yBar)), flattenKernel(x));
      expect(ours(diagonalSumsKernel(entries, it.w[0]!, it.w[1]!, geometry))).toEqual(ours(wBar));
    }),
    run,
  );
  expect(compared).toBeGreaterThan(100);
});

test('the ways back are the adjoints', () => {
  fc.assert(
    fc.property(ungrouped, seeds, (it, seed) => {
      const geometry = windowsOf(it);
      const [x, w] = [integers(it.x, seed, 'float64'), integers(it.w, seed + 1, 'float64')];
      const columns = im2colKernel(x, geometry);
      const columnsBar = integers(columns.shape, seed + 2, 'float64');
      const xBar = col2imKernel(columnsBar, geometry);
      expect(xBar.shape).toEqual(x.shape);
      expect(dot(xBar, x)).toBe(dot(columnsBar, columns));
      const matrix = toeplitzKernel(w, geometry);
      const matrixBar = integers(matrix.shape, seed + 3, 'float64');
      const wBar = diagonalSumsKernel(matrixBar, it.w[0]!, it.w[1]!, geometry);
      expect(wBar.shape).toEqual(w.shape);
      expect(dot(wBar, w)).toBe(dot(matrixBar, matrix));
    }),
    run,
  );
});

test('by hand', () => {
  const line: WindowGeometry = {
    input: [4],
    kernel: [2],
    stride: [1],
    dilation: [1],
    before: [0],
    after: [0],
  };
  const x = fromArray([1, 1, 4], [2, 3, 5, 7]);
  expect([...im2colKernel(x, line).data]).toEqual([2, 3, 5, 3, 5, 7]);
  // Two windows share each inner cell.
  expect([...col2imKernel(im2colKernel(x, line), line).data]).toEqual([2, 6, 10, 7]);
  expect([...toeplitzKernel(fromArray([1, 1, 2], [8, 9]), line).data]).toEqual([
    ...[8, 9, 0, 0],
    ...[0, 8, 9, 0],
    ...[0, 0, 8, 9],
  ]);
  const rows = fromArray([3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect([...diagonalSumsKernel(rows, 1, 1, line).data]).toEqual([1 + 6 + 11, 2 + 7 + 12]);
  // Float32 sums are rounded once, at the end.
  const big = fromArray([1, 2, 3], [0, 2 ** 24, 0, 1, 0, 0].map(Math.fround), 'float32');
  expect(col2imKernel(big, line).data[1]).toBe(2 ** 24);
});

test('without spatial axes a window is the sample', () => {
  const none: WindowGeometry = { input: [], kernel: [], stride: [], dilation: [], before: [], after: [] };
  const x = fromArray([2, 3], [2, 3, 4, 5, 6, 7]);
  expect(im2colKernel(x, none)).toEqual({ ...x, shape: [2, 3, 1] });
  expect(toeplitzKernel(x, none)).toEqual(x);
  expect(diagonalSumsKernel(x, 2, 3, none)).toEqual(x);
});

describe('errors', () => {
  const line: WindowGeometry = {
    input: [4],
    kernel: [2],
    stride: [1],
    dilation: [1],
    before: [0],
    after: [0],
  };
  const x = zeros([1, 1, 4]);
  test.each<[string, () => unknown]>([
    ['rank-mismatch', () => flattenKernel(zeros([3]))],
    ['rank-mismatch', () => unflattenKernel(zeros([1, 2, 3]), [6])],
    ['size-mismatch', () => unflattenKernel(zeros([1, 6]), [4, 2])],
    ['bad-shape', () => unflattenKernel(zeros([1, 6]), [-2, -3])],
    ['rank-mismatch', () => im2colKernel(zeros([4]), line)],
    ['size-mismatch', () => im2colKernel(zeros([1, 1, 5]), line)],
    ['size-mismatch', () => im2colKernel(zeros([1, 1, 4, 4]), line)],
    ['wrong-axis-count', () => im2colKernel(x, { ...line, stride: [1, 1] })],
    ['wrong-axis-count', () => im2colKernel(x, { ...line, after: [] })],
    ['stride-not-positive', () => im2colKernel(x, { ...line, stride: [0] })],
    ['dilation-not-positive', () => im2colKernel(x, { ...line, dilation: [-1] })],
    ['kernel-size-not-positive', () => im2colKernel(x, { ...line, kernel: [0] })],
    ['not-an-integer-parameter', () => im2colKernel(x, { ...line, before: [0.5] })],
    ['not-an-integer-parameter', () => im2colKernel(x, { ...line, after: [Number.NaN] })],
    ['rank-mismatch', () => col2imKernel(zeros([2, 3]), line)],
    ['size-mismatch', () => col2imKernel(zeros([1, 3, 3]), line)],
    ['size-mismatch', () => col2imKernel(zeros([1, 2, 4]), line)],
    ['rank-mismatch', () => toeplitzKernel(zeros([2]), line)],
    ['size-mismatch', () => toeplitzKernel(zeros([1, 1, 3]), line)],
    ['bad-shape', () => toeplitzKernel(zeros([1, 1, 2]), { ...line, input: [-1] })],
    ['bad-shape', () => toeplitzKernel(zeros([1, 1, 2]), { ...line, input: [2 ** 16] })],
    ['size-mismatch', () => diagonalSumsKernel(zeros([3, 5]), 1, 1, line)],
    ['size-mismatch', () => diagonalSumsKernel(zeros([4, 4]), 1, 1, line)],
    ['unsupported-dtype', () => im2colKernel(zeros([1, 1, 4], 'int32') as never, line)],
    ['not-a-tensor', () => flattenKernel(undefined as never)],
  ])('%s', (code, call) => {
    expect(thrown(call).code).toBe(code);
  });
});
