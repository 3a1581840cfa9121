import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AxisPadding, Padding } from '../../src/tensor/index.js';
import { resolvePadding, windowExtent } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

const oneAxis = (input: number, kernel: number, stride: number, dilation: number) => ({
  rank: 1,
  input: [input],
  kernel: [kernel],
  stride,
  dilation,
});
const plane = { rank: 2, input: [6, 5], kernel: [3, 2], stride: [1, 1], dilation: [1, 2] };

/**
 * Worked by hand: P = ceil(L / s) windows span (P - 1)s + D cells, and the pads are what L lacks.
 * 13, 6, 5 is the example TensorFlow's users pass around (1 before, 2 after).
 */
const sameByHand: readonly (readonly [number, number, number, number, AxisPadding])[] = [
  // L, k, s, d, same-upper
  [5, 3, 1, 1, [1, 1]],
  [5, 2, 1, 1, [0, 1]],
  [6, 3, 1, 1, [1, 1]],
  [6, 4, 1, 1, [1, 2]],
  [5, 1, 1, 1, [0, 0]],
  [5, 3, 2, 1, [1, 1]],
  [6, 3, 2, 1, [0, 1]],
  [5, 2, 2, 1, [0, 1]],
  [6, 2, 2, 1, [0, 0]],
  [6, 4, 2, 1, [1, 1]],
  [5, 4, 2, 1, [1, 2]],
  [7, 3, 3, 1, [1, 1]],
  [8, 3, 3, 1, [0, 1]],
  [9, 3, 3, 1, [0, 0]],
  [7, 4, 3, 1, [1, 2]],
  [8, 2, 3, 1, [0, 0]],
  [5, 1, 3, 1, [0, 0]],
  [6, 3, 1, 2, [2, 2]],
  [6, 2, 1, 3, [1, 2]],
  [7, 3, 2, 2, [2, 2]],
  [8, 3, 2, 2, [1, 2]],
  [5, 2, 3, 2, [0, 1]],
  [1, 7, 2, 1, [3, 3]],
  [13, 6, 5, 1, [1, 2]],
  [0, 3, 1, 1, [0, 0]],
];

describe('same', () => {
  test.each(sameByHand)('L %i, k %i, s %i, d %i: %j', (input, kernel, stride, dilation, [fewer, more]) => {
    const frame = oneAxis(input, kernel, stride, dilation);
    expect(resolvePadding('same-upper', frame)).toEqual([[fewer, more]]);
    expect(resolvePadding('same', frame)).toEqual([[fewer, more]]);
    expect(resolvePadding('same-lower', frame)).toEqual([[more, fewer]]);
  });

  test('gives ceil(L / s) windows with the fewest cells, split evenly', () => {
    const positive = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(positive, positive, positive, positive, (input, kernel, stride, dilation) => {
        const frame = oneAxis(input, kernel, stride, dilation);
        const [before, after] = resolvePadding('same', frame)[0]!;
        const windows = (end: number) =>
          windowExtent({ input, kernel, stride, dilation, before, after: end }).output;
        const wanted = Math.ceil(input / stride);
        expect(windows(after)).toBe(wanted);
        if (after > 0) expect(windows(after - 1)).toBeLessThan(wanted);
        expect([0, 1]).toContain(after - before);
      }),
      { seed: 14, numRuns: 1000 },
    );
  });

  test('every axis is judged by its own extents', () => {
    const frame = { rank: 3, input: [5, 6, 8], kernel: [2, 3, 3], stride: [1, 2, 2], dilation: [1, 1, 2] };
    expect(resolvePadding('same', frame)).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
    ]);
    expect(resolvePadding('same', { ...frame, stride: 1, dilation: 1 })).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
  });
});

describe('resolvePadding', () => {
  test.each<[Padding, readonly AxisPadding[]]>([
    [
      'valid',
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'full',
      [
        [2, 2],
        [2, 2],
      ],
    ],
    [
      0,
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      3,
      [
        [3, 3],
        [3, 3],
      ],
    ],
    [
      [1, 2],
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      [
        [1, 0],
        [0, 2],
      ],
      [
        [1, 0],
        [0, 2],
      ],
    ],
    [
      [4, [0, 9]],
      [
        [4, 4],
        [0, 9],
      ],
    ],
  ])('%j', (padding, expected) => {
    expect(resolvePadding(padding, plane)).toEqual(expected);
  });

  test('full gives L + k - 1 outputs', () => {
    const [[before, after]] = resolvePadding('full', oneAxis(5, 3, 1, 1)) as [AxisPadding];
    expect(windowExtent({ input: 5, kernel: 3, stride: 1, dilation: 1, before, after }).output).toBe(7);
  });

  test.each<[unknown, string]>([
    [-1, 'negative-padding'],
    [[1, -1], 'negative-padding'],
    [
      [
        [0, 0],
        [0, -2],
      ],
      'negative-padding',
    ],
    [1.5, 'not-an-integer-parameter'],
    [undefined, 'not-an-integer-parameter'],
    [null, 'not-an-integer-parameter'],
    [[1, null], 'not-an-integer-parameter'],
    [[1], 'wrong-axis-count'],
    [[1, 1, 1], 'wrong-axis-count'],
    [[[1, 0]], 'wrong-axis-count'],
    [[[1, 0], [1]], 'unreadable-padding'],
    [
      [
        [1, 0],
        [1, 2, 3],
      ],
      'unreadable-padding',
    ],
    ['SAME', 'unknown-padding-mode'],
    ['', 'unknown-padding-mode'],
  ])('%j is refused', (padding, code) => {
    expect(thrown(() => resolvePadding(padding as Padding, plane)).code).toBe(code);
  });

  test.each([
    [{ stride: 0 }, 'stride-not-positive'],
    [{ dilation: [1, 0] }, 'dilation-not-positive'],
    [{ kernel: [0, 1] }, 'kernel-size-not-positive'],
    [{ stride: [1] }, 'wrong-axis-count'],
    [{ dilation: [1, 1, 1] }, 'wrong-axis-count'],
    [{ kernel: [3] }, 'wrong-axis-count'],
    [{ input: [6] }, 'wrong-axis-count'],
    [{ input: [6, -1] }, 'bad-shape'],
    [{ stride: 1.5 }, 'not-an-integer-parameter'],
  ])('a frame with %j is refused whatever the padding', (change, code) => {
    for (const padding of ['same', 0] as const) {
      expect(thrown(() => resolvePadding(padding, { ...plane, ...change })).code).toBe(code);
    }
  });
});
