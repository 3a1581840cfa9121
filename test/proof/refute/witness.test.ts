import { describe, expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';
import { sidesOf } from '../../../src/proof/trusted/statement.js';
import { box, meets, naiveSide } from './naive.js';
import { convolution, statementOf } from './statements.js';

/** A witness that meets the assumptions, with a non-empty box. */
function witnessOf(statement: Statement) {
  const found = findWitness(statement);
  if (!found) return expect.unreachable('no witness');
  const values = new Map([...found.values].map(([name, value]) => [name, Number(value)]));
  expect([...values.keys()]).toEqual(statement.parameters);
  expect(meets(statement, values)).toBe(true);
  const points = box(statement.free, values);
  expect(points.length).toBeGreaterThan(0);
  return { values, points, nonZero: found.nonZero, sizes: Object.fromEntries(values) };
}

const parameters = ['a', 'b'];
const sum = (assume: readonly string[], text = 'left[] = sum(k<a) x[k]; right[] = sum(k<a) x[k]') =>
  statementOf(text, 0, parameters, assume);

describe('findWitness', () => {
  test.each([1, 2])(
    'convolution of rank %i: everything is at least 2, the axes differ, the value is not zero',
    rank => {
      for (const of of ['x', 'w'] as const) {
        const statement = convolution(rank, of);
        const { values, points, nonZero } = witnessOf(statement);
        expect(Math.min(...values.values())).toBeGreaterThanOrEqual(2);
        expect(nonZero).toBe(true);
        const { left } = sidesOf(statement);
        expect(points.slice(0, 20).some(point => naiveSide(left, point).size > 0)).toBe(true);
        const axis = (k: number) => [...'LKsdabP'].map(letter => values.get(letter + k)).join();
        if (rank > 1) expect(axis(1)).not.toBe(axis(2));
      }
    },
  );

  test('free sizes are all different', () => {
    const { sizes } = witnessOf(sum(['a', 'b']));
    expect(sizes).toEqual({ a: 2, b: 3 });
  });

  test.each([
    [['a-1', '1-a', 'b'], { a: 1, b: 2 }],
    [['a', '-a', '-b'], { a: 0, b: 0 }],
    [['a', '3-a-b', 'b'], { a: 1, b: 2 }],
    [['a-b-50', 'b'], { a: 52, b: 2 }],
    [['a-3*b', '3*b-a'], { a: 6, b: 2 }],
    [['a*b-7', '7-a*b', 'a-1'], { a: 7, b: 1 }],
  ])('as many values from 2 as %j allows', (assume, expected) => {
    const { sizes } = witnessOf(sum(assume));
    const fromTwo = (values: object) => Object.values(values).filter(value => value >= 2).length;
    expect(fromTwo(sizes)).toBe(fromTwo(expected));
  });

  test.each([
    [['a-1', '-a']],
    [['a-b-1', 'b-a']],
    [['-1']],
    [['2*a-3', '3-2*a']],
    [['a*a-2', '2-a*a']],
    [['a*b-7', '6-a*b', 'a', 'b', '9-a', '9-b']],
  ])('none for the contradictory assumptions %j', assume => {
    expect(findWitness(sum(assume))).toBeNull();
  });

  test('none where a free index has no values', () => {
    const text = 'left[k<a - b] = x[k]; right[k<a - b] = x[k]';
    expect(findWitness(sum(['b-a'], text))).toBeNull();
    expect(witnessOf(sum(['a', 'b'], text)).nonZero).toBe(true);
  });

  test('says where both sides are always zero, and finds the sizes where they are not', () => {
    expect(
      witnessOf(
        sum(['a', 'b'], 'left[] = sum(k<a) [0 <= k < 0] x[k]; right[] = sum(k<a) x[k] - sum(k<a) x[k]'),
      ).nonZero,
    ).toBe(false);
    const { nonZero, sizes } = witnessOf(
      sum(['a', 'b'], 'left[] = sum(k<a) [a = 5] x[k]; right[] = sum(k<a) [a = 5] x[k]'),
    );
    expect([nonZero, sizes.a]).toEqual([true, 5]);
  });

  test('values are canonical integers, as certificates need them', () => {
    const found = findWitness(sum(['a', 'b']));
    const facts = [...found!.values].map(([name, value]) =>
      polynomial.text(polynomial.scale(polynomial.variable(name), value)),
    );
    expect(facts).toEqual(['2*a', '3*b']);
  });
});
