import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkPlan, chunksOf } from '../../../src/kernels/engine/chunks.js';

const [SMALL, LARGE] = [2 ** 16, 2 ** 20];

const batches = fc.record({
  images: fc.integer({ min: 1, max: 40 }),
  count: fc.integer({ min: 1, max: 40 }),
  perImage: fc.oneof(
    fc.integer({ min: 1, max: 2 * SMALL }),
    fc.integer({ min: SMALL, max: 2 * LARGE }),
    fc.integer({ min: LARGE, max: 100 * LARGE }),
  ),
});

describe('pieces of a batch', () => {
  test('hold every outer cell of every image exactly once, in order, and none is larger than planned', () => {
    const law = ({ images, count, perImage }: { images: number; count: number; perImage: number }) => {
      const plan = chunkPlan(images, count, perImage);
      const cells: string[] = [];
      for (const chunk of chunksOf(images, count, plan)) {
        expect(chunk.images).toBeGreaterThan(0);
        expect(chunk.count).toBeGreaterThan(0);
        expect([chunk.images <= plan.images, chunk.count <= plan.count]).toEqual([true, true]);
        for (let n = 0; n < chunk.images; n++)
          for (let k = 0; k < chunk.count; k++) cells.push(`${chunk.image + n},${chunk.from + k}`);
      }
      const all = Array.from(
        { length: images * count },
        (_, at) => `${Math.floor(at / count)},${at % count}`,
      );
      expect(cells).toEqual(all);
    };
    fc.assert(fc.property(batches, law), { seed: 51, numRuns: 150 });
  });

  test('are several images or a part of one, and as large as the limits allow', () => {
    const law = ({ images, count, perImage }: { images: number; count: number; perImage: number }) => {
      const plan = chunkPlan(images, count, perImage);
      expect(plan.images === 1 || plan.count === count).toBe(true);
      if (plan.images > 1) expect(plan.images * perImage).toBeLessThanOrEqual(SMALL);
      if (plan.images < images && plan.count === count)
        expect((plan.images + 1) * perImage).toBeGreaterThan(SMALL);
      // A band is within the limit, up to the one cell by which it is rounded up.
      if (perImage > LARGE) expect((plan.count - 1) * perImage).toBeLessThan(LARGE * count);
      else expect(plan.count).toBe(count);
    };
    fc.assert(fc.property(batches, law), { seed: 52, numRuns: 500 });
  });

  test('by hand', () => {
    const pieces = [...chunksOf(5, 7, { images: 2, count: 7 })];
    expect(pieces.map(({ image, images }) => [image, images])).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    const bands = [...chunksOf(2, 7, { images: 1, count: 3 })];
    expect(bands.map(({ image, from, count }) => [image, from, count])).toEqual([
      [0, 0, 3],
      [0, 3, 3],
      [0, 6, 1],
      [1, 0, 3],
      [1, 3, 3],
      [1, 6, 1],
    ]);
  });
});
