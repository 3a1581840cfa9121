/** For each rule, a random term and a step whose premises hold by the way it is made. */
import { type Polynomial, polynomial } from '../../../src/exact/index.js';
import type { Guard, Term } from '../../../src/index-sum/term.js';
import { type Evidence, factsOf, type Step } from '../../../src/proof/trusted/rules.js';
import {
  assume,
  namesOf,
  oneOf,
  type Random,
  randomGuard,
  randomPolynomial,
  randomTerm,
  scope,
  upTo,
} from './random.js';
import { poly, ranges } from './read.js';

export interface Move {
  readonly term: Term;
  readonly step: Step;
}

type Products = Evidence[number];

const sumOf = (products: Products): Polynomial =>
  products
    .map(product => product.reduce(polynomial.product, polynomial.constant(1)))
    .reduce(polynomial.add, new Map());

/** Sums of products of what is known. */
function randomProducts(random: Random, facts: readonly Polynomial[]): Products {
  const natural = () => polynomial.constant(upTo(random, 3));
  return Array.from({ length: upTo(random, 2) }, () => {
    const factors = Array.from({ length: upTo(random, 2) }, () => oneOf(random, facts));
    return [...factors, natural()];
  });
}

const plusOne = (a: Polynomial) => polynomial.add(a, polynomial.constant(1));

/** Something that is 0 by the equations of a term, with the evidence that it is neither more nor less. */
function randomZero(random: Random, term: Term, facts: readonly Polynomial[]): [Polynomial, Evidence] {
  const zeros = term.guards.flatMap(guard => (guard.kind === 'equation' ? [guard.zero] : []));
  if (zeros.length === 0) return [new Map(), []];
  const zero = oneOf(random, zeros);
  const factor = upTo(random, 1) === 0 ? oneOf(random, facts) : polynomial.constant(2);
  return [polynomial.product(zero, factor), [[[zero, factor]], [[polynomial.negate(zero), factor]]]];
}

/** A guard that the facts imply. */
function impliedGuard(random: Random, term: Term): { guard: Guard; evidence: Evidence } {
  const facts = factsOf(term, assume, scope);
  if (upTo(random, 2) === 0) {
    const [zero, evidence] = randomZero(random, term, facts);
    return { guard: { kind: 'equation', zero }, evidence };
  }
  const [value, rest] = [randomProducts(random, facts), randomProducts(random, facts)];
  const extent = polynomial.add(plusOne(sumOf(value)), sumOf(rest));
  return { guard: { kind: 'range', value: sumOf(value), extent }, evidence: [value, rest] };
}

function withGuard(random: Random, term: Term, guard: Guard): [Term, number] {
  const at = upTo(random, term.guards.length);
  return [{ ...term, guards: term.guards.toSpliced(at, 0, guard) }, at];
}

/** Some terms get an equation between indices, so that there is something to use. */
function equated(random: Random): Term {
  const term = randomTerm(random);
  const [one, other] = [oneOf(random, namesOf(term)), oneOf(random, namesOf(term))].map(polynomial.variable);
  return withGuard(random, term, { kind: 'equation', zero: polynomial.subtract(one!, other!) })[0];
}

/** A fact F beside the equation F + 1 = 0. */
function contradictory(random: Random): { term: Term; shown: Products } {
  const term = randomTerm(random);
  const fact = oneOf(random, factsOf(term, assume, scope));
  const zero = plusOne(fact);
  return {
    term: withGuard(random, term, { kind: 'equation', zero })[0],
    shown: [[fact], [polynomial.negate(zero)]],
  };
}

/** times * r * (values of the idle indices) = whole; each extent is a product of what is known. */
const COUNTED = [
  { tensor: 'r', idle: ranges('q<N, l<M'), times: 1, shown: [['N'], ['M']], whole: 1 },
  { tensor: 'r', idle: ranges('q<2*N*M'), times: 3, shown: [['2', 'N', 'M']], whole: 6 },
  { tensor: 't', idle: ranges('q<N + a + 3'), times: -2, shown: [['N + 3 + a']], whole: -2 },
  { tensor: 'h', idle: [], times: 2, shown: [], whole: 1 },
  { tensor: 'h', idle: ranges('q<2'), times: 1, shown: [['2']], whole: 1 },
];

export const moves: Readonly<Record<string, (random: Random) => Move>> = {
  eliminate(random) {
    const term = randomTerm(random);
    const { name } = oneOf(random, term.bound);
    const others = namesOf(term).filter(one => one !== name);
    const value = randomPolynomial(random, others);
    const zero = polynomial.subtract(polynomial.variable(name), value);
    const signed = upTo(random, 1) === 0 ? zero : polynomial.negate(zero);
    return {
      term: withGuard(random, term, { kind: 'equation', zero: signed })[0],
      step: { rule: 'eliminate', name },
    };
  },
  introduce(random) {
    const bare = randomTerm(random);
    const value = randomPolynomial(random, namesOf(bare));
    const extent = poly(oneOf(random, ['N', 'M + 1', 'N*M', '2', 'N + a']));
    const [term, guard] = withGuard(random, bare, { kind: 'range', value, extent });
    return { term, step: { rule: 'introduce', guard, name: 'q' } };
  },
  drop(random) {
    const rest = equated(random);
    const { guard, evidence } = impliedGuard(random, rest);
    const [term, at] = withGuard(random, rest, guard);
    return { term, step: { rule: 'drop', guard: at, evidence } };
  },
  'drop by a contradiction'(random) {
    const { term: rest, shown } = contradictory(random);
    const [term, at] = withGuard(random, rest, randomGuard(random, namesOf(rest)));
    return { term, step: { rule: 'drop', guard: at, evidence: [shown, shown] } };
  },
  add(random) {
    const term = equated(random);
    return { term, step: { rule: 'add', ...impliedGuard(random, term) } };
  },
  split(random) {
    const random1 = randomTerm(random);
    const bound = [...random1.bound, { name: 'q', extent: poly('N*M') }];
    const into = [
      { name: oneOf(random, ['h', 'q']), extent: poly('M') },
      { name: 'l', extent: poly('N') },
    ] as const;
    const names = namesOf({ ...random1, bound });
    const guards = [...random1.guards, randomGuard(random, names)];
    const atoms = [...random1.atoms, { tensor: 'x', index: [randomPolynomial(random, ['q', ...names])] }];
    const evidence = [[[poly('M')]], [[poly('N')]]];
    return { term: { ...random1, bound, guards, atoms }, step: { rule: 'split', name: 'q', into, evidence } };
  },
  index(random) {
    const bare = equated(random);
    const term = { ...bare, atoms: [...bare.atoms, { tensor: 'x', index: [poly('u + a')] }] };
    const atom = upTo(random, term.atoms.length - 1);
    const axis = upTo(random, term.atoms[atom]!.index.length - 1);
    const [change, evidence] = randomZero(random, term, factsOf(term, assume, scope));
    const value = polynomial.add(term.atoms[atom]!.index[axis]!, change);
    return { term, step: { rule: 'index', atom, axis, value, evidence } };
  },
  rename(random) {
    const term = randomTerm(random);
    const from = term.bound.map(({ name }) => name);
    const to = oneOf(random, [from.toReversed(), [...from.slice(1), 'q'], ['q', ...from.slice(1)]]);
    return { term, step: { rule: 'rename', names: new Map(from.map((name, k) => [name, to[k]!])) } };
  },
  unit(random) {
    const bare = randomTerm(random);
    const { tensor, idle, times, shown, whole } = oneOf(random, COUNTED);
    const bound = upTo(random, 1) === 0 ? [...idle, ...bare.bound] : [...bare.bound, ...idle];
    const atom = upTo(random, bare.atoms.length);
    const atoms = bare.atoms.toSpliced(atom, 0, { tensor, index: [] });
    const names = idle.map(({ name }) => name);
    return {
      term: { ...bare, coefficient: Number(bare.coefficient) * times, bound, atoms },
      step: {
        rule: 'unit',
        atom,
        names,
        times: Number(bare.coefficient) * whole,
        evidence: shown.map(one => [one.map(poly)]),
      },
    };
  },
  vanish(random) {
    const { term, shown } = contradictory(random);
    return { term, step: { rule: 'vanish', evidence: [shown] } };
  },
};
