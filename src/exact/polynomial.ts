/**
 * Sparse multivariate polynomials in normal form: a map from monomial to non-zero integer coefficient.
 * Two polynomials are equal if and only if their maps are. The monomial key is either a name product
 * ("a*b*b", readable, for index arithmetic) or an id of a MonomialTable (fast, for values).
 */

import type { Integer } from './integer.js';
import * as integer from './integer.js';

export type Polynomial<K = string> = ReadonlyMap<K, Integer>;

/** Multiplies two monomial keys. */
export type Product<K> = (a: K, b: K) => K;

/** Product of two name monomials: "a*c" times "b" is "a*b*c"; the unit is "". */
export const nameProduct: Product<string> = (a, b) => {
  if (a === '') return b;
  if (b === '') return a;
  return [...a.split('*'), ...b.split('*')].sort().join('*');
};

export function constant(value: Integer): Polynomial {
  return value === 0 ? new Map() : new Map([['', value]]);
}

export function variable(name: string): Polynomial {
  return new Map([[name, 1]]);
}

/** target += coefficient * monomial, in place: for building one normal form. */
export function accumulate<K>(target: Map<K, Integer>, monomial: K, coefficient: Integer): void {
  const sum = integer.add(target.get(monomial) ?? 0, coefficient);
  if (sum === 0) target.delete(monomial);
  else target.set(monomial, sum);
}

export function add<K>(a: Polynomial<K>, b: Polynomial<K>): Polynomial<K> {
  const sum = new Map(a);
  for (const [monomial, coefficient] of b) accumulate(sum, monomial, coefficient);
  return sum;
}

export function scale<K>(a: Polynomial<K>, factor: Integer): Polynomial<K> {
  if (factor === 0) return new Map();
  return new Map([...a].map(([monomial, coefficient]) => [monomial, integer.multiply(coefficient, factor)]));
}

export function subtract<K>(a: Polynomial<K>, b: Polynomial<K>): Polynomial<K> {
  return add(a, scale(b, -1));
}

export function multiply<K>(a: Polynomial<K>, b: Polynomial<K>, product: Product<K>): Polynomial<K> {
  const result = new Map<K, Integer>();
  for (const [m, c] of a) {
    for (const [n, d] of b) accumulate(result, product(m, n), integer.multiply(c, d));
  }
  return result;
}

export function equal<K>(a: Polynomial<K>, b: Polynomial<K>): boolean {
  return a.size === b.size && [...a].every(([monomial, coefficient]) => b.get(monomial) === coefficient);
}

/** The names that occur in a polynomial over names. */
export function names(a: Polynomial): Set<string> {
  return new Set([...a.keys()].flatMap(monomial => (monomial === '' ? [] : monomial.split('*'))));
}

/** Puts a polynomial in the place of each given name. */
export function substitute(a: Polynomial, values: ReadonlyMap<string, Polynomial>): Polynomial {
  let result: Polynomial = new Map();
  for (const [monomial, coefficient] of a) {
    let term = constant(coefficient);
    for (const name of monomial === '' ? [] : monomial.split('*')) {
      term = multiply(term, values.get(name) ?? variable(name), nameProduct);
    }
    result = add(result, term);
  }
  return result;
}
