/** Values of statements with reciprocals, by fractions and modulo the prime; sums that share no index. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import { exactValue, fingerprint } from '../../../src/proof/refute/evaluate.js';
import { planSide } from '../../../src/proof/refute/plan.js';
import { refute } from '../../../src/proof/refute/refute.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { sidesOf } from '../../../src/proof/trusted/statement.js';
import { statementOf } from './statements.js';

const meter = () => ({ left: Number.POSITIVE_INFINITY });

/** The left sides of statements about x over N cells, with r = 1/N, s = 1/(N + 1), h = 1/2. */
const UNITS = { r: 'N', s: 'N + 1', h: '2' };
const statement = (left: string, right = 'x[0]') =>
  statementOf(`left[k<1] = ${left}; right[k<1] = ${right}`, 0, ['N', 'M'], ['N', 'M'], null, UNITS);
const valueAt = (text: string, N: number, M: number) => {
  const side = planSide(sidesOf(statement(text)).left, ['N', 'M', 'k'], statement(text).units);
  const exact = exactValue(side, [N, M, 0], meter());
  const shown = [...exact].map(([cells, value]) => `${rational.toText(value)} ${cells}`);
  return { shown: shown.sort(), mark: fingerprint(side, [N, M, 0], meter()) };
};

test.each([
  ['sum(n<N) r[]*x[0]', 3, 2, ['1 x[0]']],
  ['sum(n<M) r[]*x[n]', 3, 2, ['1/3 x[0]', '1/3 x[1]']],
  ['3*s[]*h[]*h[]*x[0] - h[]*x[1]', 4, 2, ['-1/2 x[1]', '3/20 x[0]']],
  ['sum(n<N) h[]*x[0] - sum(m<N) h[]*x[0]', 4, 2, []],
])('%s at %i, %i', (text, N, M, shown) => {
  expect(valueAt(text, N, M).shown).toEqual(shown);
  expect(valueAt(text, N, M).mark === 0).toBe(shown.length === 0);
});

test('equal values have equal fingerprints, whichever reciprocals they are written with', () => {
  const pairs = [
    ['sum(n<N) r[]*x[n]', 'sum(n<N, m<N) r[]*r[]*x[n]'],
    ['2*h[]*x[1]', 'x[1]'],
    ['r[]*x[0] - s[]*x[0]', 'r[]*s[]*x[0]'],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...pairs), fc.integer({ min: 1, max: 9 }), (pair, N) => {
      const [one, other] = pair.map(text => valueAt(text, N, 2));
      expect(one!.shown).toEqual(other!.shown);
      expect(one!.mark).toBe(other!.mark);
      expect(one!.mark).not.toBe(0);
    }),
    { seed: 40, numRuns: 60 },
  );
});

test('sums that share no index are worth what the loops over all of them are', () => {
  const text =
    'sum(n<N, m<M, i<N, j<M) [0 <= n - i < 2] x[n]*w[i]*w[m]*w[j]*x[j + 1] + sum(n<N, m<M) x[M]*w[n]';
  const both = statementOf(`left[k<1] = ${text}; right[k<1] = x[0]`, 0, ['N', 'M'], ['N', 'M']);
  const { left } = sidesOf(both);
  const split = exactValue(planSide(left, ['N', 'M', 'k']), [4, 3, 0], meter());
  const expected = new Map<string, number>();
  const add = (...cells: string[]) => {
    const product = cells.sort().join('*');
    expected.set(product, (expected.get(product) ?? 0) + 1);
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);
  for (const n of upTo(4)) {
    for (const i of upTo(4).filter(one => n >= one && n - one < 2))
      for (const m of upTo(3))
        for (const j of upTo(3)) add(`x[${n}]`, `w[${i}]`, `w[${m}]`, `w[${j}]`, `x[${j + 1}]`);
    for (const _ of upTo(3)) add('x[3]', `w[${n}]`);
  }
  const values = (map: ReadonlyMap<string, unknown>) =>
    [...map].map(([cells, value]) => `${cells} ${value}`).sort();
  expect(values(new Map([...split].map(([cells, value]) => [cells, rational.toText(value)])))).toEqual(
    values(expected),
  );
});

describe('refute', () => {
  test('finds the smallest sizes, and tells both values as fractions', () => {
    expect(refute(statement('sum(n<M) r[]*x[n]', 'sum(n<M) s[]*x[n]'))).toMatchObject({
      sizes: { N: 1, M: 1 },
      left: 'x[0]',
      right: 'x[0]/2',
      leftCoefficient: '1',
      rightCoefficient: '1/2',
    });
    expect(refute(statement('sum(n<2) h[]*x[n]'))).toMatchObject({ left: '(x[0] + x[1])/2', right: 'x[0]' });
  });

  test('does not take 1 over 0 for a counterexample, nor what is true', () => {
    expect(refute(statement('sum(n<N) r[]*x[0]'))).toBeNull();
    const empty = statementOf('left[] = r[]*x[0]; right[] = x[0]', 0, ['N'], ['N', '-N'], null, { r: 'N' });
    expect(refute(empty)).toBeNull();
    expect(findWitness(empty)).toBeNull();
  });
});

test('a witness has no reciprocal of 0, even where sizes may be 0', () => {
  const one = statementOf('left[] = r[]*x[0]; right[] = r[]*x[0]', 0, ['a', 'b'], ['3 - a'], null, {
    r: 'b - a',
  });
  const { values, nonZero } = findWitness(one)!;
  expect(Number(values.get('b')) - Number(values.get('a'))).toBeGreaterThanOrEqual(1);
  expect(nonZero).toBe(true);
});
