/** Random exact numbers, with the borders of the representation among them. */
import fc from 'fast-check';
import type { Integer, Polynomial, Rational } from '../../src/exact/index.js';
import { integer, polynomial, rational } from '../../src/exact/index.js';

const border = 2n ** 53n;

/** Small ones, those around the safe-integer border, and huge ones, of both signs. */
export const anInteger: fc.Arbitrary<Integer> = fc
  .oneof(
    fc.bigInt({ min: -12n, max: 12n }),
    fc.bigInt({ min: border - 3n, max: border + 3n }),
    fc.bigInt({ min: -border - 3n, max: 3n - border }),
    fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  )
  .map(integer.from);

export const aRational: fc.Arbitrary<Rational> = fc
  .tuple(
    anInteger,
    anInteger.filter(n => n !== 0),
  )
  .map(([numerator, denominator]) => rational.of(numerator, denominator));

const aName = fc.constantFrom('', 'a', 'b', 'a*a', 'a*b', 'b*c', 'a*b*c');

export const aPolynomial: fc.Arbitrary<Polynomial> = fc
  .array(fc.tuple(aName, anInteger), { maxLength: 5 })
  .map(terms => {
    const sum = new Map<string, Integer>();
    for (const [monomial, coefficient] of terms) polynomial.accumulate(sum, monomial, coefficient);
    return sum;
  });
