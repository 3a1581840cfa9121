/** Statements that must not be proved, each with a counterexample, beside what makes them true. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/proof/judge.js';
import { findProof } from '../../../src/proof/search/find-proof.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import { meets, naiveDifference } from '../refute/naive.js';
import { mistaken, type Refused, repaired } from './case.js';
import { contradictory } from './contradictory.js';
import { layers } from './layers.js';
import { layouts } from './layouts.js';
import { sliding } from './sliding.js';
import { textbook } from './textbook.js';

const own: readonly Refused[] = [...sliding, ...layers, ...layouts];
const all = [...textbook, ...own];
const repairable = all.filter(one => repaired(one) !== null);

describe('the table', () => {
  test('has the textbook mistakes 1 to 21 and many others, most with a repair', () => {
    const numbers = new Set(textbook.map(({ name }) => Number(/^\d+/.exec(name)![0])));
    expect([...numbers]).toEqual(Array.from({ length: 21 }, (_, k) => k + 1));
    expect(own.length).toBeGreaterThan(50);
    expect(repairable.length).toBeGreaterThan(70);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });
});

describe('refused', () => {
  test.each(all)('$name', refused => {
    const theorem = mistaken(refused);
    const { statement } = theorem;
    expect(findProof(statement).kind).toBe('open');
    const { verdict, counterexample, certificate, proof } = judge(theorem);
    expect([verdict, certificate, proof]).toEqual(['REFUTED', null, null]);
    const values = new Map(Object.entries(counterexample!.sizes!));
    expect([...values.keys()].sort()).toEqual([...statement.parameters].sort());
    expect(meets(statement, values)).toBe(true);
    const difference = naiveDifference(statement, values)!;
    expect(difference.index).toEqual(counterexample!.index);
    const { monomial, definitionCoefficient, claimCoefficient, definition, claim } = counterexample!;
    const key = monomial === '1' ? '' : monomial;
    const coefficients = [difference.left, difference.right].map(side => String(side.get(key) ?? 0));
    expect(coefficients).toEqual([definitionCoefficient, claimCoefficient]);
    expect(definitionCoefficient).not.toBe(claimCoefficient);
    expect(definition).not.toBe(claim);
  });
});

describe('repaired', () => {
  test.each(repairable)('without the mistake it is proved: $name', refused => {
    const { verdict, residual, certificate } = judge(repaired(refused)!);
    expect([verdict, residual]).toEqual(['PROVED', null]);
    expect(certificate).not.toBeNull();
  });
});

describe('contradictory assumptions', () => {
  test.each(contradictory)('$name', ({ name, text }) => {
    const [theorem] = parseTheorems(text, name);
    const { verdict, certificate, proof, counterexample } = judge(theorem!);
    expect({ verdict, certificate, proof, counterexample }).toEqual({
      verdict: 'UNKNOWN',
      certificate: null,
      proof: null,
      counterexample: null,
    });
  });
});
