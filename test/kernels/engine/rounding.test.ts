import { describe, expect, test } from 'vitest';
import { createEngine, type EngineKind, type FloatDType } from '../../../src/kernels/index.js';
import type { Case } from '../slow-conv.js';
import { absolute, BITS, exactSums, productCounts, reals } from './exact-sums.js';
import { convPasses, densePasses, operandsOf, type Pass, transposedPasses } from './passes.js';

const none = { stride: [1, 1], dilation: [1, 1], padding: [[0, 0] as const, [0, 0] as const], groups: 1 };

const kinds: readonly EngineKind[] = ['wasm', 'tiled', 'plain'];

/** Sums of up to two thousand products, in every way that an engine has. */
const wide: Case = {
  ...none,
  x: [2, 48, 9, 8],
  w: [5, 48, 5, 4],
  padding: [[2, 1] as const, [1, 2] as const],
};
const planes: Case = {
  ...none,
  x: [3, 6, 21, 22],
  w: [4, 3, 5, 3],
  stride: [2, 3],
  dilation: [2, 1],
  padding: [[3, 2] as const, [0, 1] as const],
  groups: 2,
};
const passes: readonly (readonly [string, Pass])[] = [
  ...convPasses(wide).map(pass => [`${pass.name}, several channels`, pass] as const),
  ...convPasses(planes).map(pass => [`${pass.name}, few channels`, pass] as const),
  ...transposedPasses({
    ...wide,
    x: [2, 48, 6, 5],
    w: [48, 5, 3, 4],
    stride: [2, 1],
    outputPadding: [1, 0],
  }).map(pass => [`${pass.name}, several channels`, pass] as const),
  ...densePasses([5, 2000, 6]).map(pass => [pass.name, pass] as const),
];

/** The largest error of every engine's call in parts of its bound, counted exactly; at most 1. */
function worst<D extends FloatDType>(dtype: D, pass: Pass): number[] {
  const operands = operandsOf(pass, (shape, salt) => reals(shape, 71 + salt, dtype));
  const [exact, magnitude, counts] = [
    exactSums(pass, operands),
    exactSums(pass, absolute(operands)),
    productCounts(pass),
  ];
  const scale = 2 ** (2 * BITS[dtype]);
  return kinds.map(kind => {
    const got = pass.run(operands, { engine: createEngine(kind) });
    let ratio = 0;
    for (const [cell, value] of got.data.entries()) {
      // Sums round multiples of 2^-(2 BITS), and give such: this is exact.
      const error = BigInt(value * scale) - exact[cell]!;
      // In units of 2^-(2 BITS + 54), so that half a unit in the last place is whole.
      const products = BigInt(counts[cell]! + 4) * magnitude[cell]!;
      const bound =
        kind === 'wasm' ? unitsOf(dtype) * products : products * 2n + halfPlace(value, dtype, scale);
      const size = (error < 0n ? -error : error) * 2n ** 54n;
      expect(size <= bound, `${kind}: cell ${cell} is ${value}`).toBe(true);
      if (bound > 0n) ratio = Math.max(ratio, Number((size * 1000n) / bound) / 1000);
    }
    return ratio;
  });
}

/** u = 2^-53 or 2^-24, over 2^-54. */
const unitsOf = (dtype: FloatDType): bigint => (dtype === 'float64' ? 2n : 2n ** 30n);

/** Half a unit in the last place of a float32 result, over 2^-54 of the scale; a float64 one is not rounded again. */
function halfPlace(value: number, dtype: FloatDType, scale: number): bigint {
  if (dtype === 'float64' || value === 0) return 0n;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  return BigInt(scale) * 2n ** BigInt(54 + exponent - 24);
}

// Sums of L products in any order, and a bias, are off by at most (L + 1) u / (1 - (L + 1) u) times the sum of sizes.
// The tiled machine sums in float64 and rounds a float32 result once.
describe.each(['float32', 'float64'] as const)(
  '|error| <= (L + 4) u sum |x||w| against exact sums: %s',
  dtype => {
    test.each(passes)('%s', (_, pass) => {
      // A sum without any error would not have been tried.
      for (const ratio of worst(dtype, pass)) expect(ratio).toBeGreaterThan(0);
    });
  },
);
