import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Integer, integer, type Polynomial, polynomial } from '../../src/exact/index.js';
import { nameProduct } from '../../src/exact/polynomial.js';
import { anInteger, aPolynomial } from './arbitrary.js';

const times = (a: Polynomial, b: Polynomial) => polynomial.multiply(a, b, nameProduct);

function valueAt(a: Polynomial, point: Readonly<Record<string, Integer>>): Integer {
  let value: Integer = 0;
  for (const [monomial, coefficient] of a) {
    const names = monomial === '' ? [] : monomial.split('*');
    value = integer.add(
      value,
      names.reduce((p, name) => integer.multiply(p, point[name]!), coefficient),
    );
  }
  return value;
}

describe('the ring laws', () => {
  test('commutative, associative, distributive, cancelling', () => {
    const property = fc.property(aPolynomial, aPolynomial, aPolynomial, (a, b, c) => {
      expect(polynomial.equal(polynomial.add(a, b), polynomial.add(b, a))).toBe(true);
      expect(polynomial.equal(times(a, b), times(b, a))).toBe(true);
      expect(polynomial.equal(times(times(a, b), c), times(a, times(b, c)))).toBe(true);
      const spread = polynomial.add(times(a, b), times(a, c));
      expect(polynomial.equal(times(a, polynomial.add(b, c)), spread)).toBe(true);
      expect(polynomial.equal(polynomial.subtract(polynomial.add(a, b), b), a)).toBe(true);
      expect(polynomial.subtract(a, a).size).toBe(0);
    });
    fc.assert(property, { seed: 31, numRuns: 500 });
  });

  test('evaluation at a point respects sums, products and scaling', () => {
    const aPoint = fc.record({ a: anInteger, b: anInteger, c: anInteger });
    const property = fc.property(aPolynomial, aPolynomial, anInteger, aPoint, (a, b, k, point) => {
      const [u, v] = [valueAt(a, point), valueAt(b, point)];
      expect(valueAt(polynomial.add(a, b), point)).toBe(integer.add(u, v));
      expect(valueAt(times(a, b), point)).toBe(integer.multiply(u, v));
      expect(valueAt(polynomial.scale(a, k), point)).toBe(integer.multiply(u, k));
    });
    fc.assert(property, { seed: 32, numRuns: 500 });
  });

  test('no zero coefficient is ever stored', () => {
    const property = fc.property(aPolynomial, aPolynomial, (a, b) => {
      for (const result of [polynomial.add(a, b), times(a, b), polynomial.scale(a, 0)]) {
        expect([...result.values()]).not.toContain(0);
      }
    });
    fc.assert(property, { seed: 33, numRuns: 300 });
    expect(polynomial.constant(0).size).toBe(0);
  });

  test('different polynomials are not equal', () => {
    const property = fc.property(aPolynomial, aPolynomial, (a, b) => {
      fc.pre(polynomial.subtract(a, b).size > 0);
      expect(polynomial.equal(a, b)).toBe(false);
    });
    fc.assert(property, { seed: 34, numRuns: 300 });
    expect(polynomial.equal(polynomial.variable('a'), polynomial.variable('b'))).toBe(false);
  });
});

test('substituting polynomials commutes with evaluation', () => {
  const aPoint = fc.record({ a: anInteger, b: anInteger, c: anInteger });
  const property = fc.property(aPolynomial, aPolynomial, aPoint, (a, inner, point) => {
    const replaced = polynomial.substitute(a, new Map([['a', inner]]));
    expect(valueAt(replaced, point)).toBe(valueAt(a, { ...point, a: valueAt(inner, point) }));
  });
  fc.assert(property, { seed: 35, numRuns: 300 });
});

test('the names of a polynomial', () => {
  expect(polynomial.names(new Map([['a*a*b', 1]]))).toEqual(new Set(['a', 'b']));
  expect(polynomial.names(polynomial.constant(3))).toEqual(new Set());
});
