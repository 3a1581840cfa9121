/** What no text or certificate can say, only calls with hand-made values. */
import { expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { faultOf } from '../../../src/index-sum/term.js';
import { check } from '../../../src/proof/trusted/check.js';
import { poly } from './read.js';

test('a free index is not empty, even where its extent and an assumption are one object', () => {
  const extent = poly('N');
  const statement = {
    parameters: ['N'],
    assume: [extent, polynomial.negate(extent)],
    tensors: new Map([['x', 1]]),
    units: new Map(),
    definitions: [],
    free: [{ name: 'e', extent }],
    left: [],
    by: null,
    right: [],
  };
  expect(() => check(statement, { factors: [], left: [], right: [], witness: new Map([['N', 0]]) })).toThrow(
    'bad-witness',
  );
});

test('a product with the empty name, which is not declared, is ill-formed', () => {
  const term = {
    coefficient: 1,
    bound: [],
    guards: [],
    atoms: [{ tensor: 'x', index: [new Map([['N*', 1]])] }],
  };
  const scope = { parameters: new Set(['N']), free: [], ranks: new Map([['x', 1]]) };
  expect(faultOf(term, scope)).not.toBeNull();
});
