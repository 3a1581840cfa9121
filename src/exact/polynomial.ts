/**
 * Sparse multivariate polynomials in normal form: a map from monomial to non-zero integer coefficient.
 * Two polynomials are equal if and only if their maps are. The monomial key is either a name product
 * ("a*b*b", readable, for index arithmetic) or an id of a MonomialTable (fast, for values).
 */

import { BackproofError } from '../error.js';
import type { Integer } from './integer.js';
import * as integer from './integer.js';

export type Polynomial<K = string> = ReadonlyMap<K, Integer>;

/** Multiplies two monomial keys. */
export type Product<K> = (a: K, b: K) => K;

/** Product of two name monomials: "a*c" times "b" is "a*b*c"; the unit is "". */
export const nameProduct: Product<string> = (a, b) => {
  if (a === '') return b;
  if (b === '') return a;
  if (!a.includes('*') && !b.includes('*')) return a < b ? `${a}*${b}` : `${b}*${a}`;
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
  const found = new Set<string>();
  for (const monomial of a.keys()) {
    if (monomial === '') continue;
    if (!monomial.includes('*')) found.add(monomial);
    else for (const name of monomial.split('*')) found.add(name);
  }
  return found;
}

/** No index arithmetic comes near these: monomials of a product, characters of a monomial, coefficients. */
const [MONOMIALS, CHARACTERS, LARGEST] = [1000, 1000, 10n ** 1000n];

/** Product over names. @throws BackproofError `polynomial-too-large`. */
export function product(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size * b.size > MONOMIALS) throw tooLarge(`${a.size * b.size} monomials`);
  const result = multiply(a, b, nameProduct);
  for (const [monomial, coefficient] of result) {
    if (monomial.length > CHARACTERS) throw tooLarge(`degree ${monomial.split('*').length}`);
    if (coefficient > LARGEST || coefficient < -LARGEST) throw tooLarge('a coefficient of over 1000 digits');
  }
  return result;
}

function tooLarge(got: string): BackproofError {
  return new BackproofError({
    code: 'polynomial-too-large',
    where: 'polynomial',
    what: 'a product is too large',
    expected: `at most ${MONOMIALS} monomials of low degree with moderate coefficients`,
    got,
    fix: 'Use shorter polynomials.',
  });
}

/** The value of a polynomial that mentions no name; null for any other. */
export function asConstant(a: Polynomial): Integer | null {
  if (a.size === 0) return 0;
  return a.size === 1 ? (a.get('') ?? null) : null;
}

export function negate<K>(a: Polynomial<K>): Polynomial<K> {
  return scale(a, -1);
}

/** Puts a polynomial in the place of each given name, all at once. @throws BackproofError `polynomial-too-large`. */
export function substitute(a: Polynomial, values: ReadonlyMap<string, Polynomial>): Polynomial {
  let result: Polynomial = new Map();
  for (const [monomial, coefficient] of a) {
    let term = constant(coefficient);
    for (const name of monomial === '' ? [] : monomial.split('*')) {
      term = product(term, values.get(name) ?? variable(name));
    }
    result = add(result, term);
  }
  return result;
}

const MONOMIAL = /^(?:(\d+)(?:\*|$))?((?:[A-Za-z_][\w']*)(?:\*[A-Za-z_][\w']*)*)?$/;

/**
 * Reads the form that `text` writes: "2*s*p - a + 1", signed products without parentheses; null for other text.
 * @param digits longest coefficient accepted
 */
export function parse(text: string, digits = 40): Polynomial | null {
  const sum = new Map<string, Integer>();
  const signed = text.replaceAll(' ', '').replace(/^(?![+-])/, '+');
  for (const part of signed.match(/[+-][^+-]*/g) ?? []) {
    const match = part.length > 1 ? MONOMIAL.exec(part.slice(1)) : null;
    if (!match || (match[1]?.length ?? 0) > digits) return null;
    const coefficient = integer.from(part[0] + (match[1] ?? '1'));
    const names = (match[2] ?? '').split('*').sort().join('*');
    if (coefficient !== 0) accumulate(sum, names, coefficient);
  }
  return sum;
}

/** The one canonical text of a polynomial: equal polynomials have equal texts. */
export function text(a: Polynomial): string {
  if (a.size === 0) return '0';
  const parts = [...a].sort(([m], [n]) => order(m, n));
  return parts
    .map(([monomial, coefficient], k) => {
      const size = integer.absolute(coefficient);
      const body = monomial === '' ? String(size) : size === 1 ? monomial : `${size}*${monomial}`;
      return (coefficient < 0 ? '-' : k > 0 ? '+' : '') + body;
    })
    .join('');
}

/** Constants last, otherwise as dictionaries do. */
function order(m: string, n: string): number {
  if (m === '' || n === '') return n.length - m.length;
  return m < n ? -1 : m > n ? 1 : 0;
}
