import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ravel, sameShape, shapeText, size, strides, unravel } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 });

/** All indices of a shape in C order, by nested counting. */
function* indices(shape: readonly number[]): Generator<number[]> {
  if (shape.length === 0) return yield [];
  for (let at = 0; at < shape[0]!; at++) for (const rest of indices(shape.slice(1))) yield [at, ...rest];
}

describe('shape', () => {
  test('sizes and strides of known shapes', () => {
    expect([size([]), size([7]), size([2, 3, 4]), size([2, 0, 4])]).toEqual([1, 7, 24, 0]);
    expect([strides([]), strides([7]), strides([2, 3, 4])]).toEqual([[], [1], [12, 4, 1]]);
    expect(shapeText([8, 3, 5, 5])).toBe('[8,3,5,5]');
    expect([sameShape([2, 3], [2, 3]), sameShape([2, 3], [3, 2]), sameShape([2], [2, 1])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('ravel counts cells in C order, unravel inverts it, strides agree', () => {
    fc.assert(
      fc.property(shapes, shape => {
        const [all, steps] = [[...indices(shape)], strides(shape)];
        expect(all.map(index => ravel(shape, index))).toEqual(all.map((_, place) => place));
        expect(all.map((_, place) => unravel(shape, place))).toEqual(all);
        for (const index of all) {
          const byStrides = index.reduce((sum, at, axis) => sum + at * steps[axis]!, 0);
          expect(ravel(shape, index)).toBe(byStrides);
        }
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('the limit is below 2^31 cells, and an extent of 0 empties any shape', () => {
    expect(size([2 ** 31 - 1])).toBe(2 ** 31 - 1);
    expect(size([2 ** 30, 2 ** 30, 0])).toBe(0);
    expect(size([...new Array<number>(40).fill(2 ** 30), 0])).toBe(0);
    for (const shape of [[2 ** 31], [2 ** 16, 2 ** 15], new Array<number>(40).fill(2 ** 30)]) {
      expect(thrown(() => size(shape)).code).toBe('bad-shape');
    }
  });

  test.each([[[-1]], [[1.5]], [[Number.NaN]], [[2, Number.POSITIVE_INFINITY]], [[2 ** 53]]])(
    '%j is no shape',
    shape => {
      for (const use of [size, strides, () => ravel(shape, [0]), () => unravel(shape, 0)]) {
        const error = thrown(() => use(shape));
        expect([error.code, error.data.shape]).toEqual(['bad-shape', shape]);
      }
    },
  );

  test('something else than a list is no shape', () => {
    for (const value of ['3x3', 3, undefined, null, { length: 1 }]) {
      expect(thrown(() => size(value as never)).code).toBe('bad-shape');
    }
  });

  test('indices outside are refused', () => {
    for (const index of [[2, 0], [0, 3], [-1, 0], [0, 0.5], [0], [0, 0, 0], []]) {
      expect(thrown(() => ravel([2, 3], index)).code).toBe('index-out-of-range');
    }
    for (const flat of [-1, 6, 0.5, Number.NaN]) {
      expect(thrown(() => unravel([2, 3], flat)).code).toBe('index-out-of-range');
    }
    expect(thrown(() => unravel([2, 0], 0)).code).toBe('index-out-of-range');
  });
});
