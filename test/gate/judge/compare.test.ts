import { expect, test } from 'vitest';
import { type Expected, firstWrong } from '../../../src/gate/judge/compare.js';
import type { WireTensor } from '../../../src/gate/subject/subject.js';

const expected = (numbers: number[], bounds: number[] | null = null): Expected => ({
  shape: [2, 2],
  dtype: 'float64',
  numbers,
  bounds,
});
const tensor = (...values: number[]): WireTensor => ({
  shape: [2, 2],
  data: Float64Array.from(values),
  dtype: 'float64',
});

test('right is null: signs of zero do not count, NaN stands for NaN only', () => {
  expect(firstWrong(expected([1, -0, 3, Number.NaN]), tensor(1, 0, 3, Number.NaN))).toBeNull();
  const infinite = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1];
  expect(firstWrong(expected(infinite, [9, 9, 9, 9]), tensor(...infinite))).toBeNull();
});

test.each<[string, Expected, WireTensor | undefined, object]>([
  ['missing', expected([1, 2, 3, 4]), undefined, { kind: 'missing', index: null, got: 'nothing' }],
  [
    'another type',
    expected([1, 2, 3, 4]),
    { ...tensor(1, 2, 3, 4), dtype: 'float32' },
    { kind: 'dtype', got: 'float32' },
  ],
  [
    'a shape that would broadcast',
    expected([1, 1, 1, 1]),
    { ...tensor(1), shape: [1, 1] },
    { kind: 'shape', got: '[1,1]' },
  ],
  [
    'too few cells',
    expected([1, 2, 3, 4]),
    { ...tensor(1, 2, 3), shape: [2, 2] },
    { kind: 'length', got: '3' },
  ],
  [
    'the first of two cells',
    expected([1, 2, 3, 4]),
    tensor(1, 2, 5, 5),
    { kind: 'value', index: [1, 0], expected: '3', got: '5', cells: 2 },
  ],
  [
    'NaN for a number',
    expected([1, 2, 3, 4], [9, 9, 9, 9]),
    tensor(1, Number.NaN, 3, 4),
    { kind: 'not-finite', index: [0, 1] },
  ],
  ['a number for NaN', expected([Number.NaN, 2, 3, 4]), tensor(1, 2, 3, 4), { kind: 'value', index: [0, 0] }],
  [
    'the other infinity',
    expected([Number.POSITIVE_INFINITY, 2, 3, 4], [1, 1, 1, 1]),
    tensor(Number.NEGATIVE_INFINITY, 2, 3, 4),
    { index: [0, 0] },
  ],
  [
    'beyond the bound',
    expected([1, 2, 3, 4], [0, 0, 0, 0.5]),
    tensor(1, 2, 3, 4.625),
    { index: [1, 1], bound: 0.5 },
  ],
])('%s', (_, right, got, wrong) => {
  expect(firstWrong(right, got)).toMatchObject(wrong);
});

test('at the bound is right', () => {
  expect(firstWrong(expected([1, 2, 3, 4], [0, 0, 0, 0.5]), tensor(1, 2, 3, 4.5))).toBeNull();
});
