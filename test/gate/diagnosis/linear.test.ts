/** Coefficients of linear and bilinear functions, and what they cost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bilinearCoefficients } from '../../../src/gate/diagnosis/bilinear.js';
import { linearCoefficients } from '../../../src/gate/diagnosis/linear.js';
import { randomFrom } from '../../../src/gate/vectors/random.js';

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

async function linear(coefficients: ReadonlyMap<number, number>, count: number, bits: number, seed = 'a') {
  let calls = 0;
  const found = await linearCoefficients(
    async entries => {
      calls++;
      return sum([...entries].map(([at, value]) => value * (coefficients.get(at) ?? 0)));
    },
    upTo(count),
    { random: randomFrom(seed), bits, firstBits: 4, weight: 2 ** Math.floor(bits / 3) },
  );
  return { found, calls };
}

describe('a linear function', () => {
  test.each([
    [52, 40],
    [23, 50],
  ])('with 3 of 1000 entries that matter, read in %i bits, takes at most %i calls', async (bits, most) => {
    const coefficients = new Map([
      [7, 3],
      [501, -2],
      [999, 1],
    ]);
    const { found, calls } = await linear(coefficients, 1000, bits);
    expect([...found!].sort(([a], [b]) => a - b)).toEqual([...coefficients]);
    expect(calls).toBeLessThanOrEqual(most);
  });

  test('of 100 entries that all matter takes at most 2 calls for 10 entries, and 4', async () => {
    const coefficients = new Map(upTo(100).map(at => [at, (at % 7) - 8]));
    const { found, calls } = await linear(coefficients, 100, 52);
    expect(found).toEqual(coefficients);
    expect(calls).toBeLessThanOrEqual(24);
  });

  test('that is 0 takes one call', async () => {
    expect(await linear(new Map(), 1000, 52)).toEqual({ found: new Map(), calls: 1 });
  });

  test('of any coefficients', async () => {
    const entry = fc.tuple(
      fc.nat(29),
      fc.oneof(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -900, max: 900 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry), fc.constantFrom(52, 23), async (entries, bits) => {
        const coefficients = new Map(entries.filter(([, value]) => value !== 0));
        const { found } = await linear(coefficients, 30, bits);
        expect(new Map([...found!].sort(([a], [b]) => a - b))).toEqual(
          new Map([...coefficients].sort(([a], [b]) => a - b)),
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('a function that is not linear has none', async () => {
    const options = { random: randomFrom('b'), bits: 52, firstBits: 4, weight: 1000 };
    const squares = (entries: ReadonlyMap<number, number>) =>
      Promise.resolve(sum(entries.values()) ** 2 % 8191);
    expect(await linearCoefficients(squares, upTo(20), options)).toBe(null);
  });
});

describe('a bilinear function', () => {
  async function bilinear(matrix: readonly (readonly number[])[], bits: number) {
    let calls = 0;
    const value = async (rows: ReadonlyMap<number, number>, columns: ReadonlyMap<number, number>) => {
      calls++;
      return sum([...rows].flatMap(([i, a]) => [...columns].map(([j, b]) => a * b * matrix[i]![j]!)));
    };
    const found = await bilinearCoefficients(value, {
      ...{ rows: matrix.length, columns: matrix[0]!.length, random: randomFrom('c'), bits },
      ...{ amplitude: 7, weight: 2 ** Math.floor(bits / 3), scale: 1 },
    });
    const back = matrix.map(row => row.map(() => 0));
    for (const { row, column, coefficient } of found) back[row]![column] = coefficient;
    return { back, calls };
  }

  test('where each row has one column takes one call for two cells at most', async () => {
    const matrix = upTo(48).map(i => upTo(48).map(j => (j === 47 - i ? 1 : 0)));
    const { back, calls } = await bilinear(matrix, 52);
    expect(back).toEqual(matrix);
    expect(calls).toBeLessThanOrEqual(48);
  });

  test('of any small coefficients', async () => {
    const row = fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 3 })),
      {
        ...{ minLength: 7, maxLength: 7 },
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(52, 23),
        async (matrix, bits) => {
          expect((await bilinear(matrix, bits)).back).toEqual(matrix.map(one => one.map(value => value + 0)));
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });

  test('sums of two primes that look like another one are told apart', async () => {
    // 11 + 23 = 2 * 17: the first and the fifth prime above 10 add up to twice the third.
    const { back } = await bilinear(
      [
        [1, 0, 0, 1, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 1, 0, 1],
      ],
      52,
    );
    expect(back).toEqual([
      [1, 0, 0, 1, 0],
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 1],
    ]);
  });
});
