/** Polynomials at given parameter values, as affine forms over numbered index slots. */
import { BackproofError } from '../error.js';
import { integer, type Polynomial } from '../exact/index.js';

/** constant + sum of coefficients[slot] * value[slot]. */
export interface Affine {
  readonly constant: number;
  readonly coefficients: readonly number[];
  /** The last slot with a non-zero coefficient, or -1. */
  readonly deepest: number;
}

export type Values = Readonly<Record<string, number>>;

/**
 * The affine form of a polynomial once the parameters have values.
 * @throws BackproofError `unbound-name`, `not-affine`, `not-an-integer`.
 */
export function affine(value: Polynomial, slots: readonly string[], parameters: Values): Affine {
  const coefficients = new Array<number>(slots.length).fill(0);
  let constant = 0;
  for (const [monomial, coefficient] of value) {
    let factor = Number(coefficient);
    let slot = -1;
    for (const name of monomial === '' ? [] : monomial.split('*')) {
      const found = slots.indexOf(name);
      if (found >= 0 && slot >= 0) throw notAffine(monomial);
      if (found >= 0) slot = found;
      else factor *= parameterValue(name, parameters);
    }
    if (slot < 0) constant += factor;
    else coefficients[slot]! += factor;
  }
  // Beyond 2^53 positions would be wrong silently.
  for (const part of [constant, ...coefficients]) integer.from(part);
  return { constant, coefficients, deepest: coefficients.findLastIndex(c => c !== 0) };
}

/** The value of a polynomial of parameters alone. */
export function parameterPolynomial(value: Polynomial, parameters: Values): number {
  return affine(value, [], parameters).constant;
}

function parameterValue(name: string, parameters: Values): number {
  const value = parameters[name];
  if (value !== undefined) return value;
  throw new BackproofError({
    code: 'unbound-name',
    where: 'definition',
    what: `${name} has no value`,
    expected: `one of ${Object.keys(parameters).join(', ')}`,
    got: name,
    fix: 'Bind it in the shape rule or correct the name.',
  });
}

function notAffine(monomial: string): BackproofError {
  return new BackproofError({
    code: 'not-affine',
    where: 'definition',
    what: `${monomial} multiplies two indices`,
    expected: 'indices multiplied by parameters only',
    got: monomial,
    fix: 'Rewrite the index with one index per product.',
  });
}
