/**
 * How far any float computation of a sum of products may be from its exact value: the usual a priori bound. A sum of
 * n terms, in whatever order, and a product of n factors are off by at most (n - 1) u / (1 - (n - 1) u) of their sizes.
 */
import { BackproofError } from '../../error.js';
import { type Rational, rational } from '../../exact/index.js';
import type { Algebra } from '../../index-sum/index.js';
import type { Float } from './values.js';

/** A value whose absolute terms add up to `size`, known up to `error`. */
export interface Bounded {
  readonly size: number;
  readonly error: number;
}

/** Half the distance from 1 to its neighbour, and half the smallest positive number. */
export const ROUNDING: Readonly<Record<Float, readonly [unit: number, underflow: number]>> = {
  float64: [2 ** -53, 2 ** -1074],
  float32: [2 ** -24, 2 ** -150],
};

/** The bounds are themselves computed in float64. */
const SLACK = 1 + 2 ** -30;

export function boundAlgebra(dtype: Float): Algebra<Bounded> {
  const [unit, underflow] = ROUNDING[dtype];
  const gamma = (roundings: number) => (roundings * unit) / (1 - roundings * unit);
  const sizeOf = (one: Bounded) => one.size;
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const product = (values: readonly number[]) => values.reduce((a, b) => a * b, 1);
  return {
    constant: value => boundOf(value, dtype),
    sum: terms => {
      const [size, error] = [total(terms.map(sizeOf)), total(terms.map(one => one.error))];
      const slip = (size + error) * gamma(Math.max(0, terms.length - 1));
      return { size, error: (error + slip) * SLACK };
    },
    product: factors => {
      const [size, reached] = [
        product(factors.map(sizeOf)),
        product(factors.map(one => one.size + one.error)),
      ];
      const roundings = Math.max(0, factors.length - 1);
      // What rounded factors add, less the cancellation of this difference itself, and one slip per multiplication.
      const inherited = factors.every(one => one.error === 0) ? 0 : reached - size + reached * unit;
      return { size, error: (inherited + reached * gamma(roundings) + roundings * underflow) * SLACK };
    },
    maximum: values => ({
      size: Math.max(...values.map(one => one.size)),
      error: Math.max(...values.map(one => one.error)),
    }),
    formula: () => {
      throw noBound();
    },
  };
}

/** An input: what a kernel is handed is off by one rounding where the element type does not hold the value. */
export function boundOf(value: Rational, dtype: Float): Bounded {
  const [unit, underflow] = ROUNDING[dtype];
  const number = rational.toNumber(value);
  const size = Math.abs(number);
  const held = rational.equal(rational.from(dtype === 'float32' ? Math.fround(number) : number), value);
  return { size: size * SLACK, error: held ? 0 : (size * unit + underflow) * SLACK };
}

/** The bound of a result that is then stored in the element type. */
export function storedBound({ size, error }: Bounded, dtype: Float): number {
  const [unit, underflow] = ROUNDING[dtype];
  return (error + (size + error) * unit + underflow) * SLACK;
}

function noBound(): BackproofError {
  return new BackproofError({
    code: 'no-rounding-bound',
    where: 'rounding bound',
    what: 'no bound is derived for pointwise functions',
    expected: 'sums, products and maxima',
    got: 'a pointwise function',
    fix: 'Compare exact cases only.',
  });
}
