/**
 * The value of a side at given parameters and free indices: exactly, as a polynomial over the cells, or as its
 * fingerprint, the value at pseudo-random cells modulo a prime. Equal polynomials have equal fingerprints.
 * Reciprocals of counts have their values, as fractions and modulo the prime.
 */
import { BackproofError } from '../../error.js';
import { type Integer, integer, polynomial, type Rational, rational } from '../../exact/index.js';
import type { Range, Term } from '../../index-sum/term.js';
import type { Statement } from '../trusted/statement.js';
import { type Form, formAt, formOf, type Meter } from './form.js';
import { type Plan, planWalk, walk } from './walk.js';

interface TermPlan {
  readonly plan: Plan;
  readonly coefficient: Integer;
  readonly residue: number;
  /** What the term is divided by: once for each reciprocal in it. */
  readonly divisors: readonly Form[];
  readonly atoms: readonly {
    readonly tensor: string;
    readonly salt: number;
    readonly index: readonly Form[];
  }[];
}

export type SidePlan = readonly TermPlan[];

/** The largest prime below 2^26: products of residues stay exact. */
const PRIME = 67108859;

/** @param outer names of the parameters and free indices, in the order of their values */
export function planSide(
  terms: readonly Term[],
  outer: readonly string[],
  units: Statement['units'] = new Map(),
): SidePlan {
  return terms.map(term => {
    const plan = planWalk(term, outer);
    const residue = Number(((BigInt(term.coefficient) % BigInt(PRIME)) + BigInt(PRIME)) % BigInt(PRIME));
    const divisors = term.atoms.flatMap(({ tensor }) => units.get(tensor) ?? []);
    const cells = term.atoms.filter(({ tensor }) => !units.has(tensor));
    const atoms = cells.map(({ tensor, index }) => ({
      tensor,
      salt: [...tensor].reduce((hash, sign) => mixed(hash, sign.charCodeAt(0)), tensor.length),
      index: index.map(part => formOf(part, plan.slots)),
    }));
    const forms = divisors.map(value => formOf(value, outer));
    return { plan, coefficient: term.coefficient, residue, divisors: forms, atoms };
  });
}

/** @param values of the outer slots */
export function exactValue(side: SidePlan, values: readonly number[], meter: Meter): Map<string, Rational> {
  const total = new Map<string, Rational>();
  for (const { plan, coefficient, divisors, atoms } of side) {
    const slots = [...values];
    const sum = new Map<string, Integer>();
    walk(plan, slots, meter, () => {
      const cells = atoms.map(({ tensor, index }) =>
        index.length === 0 ? tensor : `${tensor}[${index.map(form => formAt(form, slots, meter))}]`,
      );
      polynomial.accumulate(sum, cells.sort().join('*'), coefficient);
    });
    const divisor = divisors.map(form => formAt(form, values, meter)).reduce(integer.multiply, 1);
    for (const [cells, count] of sum) {
      const next = rational.add(total.get(cells) ?? rational.ZERO, rational.of(count, divisor));
      if (next.numerator === 0) total.delete(cells);
      else total.set(cells, next);
    }
  }
  return total;
}

/** @param values of the outer slots */
export function fingerprint(side: SidePlan, values: readonly number[], meter: Meter): number {
  let sum = 0;
  for (const { plan, residue, divisors, atoms } of side) {
    const slots = [...values];
    const start = divisors.reduce((all, form) => (all * inverse(form, values, meter)) % PRIME, residue);
    walk(plan, slots, meter, () => {
      let product = start;
      for (const { salt, index } of atoms) {
        let hash = salt;
        for (let k = 0; k < index.length; k++) hash = mixed(hash, formAt(index[k]!, slots, meter));
        product = (product * (1 + (hash % (PRIME - 1)))) % PRIME;
      }
      sum = (sum + product) % PRIME;
    });
  }
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

/** A step of the hash of Murmur3, as a natural below 2^32. */
function mixed(hash: number, value: number): number {
  let mix = Math.imul(hash ^ Math.imul(value | 0, 0xcc9e2d51), 0x85ebca6b) + 0x9e3779b9;
  mix = Math.imul(mix ^ (mix >>> 15), 0xc2b2ae35);
  return (mix ^ (mix >>> 13)) >>> 0;
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
