/** What holds of every kernel: operands are read where they lie, are not written to, and are not handed out. */
import { describe, expect, test } from 'vitest';
import * as kernels from '../../src/kernels/index.js';
import type { Tensor } from '../../src/tensor/index.js';
import { calls, type Operand } from './calls.js';
import { cells } from './values.js';

const arrays = { float64: Float64Array, float32: Float32Array } as const;

/** Operands with `before` cells of NaN in front of them in their buffer and two behind, and all buffers made so far. */
function operands(dtype: 'float64' | 'float32', before: number) {
  const buffers: ArrayBuffer[] = [];
  const of: Operand = (...shape) => {
    const count = cells(shape);
    const whole = new arrays[dtype](before + count + 2).fill(Number.NaN);
    const data = whole.subarray(before, before + count);
    // Between 0 and 1, no two alike in a row of 29: probabilities too.
    for (let cell = 0; cell < count; cell++) data[cell] = (((cell * 7 + buffers.length * 5) % 29) + 1) / 31;
    buffers.push(whole.buffer);
    return { shape, data, dtype } as Tensor as Tensor<'float64'>;
  };
  return { of, buffers };
}

describe.each(calls)('%s', (_, call) => {
  test.each(['float64', 'float32'] as const)('%s', dtype => {
    const plain = operands(dtype, 0);
    const expected = call(plain.of);
    expect(expected.data.every(Number.isFinite)).toBe(true);

    const shifted = operands(dtype, 3);
    const copies: ArrayBuffer[] = [];
    const result = call((...shape) => {
      const operand = shifted.of(...shape);
      copies.push(operand.data.buffer.slice(0) as ArrayBuffer);
      return operand;
    });
    expect(result).toEqual(expected);
    expect(shifted.buffers.map(buffer => new Uint8Array(buffer))).toEqual(
      copies.map(buffer => new Uint8Array(buffer)),
    );
    expect(shifted.buffers).not.toContain(result.data.buffer);
  });
});

test('no kernel is left out', () => {
  const names = Object.keys(kernels).filter(name => /^activate|(Kernel|Forward|Vjp)$/.test(name));
  expect([...new Set(calls.map(([name]) => name))].sort()).toEqual(names.sort());
});
