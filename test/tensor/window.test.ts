import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowAxis } from '../../src/tensor/index.js';
import { dilatedExtent, windowExtent } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

const plain: WindowAxis = { input: 7, kernel: 3, stride: 1, dilation: 1, before: 0, after: 0 };

describe('windowExtent', () => {
  test.each<[Partial<WindowAxis>, number, number, number]>([
    [{}, 3, 5, 0],
    [{ stride: 2 }, 3, 3, 0],
    [{ stride: 3 }, 3, 2, 1],
    [{ stride: 4, before: 1, after: 1 }, 3, 2, 2],
    [{ dilation: 3 }, 7, 1, 0],
    [{ dilation: 4 }, 9, 0, 0],
    [{ dilation: 4, before: 2 }, 9, 1, 0],
    [{ kernel: 1, stride: 5 }, 1, 2, 1],
    [{ input: 0 }, 3, 0, 0],
    [{ input: 0, before: 2, after: 2 }, 3, 2, 0],
    [{ before: -2, after: -1 }, 3, 2, 0],
    [{ before: -9, after: 1 }, 3, 0, 0],
  ])('%j: D %i, P %i, r %i', (change, dilated, output, remainder) => {
    expect(windowExtent({ ...plain, ...change })).toEqual({ dilated, output, remainder });
  });

  test('counts the windows that fit, and the cells after the last', () => {
    const axis = fc.record({
      input: fc.integer({ min: 0, max: 12 }),
      kernel: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 5 }),
      dilation: fc.integer({ min: 1, max: 4 }),
      before: fc.integer({ min: -3, max: 6 }),
      after: fc.integer({ min: -3, max: 6 }),
    });
    fc.assert(
      fc.property(axis, it => {
        const padded = it.input + it.before + it.after;
        const lastTap = (window: number) => window * it.stride + (it.kernel - 1) * it.dilation;
        let windows = 0;
        while (lastTap(windows) < padded) windows++;
        const found = windowExtent(it);
        expect([found.output, found.dilated]).toEqual([windows, lastTap(0) + 1]);
        expect(found.remainder).toBe(windows === 0 ? 0 : padded - 1 - lastTap(windows - 1));
      }),
      { seed: 13, numRuns: 2000 },
    );
  });

  test.each<[Partial<WindowAxis>, string]>([
    [{ stride: 0 }, 'stride-not-positive'],
    [{ dilation: -1 }, 'dilation-not-positive'],
    [{ kernel: 0 }, 'kernel-size-not-positive'],
    [{ input: -1 }, 'bad-shape'],
    [{ input: 1.5 }, 'bad-shape'],
    [{ before: 0.5 }, 'not-an-integer-parameter'],
    [{ after: Number.NaN }, 'not-an-integer-parameter'],
  ])('%j is refused', (change, code) => {
    expect(thrown(() => windowExtent({ ...plain, ...change })).code).toBe(code);
  });

  test('dilatedExtent', () => {
    expect([dilatedExtent(1, 9), dilatedExtent(3, 1), dilatedExtent(3, 2)]).toEqual([1, 3, 5]);
  });
});
