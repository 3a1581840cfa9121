/** Pooling kernels: results printed in the documentation of other libraries, and edges worked by hand. */
import { describe, expect, test } from 'vitest';
import {
  avgPoolForward,
  avgPoolVjp,
  globalAvgForward,
  maxPoolForward,
  maxPoolVjp,
  maxUnpoolForward,
  maxUnpoolSelectionVjp,
  maxUnpoolVjp,
  type PoolGeometry,
  upsampleForward,
} from '../../src/kernels/index.js';
import { fromArray, zeros } from '../../src/tensor/index.js';

const counting = (...shape: number[]) =>
  fromArray(
    [1, 1, ...shape],
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at + 1),
  );

const line = (kernel: number, output: number, change: Partial<PoolGeometry> = {}): PoolGeometry => ({
  kernel: [kernel],
  stride: [1],
  dilation: [1],
  padding: [[0, 0]],
  output: [output],
  ...change,
});

const plane = (kernel: number, output: number, change: Partial<PoolGeometry> = {}): PoolGeometry => ({
  kernel: [kernel, kernel],
  stride: [1, 1],
  dilation: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  output: [output, output],
  ...change,
});

describe('results of the ONNX documentation (operators MaxPool and AveragePool, examples by name)', () => {
  const pads = (before: number, after: number) => [[before, after] as const, [before, after] as const];
  test.each([
    ['maxpool_2d_ceil', counting(4, 4), plane(3, 2, { stride: [2, 2] }), [11, 12, 15, 16]],
    ['maxpool_2d_dilations', counting(4, 4), plane(2, 2, { dilation: [2, 2] }), [11, 12, 15, 16]],
    [
      'maxpool_2d_precomputed_same_upper',
      counting(5, 5),
      plane(3, 3, { stride: [2, 2], padding: pads(1, 1) }),
      [7, 9, 10, 17, 19, 20, 22, 24, 25],
    ],
    ['maxpool_2d_precomputed_strides', counting(5, 5), plane(2, 2, { stride: [2, 2] }), [7, 9, 17, 19]],
  ])('%s', (_, x, geometry, expected) => {
    expect([...maxPoolForward(x, geometry).data]).toEqual(expected);
  });

  test.each([
    ['averagepool_2d_ceil', counting(4, 4), plane(3, 2, { stride: [2, 2] }), 'real', [6, 7.5, 12, 13.5]],
    [
      'averagepool_2d_precomputed_same_upper',
      counting(5, 5),
      plane(3, 3, { stride: [2, 2], padding: pads(1, 1) }),
      'real',
      [4, 5.5, 7, 11.5, 13, 14.5, 19, 20.5, 22],
    ],
    [
      'averagepool_2d_precomputed_pads',
      counting(5, 5),
      plane(5, 5, { padding: pads(2, 2) }),
      'real',
      [
        7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.5, 12, 12.5, 13, 13.5, 14, 14.5, 15, 15.5, 16, 16.5, 17,
        17.5, 18,
      ].concat([18.5, 19]),
    ],
    [
      'averagepool_2d_precomputed_pads_count_include_pad',
      counting(5, 5),
      plane(5, 5, { padding: pads(2, 2) }),
      'padded',
      [
        2.52, 3.6, 4.8, 4.08, 3.24, 4.56, 6.4, 8.4, 7.04, 5.52, 7.2, 10, 13, 10.8, 8.4, 6.96, 9.6, 12.4,
        10.24, 7.92,
      ].concat([6.12, 8.4, 10.8, 8.88, 6.84]),
    ],
  ] as const)('%s', (_, x, geometry, count, expected) => {
    expect([...avgPoolForward(x, geometry, count).data]).toEqual(expected);
  });

  test('averagepool_2d_ceil_last_window_starts_on_pad: that window is not there', () => {
    const x = fromArray(
      [1, 3, 2, 2],
      [0.858, 0.0786, 0.2692, 0.1537, 0.8816, 0.4353, 0.5772, 0.6623, 0.9067, 0.9483, 0.597, 0.763],
    );
    const y = avgPoolForward(x, plane(3, 1, { stride: [3, 3], padding: pads(1, 1) }), 'padded');
    // Printed with four digits.
    for (const [at, expected] of [0.1511, 0.284, 0.3572].entries())
      expect(Math.abs(y.data[at]! - expected)).toBeLessThan(0.00015);
  });
});

describe('results of the PyTorch documentation', () => {
  test('AvgPool1d(3, stride=2)', () => {
    expect([...avgPoolForward(counting(7), line(3, 3, { stride: [2] }), 'padded').data]).toEqual([2, 4, 6]);
  });

  test('MaxUnpool1d(2, stride=2), with and without a cell left over', () => {
    const geometry = line(2, 4, { stride: [2] });
    const x = maxPoolForward(counting(8), geometry);
    const selection = fromArray([1, 1, 4, 2], [0, 1, 0, 1, 0, 1, 0, 1]);
    expect([...maxUnpoolForward(x, selection, [1, 1, 8], geometry).data]).toEqual([0, 2, 0, 4, 0, 6, 0, 8]);
    expect([...maxUnpoolForward(x, selection, [1, 1, 9], geometry).data]).toEqual([
      0, 2, 0, 4, 0, 6, 0, 8, 0,
    ]);
  });

  test('MaxUnpool2d(2, stride=2) to 4 x 5', () => {
    const geometry = plane(2, 2, { stride: [2, 2] });
    const x = maxPoolForward(counting(4, 5), geometry);
    const selection = fromArray([1, 1, 2, 2, 2, 2], [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect([...maxUnpoolForward(x, selection, [1, 1, 4, 5], geometry).data]).toEqual([
      0, 0, 0, 0, 0, 0, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0, 17, 0, 19, 0,
    ]);
  });

  test('what an unpooling puts outside y is left out', () => {
    const geometry = line(2, 3, { stride: [2], padding: [[1, 0]] });
    const selection = fromArray([1, 1, 3, 2], [2, 3, 5, 7, 11, 13]);
    // Windows start at -1, 1 and 3: the first loses a cell, the last one both.
    expect([...maxUnpoolForward(counting(3), selection, [1, 1, 3], geometry).data]).toEqual([3, 10, 14]);
    expect([...maxUnpoolVjp(counting(3), selection, geometry).data]).toEqual([3, 31, 0]);
    expect([...maxUnpoolSelectionVjp(counting(3), counting(3), [1, 1, 3], geometry).data]).toEqual([
      0, 1, 4, 6, 0, 0,
    ]);
  });

  test('Upsample(scale_factor=2) on [[1, 2], [3, 4]]', () => {
    expect([...upsampleForward(counting(2, 2), [2, 2]).data]).toEqual([
      1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4,
    ]);
  });
});

describe('max pooling at the edges', () => {
  const x = (...values: number[]) => fromArray([1, 1, values.length], values);
  const max = (values: number[], geometry: PoolGeometry) => [...maxPoolForward(x(...values), geometry).data];
  const back = (
    values: number[],
    yBar: number[],
    geometry: PoolGeometry,
    ties: 'first' | 'last' | 'split',
  ) => [...maxPoolVjp(x(...yBar), x(...values), geometry, ties).data];

  test('padding never wins over negative numbers', () => {
    expect(max([-5, -3, -8], line(2, 4, { padding: [[1, 1]] }))).toEqual([-5, -3, -3, -8]);
    expect(max([-Infinity], line(3, 1, { padding: [[1, 1]] }))).toEqual([-Infinity]);
    expect(back([-Infinity], [7], line(3, 1, { padding: [[1, 1]] }), 'first')).toEqual([7]);
  });

  test('one cell: the input and yBar themselves; the whole input: one winner', () => {
    expect(max([4, -2, 3], line(1, 3))).toEqual([4, -2, 3]);
    expect(back([4, -2, 3], [5, 6, 7], line(1, 3), 'first')).toEqual([5, 6, 7]);
    expect(max([4, -2, 9, 3], line(4, 1))).toEqual([9]);
    expect(back([4, -2, 9, 3], [5], line(4, 1), 'first')).toEqual([0, 0, 5, 0]);
  });

  test('a cell that wins two windows gets the sum, ties go as told', () => {
    expect(back([1, 9, 2], [5, 6], line(2, 2), 'first')).toEqual([0, 11, 0]);
    const tied = [7, 7, 7, 1];
    expect(back(tied, [12], line(4, 1), 'first')).toEqual([12, 0, 0, 0]);
    expect(back(tied, [12], line(4, 1), 'last')).toEqual([0, 0, 12, 0]);
    expect(back(tied, [12], line(4, 1), 'split')).toEqual([4, 4, 4, 0]);
  });

  test('-0 and 0 are equal: the first wins', () => {
    expect(back([-0, 0], [5], line(2, 1), 'first')).toEqual([5, 0]);
    expect(back([0, -0], [5], line(2, 1), 'last')).toEqual([0, 5]);
  });

  test('a NaN wins, and the gradient goes to it', () => {
    expect(max([1, NaN, 3, 5, 2], line(3, 3))).toEqual([NaN, NaN, 5]);
    expect(back([1, NaN, 3, 5, 2], [10, 20, 40], line(3, 3), 'first')).toEqual([0, 30, 0, 40, 0]);
    expect(back([NaN, Infinity, NaN], [8], line(3, 1), 'first')).toEqual([8, 0, 0]);
    expect(back([NaN, Infinity, NaN], [8], line(3, 1), 'split')).toEqual([4, 0, 4]);
  });

  test('dilation may jump over all of x but one cell', () => {
    const geometry = line(2, 2, { dilation: [3], padding: [[2, 1]] });
    // Window 0 reads cells -2 and 1, window 1 cells -1 and 2.
    expect(max([9, 4, 6], geometry)).toEqual([4, 6]);
  });

  test('empty batches, no channels and no windows', () => {
    for (const shape of [
      [0, 2, 3],
      [2, 0, 3],
    ])
      expect(maxPoolForward(zeros(shape), line(2, 2)).shape).toEqual([shape[0], shape[1], 2]);
    expect(maxPoolVjp(zeros([2, 3, 0]), zeros([2, 3, 4]), line(5, 0), 'first')).toEqual(zeros([2, 3, 4]));
    expect(avgPoolVjp(zeros([2, 3, 0]), [2, 3, 0], line(5, 0), 'real')).toEqual(zeros([2, 3, 0]));
  });
});

describe('average pooling at the edges', () => {
  const avg = (geometry: PoolGeometry, count: 'padded' | 'real') => [
    ...avgPoolForward(counting(3), geometry, count).data,
  ];

  test('the divisor stops at the end of the padding, not at the end of the window', () => {
    // Windows start at -1 and 2; the second covers cell 2, one cell of padding, and two cells beyond it.
    const geometry = line(4, 2, { stride: [3], padding: [[1, 1]] });
    expect(avg(geometry, 'padded')).toEqual([6 / 4, 3 / 2]);
    expect(avg(geometry, 'real')).toEqual([6 / 3, 3 / 1]);
    const back = (count: 'padded' | 'real') => [
      ...avgPoolVjp(fromArray([1, 1, 2], [12, 8]), [1, 1, 3], geometry, count).data,
    ];
    expect(back('padded')).toEqual([3, 3, 3 + 4]);
    expect(back('real')).toEqual([4, 4, 4 + 8]);
  });

  test('cells between windows get nothing', () => {
    const yBar = fromArray([1, 1, 2], [10, 20]);
    expect([...avgPoolVjp(yBar, [1, 1, 6], line(2, 2, { stride: [4] }), 'real').data]).toEqual([
      5, 5, 0, 0, 10, 10,
    ]);
  });

  test('a global average over no cells is not a number', () => {
    expect([...globalAvgForward(zeros([1, 2, 0])).data]).toEqual([NaN, NaN]);
    expect([...globalAvgForward(counting()).data]).toEqual([1]);
  });
});

describe('rows and windows of thousands of cells', () => {
  const two = fromArray([2, 1, 9000], [...counting(9000).data, ...counting(9000).data]);

  test('every window of a long row, in every sample and in every row', () => {
    const row = Array.from({ length: 8999 }, (_, p) => p + 2);
    expect([...maxPoolForward(two, line(2, 8999)).data]).toEqual([...row, ...row]);
    const asRows = { ...plane(2, 0), kernel: [1, 2], output: [2, 8999] };
    expect([...maxPoolForward({ ...two, shape: [1, 1, 2, 9000] }, asRows).data]).toEqual([...row, ...row]);
    const yBar = fromArray([2, 1, 8999], [...row, ...row]);
    expect([...avgPoolForward(two, line(2, 8999), 'padded').data]).toEqual([...yBar.data].map(y => y - 0.5));
    expect([...maxPoolVjp(yBar, two, line(2, 8999), 'first').data]).toEqual([0, ...row, 0, ...row]);
  });

  test('every cell of a long window', () => {
    const geometry = line(5000, 3, { stride: [300] });
    expect([...maxPoolForward(counting(9000), geometry).data]).toEqual([5000, 5300, 5600]);
    expect([...avgPoolForward(counting(9000), geometry, 'real').data]).toEqual([2500.5, 2800.5, 3100.5]);
  });
});
