/**
 * What the checker should refuse and does not yet. No text or certificate can say these, only calls with
 * hand-made values. A test here fails as soon as the checker refuses its case: make it a plain test then.
 */
import { expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { faultOf } from '../../../src/index-sum/term.js';
import { check } from '../../../src/proof/trusted/check.js';
import type { Step } from '../../../src/proof/trusted/rules.js';
import { outcomeOf } from './forged/case.js';
import { poly } from './read.js';

test.fails('a step of a rule that is none makes any term vanish', () => {
  const unknown: Step = JSON.parse('{"rule":"nonsense"}');
  expect(outcomeOf({ left: ['x[0]'], leftSteps: [[unknown]], right: [] })).not.toBe('accepted');
});

test.fails('a free index may be empty where its extent and an assumption are one object', () => {
  const extent = poly('N');
  const statement = {
    parameters: ['N'],
    assume: [extent, polynomial.negate(extent)],
    tensors: new Map([['x', 1]]),
    definitions: [],
    free: [{ name: 'e', extent }],
    left: [],
    by: null,
    right: [],
  };
  expect(() => check(statement, { left: [], right: [], witness: new Map([['N', 0]]) })).toThrow(
    'bad-witness',
  );
});

test.fails('a product with the empty name, which is not declared, is well-formed', () => {
  const term = {
    coefficient: 1,
    bound: [],
    guards: [],
    atoms: [{ tensor: 'x', index: [new Map([['N*', 1]])] }],
  };
  const scope = { parameters: new Set(['N']), free: [], ranks: new Map([['x', 1]]) };
  expect(faultOf(term, scope)).not.toBeNull();
});
