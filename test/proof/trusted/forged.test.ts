/** Proofs of false statements: the checker refuses each, for the one reason that it is wrong. */
import { describe, expect, test } from 'vitest';
import type { Statement } from '../../../src/proof/trusted/statement.js';
import { forgedCases } from './forged/all.js';
import { outcomeOf } from './forged/case.js';
import { smallValues, verdictAt } from './meaning.js';
import { statementOf } from './read.js';

const verdicts = (statement: Statement) =>
  new Set([...smallValues(statement.parameters)].map(values => verdictAt(statement, values)));

test('no two cases have one name', () => {
  const names = forgedCases.map(({ name }) => name);
  expect(names.filter((name, k) => names.indexOf(name) !== k)).toEqual([]);
});

describe.each(forgedCases)('$name', ({ code, forged, twin, vacuous }) => {
  test('is refused', () => expect(outcomeOf(forged)).toBe(code));

  test(vacuous ? 'says nothing' : 'is false', () => {
    const found = verdicts(statementOf(forged));
    if (vacuous) expect([...found]).toEqual(['not meant']);
    else expect(found).toContain('different');
  });

  test('is accepted where the premise holds', () =>
    expect(outcomeOf({ ...forged, ...twin })).toBe('accepted'));

  test('and then it is true', () => {
    const found = verdicts(statementOf({ ...forged, ...twin }));
    expect(found).toContain('equal');
    expect(found).not.toContain('different');
  });
});
