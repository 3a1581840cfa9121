import { describe, expect, test } from 'vitest';
import {
  createEngine,
  type EngineKind,
  linearInputVjp,
  linearKernel,
  linearWeightVjp,
  matmulKernel,
} from '../../src/kernels/index.js';
import { fromArray, type Tensor, zeros } from '../../src/tensor/index.js';
import { dot, integers } from './values.js';

const sizes = [0, 1, 3, 4, 5, 8, 9, 17];
const triples = sizes.flatMap(n => sizes.flatMap(k => sizes.map(m => [n, k, m] as const)));

type Matrix = (row: number, column: number) => number;

const of =
  ({ shape, data }: Tensor): Matrix =>
  (row, column) =>
    data[row * shape[1]! + column]!;
const turned =
  (a: Matrix): Matrix =>
  (row, column) =>
    a(column, row);

/** y = bias + a b, by the definition. */
function slowly([n, k, m]: readonly [number, number, number], a: Matrix, b: Matrix, bias?: Tensor): number[] {
  const y: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = bias?.data[j] ?? 0;
      for (let at = 0; at < k; at++) sum += a(i, at) * b(at, j);
      y.push(sum);
    }
  return y;
}

const kinds: readonly (EngineKind | 'auto')[] = ['wasm', 'tiled', 'plain', 'auto'];

describe.each(kinds)('products of matrices: %s', kind => {
  const engine = createEngine(kind);
  const own = { engine };

  test.each(['float64', 'float32'] as const)('are exact on integers in every size: %s', dtype => {
    for (const [n, k, m] of triples) {
      const make = (shape: readonly number[], seed: number) => integers(shape, 7 * n + k + seed, dtype, 500);
      const [x, right, w, b] = [make([n, k], 1), make([k, m], 2), make([m, k], 3), make([m], 4)];
      const yBar = make([n, m], 5);
      const results: readonly (readonly [Tensor, readonly number[], number[]])[] = [
        [matmulKernel(x, right, own), [n, m], slowly([n, k, m], of(x), of(right))],
        [linearKernel(x, w, b, own), [n, m], slowly([n, k, m], of(x), turned(of(w)), b)],
        [linearKernel(x, w, undefined, own), [n, m], slowly([n, k, m], of(x), turned(of(w)))],
        [linearInputVjp(yBar, w, own), [n, k], slowly([n, m, k], of(yBar), of(w))],
        [linearWeightVjp(yBar, x, own), [m, k], slowly([m, n, k], turned(of(yBar)), of(x))],
      ];
      for (const [got, shape, want] of results) {
        expect([got.dtype, got.shape]).toEqual([dtype, shape]);
        expect(Array.from(got.data, value => value + 0)).toEqual(want.map(value => value + 0));
      }
    }
  });

  test('<yBar, linear(x, w)> = <xBar, x> = <wBar, w>, exactly', () => {
    const [x, w, yBar] = [
      integers([19, 23], 1, 'float64'),
      integers([21, 23], 2, 'float64'),
      integers([19, 21], 3, 'float64'),
    ];
    const forward = dot(yBar, linearKernel(x, w, undefined, own));
    expect([dot(linearInputVjp(yBar, w, own), x), dot(linearWeightVjp(yBar, x, own), w)]).toEqual([
      forward,
      forward,
    ]);
  });

  test('by hand', () => {
    const x = fromArray([2, 3], [1, 2, 3, 4, 5, 6]);
    const w = fromArray([2, 3], [7, 8, 9, 10, 11, 12]);
    // 1*7 + 2*8 + 3*9 = 50, 1*10 + 2*11 + 3*12 = 68, 4*7 + 5*8 + 6*9 = 122, 4*10 + 5*11 + 6*12 = 167
    expect([...linearKernel(x, w, fromArray([2], [100, 200]), own).data]).toEqual([150, 268, 222, 367]);
    expect([...linearInputVjp(fromArray([1, 2], [2, 3]), w, own).data]).toEqual([44, 49, 54]);
    expect([...linearWeightVjp(fromArray([2, 1], [2, 3]), x, own).data]).toEqual([14, 19, 24]);
    expect([...matmulKernel(x, fromArray([3, 1], [1, 10, 100]), own).data]).toEqual([321, 654]);
  });

  test('a value that is not finite reaches its row or column, and no other', () => {
    const x = fromArray([2, 2], [1, Number.POSITIVE_INFINITY, 3, 4]);
    const w = fromArray([3, 2], [1, 2, 3, Number.NaN, 5, -6]);
    const infinite = Number.POSITIVE_INFINITY;
    expect([...linearKernel(x, w, undefined, own).data]).toEqual([
      infinite,
      Number.NaN,
      -infinite,
      11,
      Number.NaN,
      -9,
    ]);
  });

  test('a sum of nothing is the bias, or zero', () => {
    expect([...linearKernel(zeros([2, 0]), zeros([3, 0]), fromArray([3], [5, 6, 7]), own).data]).toEqual([
      5, 6, 7, 5, 6, 7,
    ]);
    expect(linearWeightVjp(zeros([0, 3]), zeros([0, 2]), own)).toEqual(zeros([3, 2]));
  });

  test.each([
    ['size-mismatch', { expected: 3, got: 4 }, () => matmulKernel(zeros([2, 3]), zeros([4, 5]), own)],
    [
      'size-mismatch',
      { expected: 3, got: 4 },
      () => linearKernel(zeros([2, 3]), zeros([5, 4]), undefined, own),
    ],
    ['size-mismatch', { expected: 5, got: 4 }, () => linearInputVjp(zeros([2, 5]), zeros([4, 3]), own)],
    ['size-mismatch', { expected: 2, got: 3 }, () => linearWeightVjp(zeros([2, 5]), zeros([3, 4]), own)],
    [
      'bias-shape-mismatch',
      { tensor: 'b' },
      () => linearKernel(zeros([2, 3]), zeros([5, 3]), zeros([3]), own),
    ],
    [
      'bias-shape-mismatch',
      { tensor: 'b' },
      () => linearKernel(zeros([2, 3]), zeros([5, 3]), zeros([1, 5]), own),
    ],
    ['rank-mismatch', { tensor: 'x' }, () => matmulKernel(zeros([2, 3, 1]), zeros([3, 5]), own)],
    ['rank-mismatch', { tensor: 'w' }, () => linearKernel(zeros([2, 3]), zeros([3]), undefined, own)],
  ] as const)('%s %o', (code, data, run) => {
    expect(run).toThrow(expect.objectContaining({ code, data: expect.objectContaining(data) }));
  });

  test('operands of two element types are refused', () => {
    const mixed = () =>
      matmulKernel(zeros([2, 3]), zeros([3, 5], 'float32') as Tensor as Tensor<'float64'>, own);
    expect(mixed).toThrow(expect.objectContaining({ code: 'dtype-mismatch' }));
    const whole = zeros([2, 2], 'int32') as Tensor as Tensor<'float64'>;
    expect(() => matmulKernel(whole, whole, own)).toThrow(
      expect.objectContaining({ code: 'unsupported-dtype' }),
    );
  });
});
