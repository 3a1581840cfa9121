import { describe, expect, test } from 'vitest';
import { contiguousNumbersOf, numbersOf, tensorOf } from '../../../src/gate/mutants/operands.js';
import { half, kahan, pairwise, sequential, single } from '../../../src/gate/mutants/sums.js';

describe('tensors as numbers', () => {
  const memory = Float32Array.from([9, 1, 4, 2, 5, 3, 6]);

  test('strides and offset say where a cell is', () => {
    const turned = { shape: [2, 3], data: memory, dtype: 'float32', strides: [1, 2], offset: 1 } as const;
    expect([...numbersOf(turned)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...contiguousNumbersOf(turned)]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test('a stride of 0 repeats a cell', () => {
    const spread = { shape: [2, 2], data: memory, dtype: 'float32', strides: [0, 1] } as const;
    expect([...numbersOf(spread)]).toEqual([9, 1, 9, 1]);
  });

  test.each(['float64', 'float32', 'float16', 'bfloat16', 'int32', 'uint8', 'bool'] as const)(
    '%s comes back',
    dtype => {
      const tensor = tensorOf([3], [1, 0, 1], dtype);
      expect([tensor.dtype, tensor.shape, [...numbersOf(tensor)]]).toEqual([dtype, [3], [1, 0, 1]]);
    },
  );
});

describe('sums', () => {
  const terms = (...values: readonly number[]) => Float64Array.from(values);

  test.each([
    ['sequential', sequential],
    ['pairwise', pairwise],
    ['kahan', kahan],
    ['single', single],
    ['half', half],
  ] as const)('%s: small integers, and only as many as are asked for', (_, sum) => {
    expect(sum(terms(1, 2, 3, 4, 5, 100), 5)).toBe(15);
    expect(sum(terms(7), 0)).toBe(0);
  });

  test('they round differently', () => {
    const small = 2 ** -53;
    expect(sequential(terms(1, small, small, small, small), 5)).toBe(1);
    expect(pairwise(terms(small, small, small, small, 1), 5)).toBe(1 + 4 * small);
    expect(kahan(terms(1, small, small, small, small), 5)).toBe(1 + 4 * small);
    expect(single(terms(2 ** 24, 1, 1), 3)).toBe(2 ** 24);
    expect(half(terms(2048, 1, 1), 3)).toBe(2048);
  });
});
