/** Reciprocals of counts in the text form of theorems, and what is said of them. */
import { describe, expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { judge } from '../../../src/proof/judge.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';

const mean = (line: string, read = 'r[]') =>
  `rank 2\n${line}\ny[c<C] = sum(n<N, i@<L@) ${read}*x[n, c, i@]
dx[n<N, c<C, i@<L@] = ${read}*yBar[c]\nprove gradient of y by x is dx`;

const unitsOf = (text: string) => {
  const [theorem] = parseTheorems(text, 'here');
  return [...theorem!.statement.units].map(([name, value]) => [name, polynomial.text(value)]);
};

describe('a line r[] = 1/(...)', () => {
  test.each([
    ['r[] = 1/(N*prod(L@))', 'L1*L2*N'],
    ['r[] = 1/(2*N + prod(L@) - 1)', 'L1*L2+2*N-1'],
    ['r[] = 1/N', 'N'],
    ['r[]=1/12', '12'],
  ])('%s', (line, value) => expect(unitsOf(mean(line))).toEqual([['r', value]]));

  test('is left out of a statement that does not read it', () => {
    expect(unitsOf(mean('r[] = 1/N\nq[] = 1/3', 'q[]'))).toEqual([['q', '3']]);
  });

  test.each([
    ['not-a-product-sum', 'r[n<N] = 1/(N)'],
    ['not-a-product-sum', 'r[] = 1/(0)'],
    ['not-a-product-sum', 'r[] = 1/(0 - 2)'],
    ['unreadable-claim', 'r[] = 2/(N)'],
    ['not-a-product-sum', 'r[] = 1/(x[0])'],
    ['duplicate-name', 'r[] = 1/(N)\nr[] = 1/(N)'],
    ['duplicate-name', 'tensor r[]\nr[] = 1/(N)'],
    ['rank-mismatch', 'r[] = 1/(N)\nz[n<N] = r[n]'],
  ])('%s: %s', (code, line) => {
    expect(() => parseTheorems(mean(line), 'here')).toThrow(expect.objectContaining({ code }));
  });

  test('cannot be differentiated by: it does not change', () => {
    const text = mean('r[] = 1/(N)').replace('of y by x is dx', 'of y by r is y');
    expect(() => parseTheorems(text, 'here')).toThrow(expect.objectContaining({ code: 'unknown-name' }));
  });
});

test('a report names it once, as an assumption and not among the values', () => {
  const [theorem] = parseTheorems(mean('r[] = 1/(N*prod(L@))'), 'here');
  const { verdict, domain, assumptions } = judge(theorem!);
  expect(verdict).toBe('PROVED');
  expect(domain).toMatch(/all values of x, yBar in any/);
  expect(assumptions.filter(text => text.includes('r[]'))).toEqual(['r[]*L1*L2*N = 1']);
});

test('so does the report of an operator, with the reading of its opaque functions', () => {
  const theorem = operatorTheorems('batch_norm', { wrt: 'x', rank: 1 })[0]!;
  const { verdict, assumptions } = judge(theorem);
  expect(verdict).toBe('PROVED');
  expect(assumptions.filter(text => text.startsWith('r[]'))).toEqual(['r[]*L1*N = 1']);
});
