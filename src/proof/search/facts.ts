/** What the search for evidence draws on: the checker's facts, and what follows from them at once. */
import { integer, type Polynomial, polynomial } from '../../exact/index.js';

export type Product = readonly Polynomial[];

export interface Fact {
  readonly value: Polynomial;
  /** Products of the checker's facts that add up to the value (or, for a quotient, to the value times `times`). */
  readonly via: readonly Product[];
  /** A fact X*R says R >= 0 only where X >= 1. */
  readonly times: Quotient | null;
}

export interface Quotient {
  readonly name: string;
  /** Products of facts that add up to X. */
  readonly whole: readonly Product[];
  /** Products of facts that add up to X - 1. */
  readonly excess: readonly Product[];
}

const ONE = polynomial.constant(1);

/**
 * The facts themselves with free indices solved by equations put in, names and extents that are at least 1 or 0,
 * and quotients by such names.
 * @param free names that an equation may be solved for
 */
export function closure(given: readonly Polynomial[], free: readonly string[]): Closure {
  const solution = solved(given, free);
  const facts: Fact[] = [];
  const seen = new Set<string>();
  const add = (value: Polynomial, via: readonly Product[], times: Quotient | null = null) => {
    const key = polynomial.text(value);
    if (polynomial.asConstant(value) !== null || seen.has(key)) return;
    seen.add(key);
    facts.push({ value, via, times });
  };
  for (const fact of given) {
    const { value, products } = reduced(fact, solution);
    if (products) add(value, [[fact], ...products]);
  }
  const known = facts.map(fact => fact.value);
  const viaOf = (value: Polynomial) => facts.find(fact => polynomial.equal(fact.value, value))!.via;
  for (const [name, slack] of lowerBounds(known)) {
    const variable = polynomial.variable(name);
    const excess = polynomial.subtract(variable, polynomial.constant(slack));
    add(variable, [...viaOf(excess), [polynomial.constant(slack)]]);
  }
  for (const { value, parts } of extents(known)) {
    const via = parts.flatMap(viaOf);
    add(polynomial.subtract(value, ONE), via);
    add(value, [...via, [ONE]]);
  }
  for (const fact of known) {
    const name = commonName(fact);
    if (!name) continue;
    const variable = polynomial.variable(name);
    const excess = facts.find(one => polynomial.equal(one.value, polynomial.subtract(variable, ONE)))?.via;
    const isFact = given.some(one => polynomial.equal(one, variable));
    const whole = isFact ? [[variable]] : [...(excess ?? []), []];
    if (excess) add(divided(fact, name), viaOf(fact), { name, whole, excess });
  }
  return { facts, reduce: value => reduced(value, solution) };
}

export interface Closure {
  readonly facts: readonly Fact[];
  /** The value with solved names put in, and the products by which it is larger; null where they are none of facts. */
  readonly reduce: (value: Polynomial) => Reduced;
}

interface Reduced {
  readonly value: Polynomial;
  readonly products: readonly Product[] | null;
}

/** name = name - zero, zero being an equation. */
interface Solution {
  readonly name: string;
  readonly zero: Polynomial;
  readonly nonNegative: ReadonlySet<string>;
}

/** Equations solved for free names, each put into those after it. */
function solved(given: readonly Polynomial[], free: readonly string[]): Solution[] {
  const texts = new Set(given.map(polynomial.text));
  const nonNegative = new Set(given.filter(fact => fact.size === 1).map(polynomial.text));
  const zeros = given.filter(fact => texts.has(polynomial.text(polynomial.negate(fact))));
  const found: Solution[] = [];
  for (const zero of zeros) {
    const { value } = reduced(zero, found);
    // Only an equation that is untouched by the others is a fact as it stands.
    const name =
      polynomial.equal(value, zero) && free.find(one => zero.get(one) === 1 && mentions(zero, one) === 1);
    if (name && !found.some(one => one.name === name)) found.push({ name, zero, nonNegative });
  }
  return found;
}

const mentions = (value: Polynomial, name: string) =>
  [...value.keys()].filter(monomial => monomial.split('*').includes(name)).length;

function reduced(start: Polynomial, solutions: readonly Solution[]): Reduced {
  let [value, products] = [start, [] as Product[] | null];
  for (const { name, zero, nonNegative } of solutions) {
    const part = new Map([...value].filter(([monomial]) => monomial.split('*').includes(name)));
    for (const [monomial, coefficient] of part) {
      const factor = divided(new Map([[monomial, 1]]), name);
      const names = [...polynomial.names(factor)];
      const isKnown = names.every(one => nonNegative.has(one)) && names.join('*') === [...factor.keys()][0];
      value = polynomial.subtract(value, polynomial.scale(polynomial.product(factor, zero), coefficient));
      const side = coefficient < 0 ? zero : polynomial.negate(zero);
      const size = polynomial.constant(integer.absolute(coefficient));
      products = isKnown && products ? [...products, [size, ...names.map(polynomial.variable), side]] : null;
    }
  }
  return { value, products };
}

/** Names v with a fact v - k, k positive. */
function lowerBounds(known: readonly Polynomial[]): [string, number][] {
  return known.flatMap(fact => {
    const [name] = [...fact.keys()].filter(monomial => monomial !== '');
    const slack = -Number(fact.get('') ?? 0);
    const simple =
      fact.size === 2 && slack > 0 && name !== undefined && !name.includes('*') && fact.get(name) === 1;
    return simple ? [[name, slack] as [string, number]] : [];
  });
}

/** Extents n of an index v that is there: v and n - 1 - v are facts, so n - 1 is at least 0. */
function extents(known: readonly Polynomial[]): { value: Polynomial; parts: [Polynomial, Polynomial] }[] {
  const indices = known.filter(fact => fact.size === 1 && !fact.has('') && [...fact.values()][0] === 1);
  return indices.flatMap(index => {
    const [name] = index.keys();
    return known.flatMap(fact => {
      if (fact.get(name!) !== -1 || fact.get('') !== -1) return [];
      const value = polynomial.add(polynomial.add(fact, index), ONE);
      return polynomial.names(value).has(name!)
        ? []
        : [{ value, parts: [fact, index] as [Polynomial, Polynomial] }];
    });
  });
}

/** A name in every monomial of a polynomial with several. */
function commonName(value: Polynomial): string | null {
  if (value.size < 2) return null;
  const [first, ...rest] = [...value.keys()].map(key => key.split('*'));
  return first!.find(name => name !== '' && rest.every(names => names.includes(name))) ?? null;
}

/** The quotient by a name that is in every monomial. */
export function divided(value: Polynomial, name: string): Polynomial {
  return new Map(
    [...value].map(([key, coefficient]) => {
      const names = key.split('*');
      names.splice(names.indexOf(name), 1);
      return [names.join('*'), integer.from(coefficient)];
    }),
  );
}
