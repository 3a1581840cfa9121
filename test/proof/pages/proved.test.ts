/** Every theorem of the pages is proved, for all sizes, and every operator has its page. */
import { describe, expect, test } from 'vitest';
import { operators } from '../../../src/ops/index.js';
import { judge } from '../../../src/proof/judge.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { shippedPages } from './shipped.js';

describe.each(shippedPages)('$name', ({ theorems, text }) => {
  test('is about something', () => {
    expect(theorems.length).toBeGreaterThan(0);
    for (const part of ['# ', '**Letters.**', '**Definition.**', '**Domain.**', '## Theorem', '## Why'])
      expect(text).toContain(part);
    for (const part of ['**Source.**', '**Not covered.**']) expect(text).toContain(part);
  });

  test.each(theorems.map(theorem => [theorem.id, theorem] as const))('%s', (_, theorem) => {
    const { verdict, residual, counterexample } = judge(theorem);
    expect({ verdict, residual, counterexample }).toEqual({
      verdict: 'PROVED',
      residual: null,
      counterexample: null,
    });
    expect(findWitness(theorem.statement)?.nonZero).toBe(true);
  });
});

test('no two theorems have one name', () => {
  const ids = shippedPages.flatMap(page => page.theorems.map(theorem => theorem.id));
  expect(ids.length).toBeGreaterThan(200);
  expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
});

test('every operator is on one page, with its claims or with the reason why it has none', () => {
  const named = shippedPages.flatMap(({ covers, holes }) => [
    ...covers,
    ...holes.map(({ operator, reason }) => (reason === '' ? `${operator} without a reason` : operator)),
  ]);
  expect(named.sort()).toEqual(operators.map(operator => operator.name).sort());
});

test('what has one to three axes is stated for each number', () => {
  const ids = shippedPages.flatMap(page => page.theorems.map(theorem => theorem.id));
  const stems = ids.filter(id => id.endsWith('/2d')).map(id => id.replace(/2d$/, ''));
  expect(stems.length).toBeGreaterThan(50);
  expect(stems.filter(stem => !ids.includes(`${stem}1d`))).toEqual([]);
});
