/** Definitions that are put in, and derivatives, mean what they say: against values, dual numbers and differences. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Atom, Definition, Range, Term } from '../../../src/index-sum/term.js';
import { type Statement, sidesOf } from '../../../src/proof/trusted/statement.js';
import { hashed, instances, sumOf, type Tensors, tensorsAt } from './meaning.js';
import {
  oneOf,
  type Random,
  randomPolynomial,
  randomTerm,
  randomValues,
  scope,
  smallTerm,
  upTo,
} from './random.js';
import { ranges } from './read.js';

const statement = (left: readonly Term[], more: Partial<Statement> = {}): Statement => ({
  parameters: [...scope.parameters],
  assume: [],
  tensors: scope.ranks,
  units: new Map(),
  definitions: [],
  free: scope.free,
  left,
  by: null,
  right: [],
  ...more,
});

/** d over x and y, then g over d too; the names they bind are those that are bound or free around them. */
function randomDefinitions(random: Random): Definition[] {
  const over = (name: string, free: readonly Range[], ranks: ReadonlyMap<string, number>): Definition => {
    const length = 1 + upTo(random, 1);
    return { name, free, terms: Array.from({ length }, () => smallTerm(random, free, ranks)) };
  };
  const d = over('d', ranges('i<N, w<M'), scope.ranks);
  return [d, over('g', ranges('e<N'), new Map([...scope.ranks, ['d', 2]]))];
}

/** What the left side may read. */
const read = new Map([...scope.ranks, ['d', 2], ['g', 1]]);
const cellOf = (random: Random): Atom => ({
  tensor: 'x',
  index: [randomPolynomial(random, ['e', 'f', 'a'])],
});

/** How often two values were compared that are not 0. */
function comparedWith(runs: number, body: (random: Random) => Generator<readonly [bigint, bigint]>): number {
  let nonzero = 0;
  const property = fc.property(fc.gen(), random => {
    for (const [got, expected] of body(random)) {
      expect(got).toBe(expected);
      if (expected !== 0n) nonzero++;
    }
  });
  fc.assert(property, { seed: 20261, numRuns: runs });
  return nonzero;
}

test('what definitions say takes their place', () => {
  const nonzero = comparedWith(80, function* (random) {
    const one = statement([smallTerm(random, scope.free, read)], {
      definitions: randomDefinitions(random),
    });
    const { left } = sidesOf(one);
    for (const values of instances(scope.free, randomValues(random))) {
      yield [sumOf(left, values, hashed)[0], sumOf(one.left, values, tensorsAt(one, values))[0]];
    }
  });
  expect(nonzero).toBeGreaterThan(100);
});

test('a derivative is the slope of dual numbers, through definitions', () => {
  const nonzero = comparedWith(300, function* (random) {
    const definitions = randomDefinitions(random);
    const one = statement([smallTerm(random, scope.free, read)], { definitions, by: cellOf(random) });
    const { left } = sidesOf(one);
    for (const values of instances(scope.free, randomValues(random))) {
      yield [sumOf(left, values, hashed)[0], sumOf(one.left, values, tensorsAt(one, values))[1]];
    }
  });
  expect(nonzero).toBeGreaterThan(100);
});

/** x with `step` added at one cell. */
const moved =
  (tensors: Tensors, step: bigint): Tensors =>
  (tensor, index) => {
    const [value, slope] = tensors(tensor, index);
    return [value + slope * step, 0n];
  };

test('up to squares, twice the derivative is the difference one step up and one step down', () => {
  const nonzero = comparedWith(200, function* (random) {
    const term = randomTerm(random);
    const others = term.atoms.filter(({ tensor }) => tensor !== 'x');
    const cell = cellOf(random);
    const squares = oneOf(random, [
      [cell],
      [cell, cell],
      [cell, { tensor: 'x', index: [randomPolynomial(random, ['u', 'e'])] }],
    ]);
    const one = statement([{ ...term, atoms: [...others, ...squares] }], { by: cell });
    const { left } = sidesOf(one);
    const twice = left.map(part => ({ ...part, coefficient: 2 * Number(part.coefficient) }));
    for (const values of instances(scope.free, randomValues(random))) {
      const tensors = tensorsAt(one, values);
      const down = one.left.map(part => ({ ...part, coefficient: -Number(part.coefficient) }));
      const up = sumOf(one.left, values, moved(tensors, 1n))[0];
      const difference = (up + sumOf(down, values, moved(tensors, -1n))[0]) % (2n ** 61n - 1n);
      yield [sumOf(twice, values, hashed)[0], difference];
    }
  });
  expect(nonzero).toBeGreaterThan(100);
});
