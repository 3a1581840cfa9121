import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MonomialTable, UNIT } from '../../src/exact/index.js';
import { codeOf } from './thrown.js';

const someVariables = fc.array(fc.nat(6), { maxLength: 6 });
const monomialOf = (table: MonomialTable, variables: readonly number[]) =>
  variables.reduce((id, variable) => table.product(id, table.variable(variable)), UNIT);

test('one id for each product, whatever the order and grouping', () => {
  const property = fc.property(fc.array(fc.tuple(someVariables, someVariables), { minLength: 1 }), pairs => {
    const table = new MonomialTable();
    const ids = new Map<string, number>();
    for (const [a, b] of pairs) {
      const sorted = [...a, ...b].sort((u, v) => u - v);
      const id = table.product(monomialOf(table, a), monomialOf(table, b));
      expect(table.product(monomialOf(table, b), monomialOf(table, a))).toBe(id);
      expect(table.factors(id)).toEqual(sorted);
      expect(ids.get(`${sorted}`) ?? id).toBe(id);
      ids.set(`${sorted}`, id);
    }
    expect(new Set(ids.values()).size).toBe(ids.size);
  });
  fc.assert(property, { seed: 41, numRuns: 300 });
});

test('the empty product is the unit', () => {
  const table = new MonomialTable();
  const x = table.variable(3);
  expect(table.product(UNIT, x)).toBe(x);
  expect(table.product(x, UNIT)).toBe(x);
  expect(table.factors(UNIT)).toEqual([]);
});

test('a variable that a key cannot hold is refused: its products would collide with others', () => {
  const table = new MonomialTable();
  expect(table.factors(table.variable(2 ** 25 - 1))).toEqual([2 ** 25 - 1]);
  for (const index of [-1, 0.5, 2 ** 25, Number.NaN]) {
    expect(codeOf(() => table.variable(index))).toBe('variable-out-of-range');
  }
});
