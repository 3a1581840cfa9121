import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bfloat16Bits,
  bfloat16Value,
  float16Bits,
  float16Value,
} from '../../../src/gate/mutants/sixteen-bits.js';

const formats = [
  { name: 'float16', bits: float16Bits, value: float16Value, infinity: 0x7c00 },
  { name: 'bfloat16', bits: bfloat16Bits, value: bfloat16Value, infinity: 0x7f80 },
];

describe.each(formats)('$name', ({ bits, value, infinity }) => {
  const all = Array.from({ length: 0x10000 }, (_, pattern) => pattern);

  test('every pattern that is no NaN comes back', () => {
    const hasNoValue = (pattern: number) => pattern % 0x8000 > infinity;
    expect(all.filter(pattern => hasNoValue(pattern) !== Number.isNaN(value(pattern)))).toEqual([]);
    expect(all.filter(pattern => !hasNoValue(pattern) && bits(value(pattern)) !== pattern)).toEqual([]);
    expect(value(bits(Number.NaN))).toBeNaN();
  });

  test('halfway between two neighbours the even one is taken, on either side the nearer', () => {
    const wrong = all.slice(0, infinity - 1).filter(pattern => {
      const middle = (value(pattern) + value(pattern + 1)) / 2;
      const got = [middle, middle * (1 - 2 ** -52), -middle * (1 + 2 ** -52)].map(bits);
      return String(got) !== String([pattern + (pattern % 2), pattern, 0x8000 + pattern + 1]);
    });
    expect(wrong).toEqual([]);
  });

  test('what is too large is infinite, from half a step beyond the largest on', () => {
    const [largest, before] = [value(infinity - 1), value(infinity - 2)];
    expect(bits(largest + (largest - before) / 2)).toBe(infinity);
    expect(bits((largest + (largest - before) / 2) * (1 - 2 ** -52))).toBe(infinity - 1);
    expect(bits(Number.NEGATIVE_INFINITY)).toBe(0x8000 + infinity);
  });
});

test('known values', () => {
  expect([1, -2, 65504, 2 ** -24, 1 / 3].map(float16Bits)).toEqual([0x3c00, 0xc000, 0x7bff, 1, 0x3555]);
  expect([1, -2, 3.140625, 1e-40].map(bfloat16Bits)).toEqual([0x3f80, 0xc000, 0x4049, 1]);
});

test('bfloat16 is the upper half of a float32, rounded', () => {
  const words = new DataView(new ArrayBuffer(4));
  fc.assert(
    fc.property(fc.float({ noNaN: true }), number => {
      words.setFloat32(0, number);
      const pattern = words.getUint32(0);
      const rounded = (pattern + 0x7fff + ((pattern >>> 16) & 1)) >>> 16;
      expect(bfloat16Bits(number)).toBe(rounded);
    }),
    { seed: 20, numRuns: 2000 },
  );
});
