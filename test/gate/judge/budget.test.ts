import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetFor, SIGNIFICAND } from '../../../src/gate/judge/budget.js';

const call = { products: 18, single: 0, bits: 24, degree: 2, missProbability: 1e-9 };

test('float32 and 1152 products: amplitude 120, 240 values, 5e-9 after four probes', () => {
  const budget = budgetFor({ ...call, products: 1152, missProbability: 1e-8 })!;
  expect(budget).toMatchObject({ amplitude: 120, values: 240, probes: 4, bits: 24 });
  expect(budget.missProbability).toBeCloseTo(4.82e-9, 11);
});

test('bfloat16 and 18 products leave 3, and many probes', () => {
  const budget = budgetFor({ ...call, bits: SIGNIFICAND.bfloat16, missProbability: 1e-8 })!;
  expect(budget).toMatchObject({ amplitude: 3, values: 6, probes: 17 });
});

test('the largest sum fits, and the next amplitude does not', () => {
  const law = (products: number, single: number, bits: number) => {
    const budget = budgetFor({ ...call, products, single, bits });
    const fits = (a: number) => products * a * a + single * a <= 2 ** bits;
    expect(budget === null).toBe(!fits(1));
    if (!budget) return;
    expect(fits(budget.amplitude)).toBe(true);
    if (budget.amplitude < 2 ** 20) expect(fits(budget.amplitude + 1)).toBe(false);
    expect(budget.missProbability).toBeCloseTo(Math.min(1, (2 / budget.values) ** budget.probes), 12);
  };
  const sizes = fc.tuple(
    fc.integer({ min: 0, max: 10 ** 6 }),
    fc.integer({ min: 0, max: 1 }),
    fc.constantFrom(8, 11, 24, 53),
  );
  fc.assert(
    fc.property(sizes, args => law(...args)),
    { seed: 71, numRuns: 2000 },
  );
});

test('where a sum of ones is no longer exact there is no budget', () => {
  expect(budgetFor({ ...call, products: 257, bits: 8 })).toBeNull();
});

test('one value or two prove nothing: probability 1, and still some probes', () => {
  const budget = budgetFor({ ...call, products: 256, bits: 8 })!;
  expect(budget).toMatchObject({ amplitude: 1, missProbability: 1, probes: 64 });
});
