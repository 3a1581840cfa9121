/** Reciprocals go with the sums whose values they count, and only with those. */
import { describe, expect, test } from 'vitest';
import { findProof } from '../../../src/proof/search/find-proof.js';
import { renaming } from '../../../src/proof/search/match.js';
import { normalised } from '../../../src/proof/search/normalise.js';
import { factorsOf } from '../../../src/proof/search/unit.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import { check } from '../../../src/proof/trusted/check.js';
import { key, replayed, startOf } from './setting.js';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly short: string;
  readonly units: string;
  readonly assume?: string;
}

const cases: readonly Case[] = [
  { name: 'one sum', text: 'sum(n<N) r[]*x[0]', short: 'x[0]', units: 'r: N', assume: 'N' },
  {
    name: 'two sums of three',
    text: 'sum(n<N, m<M, k<K) r[]*x[0]',
    short: 'sum(m<M) x[0]',
    units: 'r: N*K',
    assume: 'N, M, K',
  },
  {
    name: 'twice, for a sum that counts and for a sum that an equation fixes',
    text: 'sum(n<N, m<N, k<N) [m = n] r[]*r[]*x[m]',
    short: 'sum(n<N) r[]*x[n]',
    units: 'r: N',
    assume: 'N',
  },
  { name: 'a number, without a sum', text: '6*h[]*h[]*x[0]', short: '3*h[]*x[0]', units: 'h: 2' },
  {
    name: 'a multiple of what it is 1 over',
    text: 'sum(n<4*N + 2) 3*r[]*x[0]',
    short: '6*x[0]',
    units: 'r: 2*N + 1',
    assume: 'N',
  },
  {
    name: 'after an index that is the same in every cell',
    text: 'sum(n<N, k<1) r[]*x[k]',
    short: 'x[0]',
    units: 'r: N',
    assume: 'N',
  },
];

const kept: readonly Case[] = [
  { name: 'another count', text: 'sum(n<M) r[]*x[0]', short: '', units: 'r: N', assume: 'N, M' },
  { name: 'a count that may be negative', text: 'sum(n<N) r[]*x[0]', short: '', units: 'r: N' },
  { name: 'an index that is read', text: 'sum(n<N) r[]*x[n]', short: '', units: 'r: N', assume: 'N' },
  { name: 'half of an odd number', text: '3*h[]*x[0]', short: '', units: 'h: 2' },
  { name: 'a part of what it is 1 over', text: 'sum(n<N) r[]*x[0]', short: '', units: 'r: 2*N', assume: 'N' },
];

describe('normalised', () => {
  test.each(cases)('$name', ({ text, short, units, assume = '' }) => {
    const { line, setting } = startOf(text, assume, '', units);
    const end = normalised(line, setting);
    const wanted = startOf(short).line.term!;
    expect(renaming(end.term!, wanted)).not.toBeNull();
    expect(end.term!.coefficient).toBe(wanted.coefficient);
    expect(key(replayed(line, end, setting))).toBe(key(end.term));
  });

  test.each(kept)('keeps it: $name', ({ text, units, assume = '' }) => {
    const { line, setting } = startOf(text, assume, '', units);
    expect(key(normalised(line, setting).term)).toBe(key(line.term));
  });
});

test('both sides are multiplied as often as a term has the reciprocal of a number', () => {
  const [first, second] = ['h[]*h[]*x[0]', 'r[]*h[]*t[]*x[0]'].map(
    text => startOf(text, '', '', 'h: 2, r: N, t: 6*N').line.term!,
  );
  const { setting } = startOf('x[0]', '', '', 'h: 2, r: N, t: 6*N');
  expect(factorsOf([first!, second!], setting.units)).toEqual([2, 2, 6]);
  expect(factorsOf([first!], new Map())).toEqual([]);
});

describe('findProof multiplies both sides where nothing else helps', () => {
  const proofOf = (text: string) => {
    const [{ statement }] = parseTheorems(text, 'here') as [ReturnType<typeof parseTheorems>[number]];
    const found = findProof(statement);
    if (found.kind !== 'found') return expect.unreachable('no proof');
    const { factors, left, right } = found;
    const witness = new Map(statement.parameters.map(name => [name, 3]));
    check(statement, { factors, left, right, witness });
    return factors;
  };
  const square = (line: string, factor: string, gradient: string) =>
    `${line}\ny[i<N] = ${factor}*x[i]*x[i]\ndx[i<N] = ${gradient}*yBar[i]*x[i]\nprove gradient of y by x is dx`;

  test.each([
    ['half of a square', square('h[] = 1/2', 'h[]', '1'), [2]],
    ['a quarter of a square', square('h[] = 1/2', 'h[]*h[]', 'h[]'), [2, 2]],
    ['a mean of halves', square('r[] = 1/N\nq[] = 1/(2*N)', 'sum(k<N) q[]', '1'), [2]],
    ['a square', square('h[] = 1/2', '2*h[]', '2'), []],
  ])('%s', (_, text, factors) => expect(proofOf(text)).toEqual(factors));
});
