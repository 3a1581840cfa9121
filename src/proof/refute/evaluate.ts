/**
 * The value of a side at given parameters and free indices: exactly, as a polynomial over the cells, or as its
 * fingerprint, the value at pseudo-random cells modulo a prime. Equal polynomials have equal fingerprints.
 * Reciprocals of counts have their values, as fractions and modulo the prime.
 */
import { BackproofError } from '../../error.js';
import {
  type Integer,
  integer,
  type Polynomial,
  polynomial,
  type Rational,
  rational,
} from '../../exact/index.js';
import type { Range, Term } from '../../index-sum/term.js';
import { type Form, formAt, type Meter } from './form.js';
import { type Loop, mixed, type Part, PRIME, planSide, type SidePlan } from './plan.js';
import { walk } from './walk.js';

/** @param values of the outer slots */
export function exactValue(side: SidePlan, values: readonly number[], meter: Meter): Map<string, Rational> {
  const total = new Map<string, Rational>();
  for (const { coefficient, divisors, parts } of side) {
    const product = polynomial.scale(exactProduct(parts, values, meter), coefficient);
    const divisor = divisors.map(form => formAt(form, values, meter)).reduce(integer.multiply, 1);
    for (const [cells, count] of product) {
      const next = rational.add(total.get(cells) ?? rational.ZERO, rational.of(count, divisor));
      if (next.numerator === 0) total.delete(cells);
      else total.set(cells, next);
    }
  }
  return total;
}

function exactProduct(parts: readonly Part[], values: readonly number[], meter: Meter): Polynomial {
  let product: Polynomial = polynomial.constant(1);
  for (const part of parts) {
    if (product.size === 0) break;
    product = polynomial.multiply(product, exactPart(part, values, meter), polynomial.nameProduct);
  }
  return product;
}

function exactPart(part: Part, values: readonly number[], meter: Meter): Polynomial {
  if ('parts' in part) {
    let sum: Polynomial = new Map();
    for (const inner of inside(part, values, meter))
      sum = polynomial.add(sum, exactProduct(part.parts, inner, meter));
    return sum;
  }
  const sum = new Map<string, Integer>();
  const slots = [...values];
  walk(part.plan, slots, meter, () => {
    const cells = part.atoms.map(({ tensor, index }) =>
      index.length === 0 ? tensor : `${tensor}[${index.map(form => formAt(form, slots, meter))}]`,
    );
    polynomial.accumulate(sum, cells.sort().join('*'), 1);
  });
  return sum;
}

/** The values with each value of the loop's index behind them. */
function* inside({ extent }: Loop, values: readonly number[], meter: Meter): Generator<number[]> {
  const count = formAt(extent, values, meter);
  for (let k = 0; k < count && meter.left > 0; k++) {
    meter.left--;
    yield [...values, k];
  }
}

/** @param values of the outer slots */
export function fingerprint(side: SidePlan, values: readonly number[], meter: Meter): number {
  let sum = 0;
  for (const { residue, divisors, parts } of side) {
    let product = residue;
    for (const form of divisors) product = (product * inverse(form, values, meter)) % PRIME;
    sum = (sum + product * residueOf(parts, values, meter)) % PRIME;
  }
  return sum;
}

function residueOf(parts: readonly Part[], values: readonly number[], meter: Meter): number {
  let product = 1;
  for (const part of parts) {
    if (product === 0) break;
    product = (product * residueOfPart(part, values, meter)) % PRIME;
  }
  return product;
}

function residueOfPart(part: Part, values: readonly number[], meter: Meter): number {
  let sum = 0;
  if ('parts' in part) {
    for (const inner of inside(part, values, meter))
      sum = (sum + residueOf(part.parts, inner, meter)) % PRIME;
    return sum;
  }
  const slots = [...values];
  walk(part.plan, slots, meter, () => {
    let product = 1;
    for (const { salt, index } of part.atoms) {
      let hash = salt;
      for (let k = 0; k < index.length; k++) hash = mixed(hash, formAt(index[k]!, slots, meter));
      product = (product * (1 + (hash % (PRIME - 1)))) % PRIME;
    }
    sum = (sum + product) % PRIME;
  });
  return sum;
}

/** The inverse modulo the prime; a multiple of the prime has none, and ends the search that spends the meter. */
function inverse(form: Form, values: readonly number[], meter: Meter): number {
  let [base, power] = [formAt(form, values, meter) % PRIME, 1];
  if (base === 0) meter.left = 0;
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) power = (power * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return power;
}

/**
 * A side at integer values: from the sorted product of its cells ("w[0,1]*yBar[2]") to its coefficient.
 * @param terms as `sidesOf` gives them: without definitions
 * @throws BackproofError `values-too-large`.
 */
export function evaluateSide(
  terms: readonly Term[],
  free: readonly Range[],
  parameters: Readonly<Record<string, number>>,
  index: readonly number[],
): Map<string, Integer> {
  const outer = [...Object.keys(parameters), ...free.map(({ name }) => name)];
  const unlimited = { left: Number.POSITIVE_INFINITY };
  const value = exactValue(planSide(terms, outer), [...Object.values(parameters), ...index], unlimited);
  if (unlimited.left > 0)
    return new Map([...value].map(([cells, { numerator }]) => [cells, numerator] as const));
  throw new BackproofError({
    code: 'values-too-large',
    where: 'evaluation of a statement',
    what: 'an index or extent is too large',
    expected: 'products below 2^40',
    got: JSON.stringify({ ...parameters, index }).slice(0, 200),
    fix: 'Use smaller sizes.',
  });
}
