import { describe, expect, test } from 'vitest';
import { fromArray, oneHot, zeros } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

describe('oneHot', () => {
  test('a row per index, with a 1 at its class', () => {
    expect(oneHot(fromArray([3], [2, 0, 3], 'int32'), 4)).toEqual(
      fromArray([3, 4], [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1]),
    );
    const rows = oneHot(fromArray([1, 2], [1, 0], 'uint8'), 3, 'float32');
    expect(rows).toEqual(fromArray([1, 2, 3], [0, 1, 0, 1, 0, 0], 'float32'));
  });

  test('no axes, no rows, whole numbers in a float tensor, a view', () => {
    expect(oneHot(fromArray([], [1]), 2)).toEqual(fromArray([2], [0, 1]));
    expect(oneHot(zeros([0], 'int32'), 5)).toEqual(zeros([0, 5]));
    expect(oneHot(zeros([0], 'int32'), 0)).toEqual(zeros([0, 0]));
    const view = { shape: [1], data: new Int32Array([7, 1]).subarray(1), dtype: 'int32' } as const;
    expect(oneHot(view, 2)).toEqual(fromArray([1, 2], [0, 1]));
  });

  test.each([
    ['class-out-of-range', 3, 1, 3],
    ['class-out-of-range', -1, 1, 3],
    ['class-out-of-range', -100, 0, 3],
    ['not-an-integer-parameter', 0.5, 1, 3],
    ['not-an-integer-parameter', Number.NaN, 0, 3],
    ['not-an-integer-parameter', Number.POSITIVE_INFINITY, 1, 3],
  ])('%s for %d', (code, index, row, classes) => {
    const indices = fromArray([2], row === 0 ? [index, 1] : [1, index]);
    const error = thrown(() => oneHot(indices, classes));
    expect(error.code).toBe(code);
    expect(error.data).toEqual({ row, index, classes });
  });

  test('bad arguments', () => {
    const indices = fromArray([2], [0, 1], 'int32');
    expect(thrown(() => oneHot(indices, -1)).code).toBe('bad-shape');
    expect(thrown(() => oneHot(indices, 2.5)).code).toBe('bad-shape');
    expect(thrown(() => oneHot(indices, 0)).code).toBe('class-out-of-range');
    expect(thrown(() => oneHot([0, 1] as never, 2)).code).toBe('unknown-dtype');
    expect(thrown(() => oneHot(indices, 2, 'double' as never)).code).toBe('unknown-dtype');
  });
});
