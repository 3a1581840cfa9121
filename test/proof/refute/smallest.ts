import { expect } from 'vitest';
import { refute } from '../../../src/proof/refute/refute.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';
import { meets, naiveDifference } from './naive.js';

/** A counterexample that holds by plain loops, and that no single parameter nearer to 0 leaves one. */
export function expectSmallest(
  statement: Statement,
  isNatural: (values: ReadonlyMap<string, number>) => boolean,
) {
  const found = refute(statement);
  if (!found) return expect.unreachable('a wrong statement is not refuted');
  const values = new Map(Object.entries(found.sizes));
  expect(meets(statement, values)).toBe(true);
  expect(isNatural(values)).toBe(true);
  const difference = naiveDifference(statement, values);
  if (!difference) return expect.unreachable('the sides agree at the counterexample');
  expect(difference.index).toEqual(found.index);
  const { monomial, leftCoefficient, rightCoefficient } = found;
  const coefficients = [difference.left, difference.right].map(side => String(side.get(monomial) ?? 0));
  expect(coefficients).toEqual([leftCoefficient, rightCoefficient]);
  expect(leftCoefficient).not.toBe(rightCoefficient);
  for (const [name, value] of values) {
    if (value === 0) continue;
    const nearer = value - Math.sign(value);
    const lower = new Map([...values, [name, nearer]]);
    if (!meets(statement, lower) || !isNatural(lower)) continue;
    expect(naiveDifference(statement, lower), `${name} can be ${nearer}`).toBeNull();
  }
  return found;
}

/** Only paddings may be 0. */
export const sizesFromOne = (values: ReadonlyMap<string, number>) =>
  [...values].every(([name, value]) => value >= (/^[ab]\d$/.test(name) ? 0 : 1));
