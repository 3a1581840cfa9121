import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { parseProgram, walkTerm } from '../../src/index-sum/index.js';

/** Every visited position of the only term of a one-stage sum. */
function visits(
  text: string,
  parameters: Record<string, number>,
  shapes: Record<string, number[]>,
): number[][] {
  const [stage] = parseProgram(text, 0).stages;
  if (stage?.kind !== 'sum') throw new Error('a sum stage is expected');
  const seen: number[][] = [];
  walkTerm(
    stage.terms[0]!,
    stage.free,
    parameters,
    name => shapes[name]!,
    (output, atoms) => {
      seen.push([output, ...atoms]);
    },
  );
  return seen;
}

const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof BackproofError ? error.code : String(error);
  }
  return 'no error';
};

describe('walkTerm', () => {
  test('visits the positions that a brute-force search finds, in C order', () => {
    const text = `y[n<N, p<P] = sum(g<G, q<K) [p = g*M + q] [0 <= s*p - d*q - a < L] x[n, s*p - d*q - a] * w[q]`;
    const small = fc.integer({ min: 0, max: 4 });
    const offset = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(
        small,
        small,
        small,
        small,
        small,
        small,
        offset,
        offset,
        offset,
        (N, P, G, K, M, L, s, d, a) => {
          const expected: number[][] = [];
          for (let n = 0; n < N; n++)
            for (let p = 0; p < P; p++)
              for (let g = 0; g < G; g++)
                for (let q = 0; q < K; q++) {
                  const i = s * p - d * q - a;
                  if (p === g * M + q && i >= 0 && i < L) expected.push([n * P + p, n * L + i, q]);
                }
          expect(visits(text, { N, P, G, K, M, L, s, d, a }, { x: [N, L], w: [K] })).toEqual(expected);
        },
      ),
      { seed: 20261120, numRuns: 400 },
    );
  });

  test('an index that leaves its tensor is a fault, not a zero', () => {
    const run = (L: number) => visits('y[i<N] = x[i + 1]', { N: 3 }, { x: [L] });
    expect(run(4)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(codeOf(() => run(3))).toBe('index-out-of-range');
    expect(codeOf(() => visits('y[i<N] = x[i - 1]', { N: 1 }, { x: [3] }))).toBe('index-out-of-range');
  });

  test('a parameter without a value and a product of indices are refused', () => {
    expect(codeOf(() => visits('y[i<N] = x[i + a]', { N: 1 }, { x: [3] }))).toBe('unbound-name');
    expect(codeOf(() => visits('y[i<N] = sum(j<N) x[i*j]', { N: 1 }, { x: [3] }))).toBe('not-affine');
  });

  test('a term without free indices and one with a false constant guard', () => {
    expect(visits('y[] = sum(i<N) x[i]', { N: 2 }, { x: [2] })).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(visits('y[] = [0 <= a < 1] x[a]', { a: 5 }, { x: [2] })).toEqual([]);
    expect(visits('y[] = [a = 5] x[a - 4]', { a: 5 }, { x: [2] })).toEqual([[0, 1]]);
  });
});
