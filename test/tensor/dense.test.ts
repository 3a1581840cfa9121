import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../src/tensor/index.js';
import { checkTensor, dtypes, fromArray, zeros } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

describe('dense tensors', () => {
  test('every element type has zeros in its own array', () => {
    const arrays = dtypes.map(dtype => [dtype, zeros([2, 3], dtype).data.constructor.name]);
    expect(Object.fromEntries(arrays)).toEqual({
      float64: 'Float64Array',
      float32: 'Float32Array',
      int32: 'Int32Array',
      uint8: 'Uint8Array',
      bool: 'Uint8Array',
    });
    expect([...zeros([2, 3]).data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([zeros([]).data.length, zeros([4, 0]).data.length, zeros([]).dtype]).toEqual([1, 0, 'float64']);
  });

  test('fromArray copies the values and the shape', () => {
    const [shape, values] = [[2, 2], new Float64Array([1, 2, 3, 4])];
    const tensor = fromArray(shape, values);
    values[0] = 9;
    shape[0] = 9;
    expect(tensor).toEqual({ shape: [2, 2], data: new Float64Array([1, 2, 3, 4]), dtype: 'float64' });
  });

  test('float32 rounds and float64 does not', () => {
    expect(fromArray([1], [0.1], 'float32').data[0]).toBe(Math.fround(0.1));
    expect([...fromArray([4], [0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY]).data]).toEqual([
      0.1,
      -0,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  test.each([
    ['int32', [2147483647, -2147483648, 0], [2147483648, -2147483649, 0.5, Number.NaN]],
    ['uint8', [0, 255], [-1, 256, 0.5]],
    ['bool', [0, 1], [2, -1, 0.5]],
  ] as const)('%s holds what fits and refuses what would wrap', (dtype, good, bad) => {
    expect([...fromArray([good.length], good, dtype).data]).toEqual(good);
    for (const value of bad) {
      const error = thrown(() => fromArray([1], [value], dtype));
      expect([error.code, error.data]).toEqual(['value-out-of-range', { at: 0, value, dtype }]);
    }
  });

  test('text is no number, and a hole is none either', () => {
    expect(thrown(() => fromArray([1], ['1'] as never)).code).toBe('value-out-of-range');
    expect(thrown(() => fromArray([1], new Array<number>(1))).code).toBe('value-out-of-range');
  });

  test('wrong lengths, shapes and element types are refused', () => {
    const length = thrown(() => fromArray([2, 3], [1, 2, 3]));
    expect([length.code, length.data]).toEqual([
      'data-length-mismatch',
      { shape: [2, 3], expected: 6, got: 3 },
    ]);
    expect(thrown(() => fromArray([], [])).code).toBe('data-length-mismatch');
    expect(thrown(() => fromArray([2], [1, 2, 3])).code).toBe('data-length-mismatch');
    expect(thrown(() => zeros([-1])).code).toBe('bad-shape');
    for (const dtype of ['float16', 'toString', null]) {
      expect(thrown(() => zeros([1], dtype as never)).code).toBe('unknown-dtype');
    }
  });
});

describe('checkTensor', () => {
  test('accepts good tensors, views and arrays of another realm', () => {
    const foreign: Float64Array = runInNewContext('new Float64Array(2)');
    expect(foreign instanceof Float64Array).toBe(false);
    const view = new Float32Array(new ArrayBuffer(16), 4, 2);
    for (const tensor of [
      zeros([2, 3], 'bool'),
      { shape: [2], data: foreign, dtype: 'float64' },
      { shape: [2], data: view, dtype: 'float32' },
    ]) {
      expect(() => checkTensor(tensor, 'test')).not.toThrow();
    }
  });

  test.each<[string, unknown]>([
    ['not-a-tensor', undefined],
    ['not-a-tensor', null],
    ['not-a-tensor', 'x'],
    ['unknown-dtype', { shape: [1], data: new Float64Array(1), dtype: 'double' }],
    ['unknown-dtype', [1, 2]],
    ['storage-mismatch', { shape: [1], data: [1], dtype: 'float64' }],
    ['storage-mismatch', { shape: [1], dtype: 'float64' }],
    ['storage-mismatch', { shape: [1], data: new Float32Array(1), dtype: 'float64' }],
    ['data-length-mismatch', { shape: [2], data: new Float64Array(1), dtype: 'float64' }],
    ['bad-shape', { shape: [-1], data: new Float64Array(1), dtype: 'float64' }],
    ['bad-shape', { data: new Float64Array(1), dtype: 'float64' }],
  ])('%s', (code, tensor) => {
    const error = thrown(() => checkTensor(tensor as Tensor, 'my kernel'));
    expect([error.code, error.where]).toEqual([code, 'my kernel']);
  });
});
