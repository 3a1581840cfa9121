import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../src/index-sum/index.js';
import { evaluateSide, fingerprint } from '../../../src/proof/refute/evaluate.js';
import { planSide } from '../../../src/proof/refute/plan.js';
import { box, naiveSide } from './naive.js';
import { FREE, PARAMETERS, term } from './random-term.js';

const parameter = fc.integer({ min: -1, max: 2 });

describe('evaluateSide', () => {
  test('agrees with plain loops over the whole box on random terms', () => {
    let [empty, cells] = [0, 0];
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 3 }), parameter, parameter, (terms, A, B) => {
        for (const point of box([FREE], new Map(Object.entries({ A, B })))) {
          const expected = naiveSide(terms, point);
          expect(evaluateSide(terms, [FREE], { A, B }, [point.get('i')!])).toEqual(expected);
          if (expected.size === 0) empty++;
          cells += expected.size;
        }
      }),
      { seed: 20, numRuns: 800 },
    );
    expect(empty).toBeGreaterThan(100);
    expect(cells).toBeGreaterThan(1000);
  });

  test('fingerprints are those of the exact polynomials', () => {
    const side = (terms: Parameters<typeof planSide>[0]) => planSide(terms, [...PARAMETERS, 'i']);
    const meter = { left: Number.POSITIVE_INFINITY };
    let different = 0;
    fc.assert(
      fc.property(term, term, parameter, parameter, (one, other, A, B) => {
        const marks = [one, other].map(each => fingerprint(side([each]), [A, B, 1], meter));
        const [left, right] = [one, other].map(each =>
          naiveSide([each], new Map([...'ABi'].map((n, k) => [n, [A, B, 1][k]!]))),
        );
        expect(marks[0] === marks[1]).toBe(String([...left!].sort()) === String([...right!].sort()));
        if (marks[0] !== marks[1]) different++;
      }),
      { seed: 21, numRuns: 500 },
    );
    expect(different).toBeGreaterThan(50);
  });

  test('reads tensors at every integer, and gathers like products', () => {
    const [stage] = parseProgram(
      'y[p<P] = sum(q<3) x[p - q] * w[q] * x[p - q] - sum(q<3) [q = 4 - 2*p] 2*r[]',
      0,
    ).stages;
    if (stage?.kind !== 'sum') return expect.unreachable();
    const at = (p: number) => Object.fromEntries(evaluateSide(stage.terms, stage.free, { P: 9 }, [p]));
    expect(at(0)).toEqual({ 'w[0]*x[0]*x[0]': 1, 'w[1]*x[-1]*x[-1]': 1, 'w[2]*x[-2]*x[-2]': 1 });
    expect(at(2)).toEqual({ 'w[0]*x[2]*x[2]': 1, 'w[1]*x[1]*x[1]': 1, 'w[2]*x[0]*x[0]': 1, r: -2 });
  });

  test('refuses what floating point could not hold', () => {
    const [stage] = parseProgram('y[] = sum(q<P*P*P*P) x[q]', 0).stages;
    if (stage?.kind !== 'sum') return expect.unreachable();
    expect(() => evaluateSide(stage.terms, [], { P: 100_000 }, [])).toThrowError(/values-too-large/);
  });
});
