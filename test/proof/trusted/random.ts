/** Random well-formed terms over fixed names, and values for those names. */
import type fc from 'fast-check';
import { constantFrom, integer as fcInteger } from 'fast-check';
import { type Polynomial, polynomial } from '../../../src/exact/index.js';
import type { Guard, Range, Scope, Term } from '../../../src/index-sum/term.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';
import type { Values } from './meaning.js';
import { poly, ranges } from './read.js';

export type Random = fc.GeneratorValue;

/** N and M are sizes, a and b offsets of any sign. */
export const scope: Scope = {
  parameters: new Set(['N', 'M', 'a', 'b']),
  free: ranges('e<N + 1, f<M + 2'),
  ranks: new Map([
    ['x', 1],
    ['y', 2],
  ]),
};
export const assume = ['N', 'M', 'N + 3 + a'].map(poly);

const UNITS = { r: 'N*M', s: 'M + 1', t: 'N + 3 + a', h: '2' };

/** Reciprocals of counts, for steps over the scope's names. */
export const given: Statement = {
  parameters: [...scope.parameters],
  assume,
  tensors: new Map([...scope.ranks, ...Object.keys(UNITS).map((name): [string, number] => [name, 0])]),
  units: new Map(Object.entries(UNITS).map(([name, value]) => [name, poly(value)])),
  definitions: [],
  free: scope.free,
  left: [],
  by: null,
  right: [],
};

export const upTo = (random: Random, largest: number) => random(fcInteger, { min: 0, max: largest });
const between = (random: Random, min: number, max: number) => random(fcInteger, { min, max });

export function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[upTo(random, values.length - 1)]!;
}

/** Up to three monomials over the names, of degree at most 2, with small coefficients. */
export function randomPolynomial(random: Random, names: readonly string[]): Polynomial {
  let sum: Polynomial = polynomial.constant(between(random, -1, 1));
  for (let k = upTo(random, 2); k >= 0; k--) {
    const factor = upTo(random, 5) === 0 ? polynomial.variable(oneOf(random, names)) : polynomial.constant(1);
    const monomial = polynomial.product(polynomial.variable(oneOf(random, names)), factor);
    sum = polynomial.add(sum, polynomial.scale(monomial, random(constantFrom, -1, 1, 1, 2)));
  }
  return sum;
}

/** Mostly guards that hold somewhere: an index within something near its range. */
export function randomGuard(random: Random, names: readonly string[]): Guard {
  const value = randomPolynomial(random, names);
  if (upTo(random, 4) === 0) return { kind: 'equation', zero: value };
  return {
    kind: 'range',
    value,
    extent: poly(oneOf(random, ['N + 2', 'M + 3', '5', 'N + M + b', 'N*M + 1'])),
  };
}

function randomAtoms(random: Random, names: readonly string[]) {
  return Array.from({ length: upTo(random, 3) }, () => {
    const [tensor, rank] = oneOf(random, [...scope.ranks]);
    return { tensor, index: Array.from({ length: rank }, () => randomPolynomial(random, names)) };
  });
}

const EXTENTS = ['N', 'M', 'N*M', '2', 'M + 1', 'N + a'];

/** A small term over given free names and tensors: one bound index, one to two atoms, mostly at short indices. */
export function smallTerm(random: Random, free: readonly Range[], ranks: ReadonlyMap<string, number>): Term {
  const unused = ['u', 'w', 'e', 'i'].filter(name => !free.some(range => range.name === name));
  const bound = [{ name: oneOf(random, unused), extent: poly(oneOf(random, ['N', 'M', '2'])) }];
  const names = [...free, ...bound].map(range => range.name);
  const index = () => {
    const name = polynomial.variable(oneOf(random, names));
    return upTo(random, 2) === 0 ? randomPolynomial(random, [...names, 'a']) : name;
  };
  const atoms = Array.from({ length: 1 + upTo(random, 1) }, () => {
    const [tensor, rank] = oneOf(random, [...ranks]);
    return { tensor, index: Array.from({ length: rank }, index) };
  });
  const guards = upTo(random, 1) === 0 ? [] : [randomGuard(random, names)];
  return { coefficient: between(random, 1, 3), bound, guards, atoms };
}

/** A term over the scope's names. */
export function randomTerm(random: Random): Term {
  const count = upTo(random, 2);
  const bound: Range[] = ['u', 'v', 'w'].slice(0, count + 1).map(name => {
    return { name, extent: poly(oneOf(random, EXTENTS)) };
  });
  const names = [...scope.free, ...bound].map(range => range.name).concat('a', 'b');
  return {
    coefficient: between(random, 1, 3),
    bound,
    guards: Array.from({ length: upTo(random, 2) }, () => randomGuard(random, names)),
    atoms: randomAtoms(random, names),
  };
}

export const namesOf = (term: Term) =>
  [...scope.free, ...term.bound].map(range => range.name).concat('a', 'b');

/** Values of the parameters that meet the assumptions: sizes 0 to 3, offsets -3 to 3. */
export function randomValues(random: Random): Values {
  const [N, M] = [upTo(random, 3), upTo(random, 3)];
  const [a, b] = [between(random, -3, 3), between(random, -3, 3)];
  return new Map(Object.entries({ N, M, a: Math.max(a, -N - 3), b }));
}
