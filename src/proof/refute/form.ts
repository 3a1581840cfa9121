/** Polynomials over numbered slots, for evaluating at many points. */
import { type Polynomial, polynomial } from '../../exact/index.js';

/** A coefficient times the values of its slots, each as often as its degree says. */
export interface Monomial {
  readonly coefficient: number;
  readonly slots: readonly number[];
}

export type Form = readonly Monomial[];

/** Units of work that may still be spent, about one per product evaluated; never time, so that results repeat. */
export interface Meter {
  left: number;
}

/** The largest magnitude that a product may reach: sums of some thousand of them are exact. */
const LARGEST = 2 ** 40;

/** Every name of the polynomial must be among the slots. */
export function formOf(value: Polynomial, slots: readonly string[]): Form {
  const places = new Map(slots.map((name, slot) => [name, slot]));
  return [...value].map(([monomial, coefficient]) => ({
    coefficient: Number(coefficient),
    slots: monomial === '' ? [] : monomial.split('*').map(name => places.get(name)!),
  }));
}

/** The product at these values; one too large to be exact ends the search that spends the meter. */
export function productAt({ coefficient, slots }: Monomial, values: readonly number[], meter: Meter): number {
  let product = coefficient;
  for (let k = 0; k < slots.length; k++) product *= values[slots[k]!]!;
  if (product > LARGEST || product < -LARGEST) meter.left = 0;
  return product;
}

export function formAt(form: Form, values: readonly number[], meter: Meter): number {
  let sum = 0;
  meter.left -= form.length;
  for (let k = 0; k < form.length; k++) sum += productAt(form[k]!, values, meter);
  return sum;
}

/** The forms that are at least 0 where `low <= value < high`. */
export function between(
  low: Polynomial,
  value: Polynomial,
  high: Polynomial,
  slots: readonly string[],
): Form[] {
  const below = polynomial.subtract(high, polynomial.add(value, polynomial.constant(1)));
  return [formOf(polynomial.subtract(value, low), slots), formOf(below, slots)];
}
