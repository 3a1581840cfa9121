import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, MonomialTable, type Polynomial, type Rational, rational } from '../../src/exact/index.js';
import type { Expr, Fraction, Variable, VariableId } from '../../src/expr/index.js';
import {
  call,
  constant,
  equalFractions,
  evaluate,
  exact,
  power,
  product,
  quotient,
  sum,
  toFraction,
  toFractions,
  variable,
  variableKey,
} from '../../src/expr/index.js';
import { codeOf } from '../exact/thrown.js';
import {
  deepChain,
  deepQuotient,
  deepSum,
  doubledProduct,
  doubledSum,
  PATIENCE,
  SIZE,
  wideProduct,
  wideSum,
} from './large.js';
import { anExpr, aPoint, cells } from './random-expr.js';

const keys = cells.map(({ tensor, index }) => variableKey(tensor, index));
const cellId = (tensor: string, index: readonly number[]) => keys.indexOf(variableKey(tensor, index));
const firstIndex = (tensor: string, index: readonly number[]) => 2 * (index[0] ?? 0) + +(tensor === 'y');
const [a, b] = [variable('a'), variable('b')];
const nameId = (tensor: string) => 'abcxy'.indexOf(tensor);
const minus = (node: Expr) => product([constant(-1), node]);

function areEqual(left: Expr, right: Expr, id: VariableId = nameId): boolean {
  const table = new MonomialTable();
  const [u, v] = toFractions([left, right], table, id);
  return equalFractions(u!, v!, table);
}

function polynomialAt(
  polynomial: Polynomial<number>,
  table: MonomialTable,
  point: (cell: Variable) => Rational,
) {
  let value: Rational = rational.ZERO;
  for (const [monomial, coefficient] of polynomial) {
    const factors = table.factors(monomial).map(id => point(cells[id]!));
    value = rational.add(value, factors.reduce(rational.multiply, rational.of(coefficient)));
  }
  return value;
}

function fractionAt(fraction: Fraction, table: MonomialTable, point: (cell: Variable) => Rational): Rational {
  const { numerator, denominator } = fraction;
  return rational.divide(polynomialAt(numerator, table, point), polynomialAt(denominator, table, point));
}

describe('the normal form', () => {
  test('has the value of the expression at every point', () => {
    const property = fc.property(anExpr('rational', 6), aPoint, (expr, point) => {
      const table = new MonomialTable();
      const value = fractionAt(toFraction(expr, table, cellId), table, point);
      expect(value).toEqual(evaluate(expr, exact, point));
    });
    fc.assert(property, { seed: 91, numRuns: 300 });
  });

  test('equality agrees with evaluation at random points', () => {
    const property = fc.property(
      anExpr('rational', 3),
      anExpr('rational', 3),
      fc.array(aPoint, { minLength: 8, maxLength: 8 }),
      (left, right, points) => {
        const same = points.every(point =>
          rational.equal(evaluate(left, exact, point), evaluate(right, exact, point)),
        );
        const table = new MonomialTable();
        const [u, v] = toFractions([left, right], table, cellId);
        expect(equalFractions(u!, v!, table)).toBe(same);
      },
    );
    fc.assert(property, { seed: 92, numRuns: 300 });
  });

  test('an expression equals itself written differently, and not itself plus a little', () => {
    const property = fc.property(anExpr('rational', 4), anExpr('rational', 2), (expr, other) => {
      const rewritten = sum([minus(other), product([expr, power(other, 0)]), other]);
      expect(areEqual(expr, rewritten, cellId)).toBe(true);
      const wrong = sum([rewritten, constant(rational.of(1, 10n ** 30n))]);
      expect(areEqual(expr, wrong, cellId)).toBe(false);
    });
    fc.assert(property, { seed: 93, numRuns: 200 });
  });

  test('numerical denominators go to the denominator, least common multiple and all', () => {
    const table = new MonomialTable();
    const [third, fourth] = [constant(rational.of(1, 3)), constant(rational.of(-1, 4))];
    const { numerator, denominator } = toFraction(sum([third, product([fourth, a])]), table, nameId);
    expect(denominator).toEqual(new Map([[0, 12]]));
    expect(numerator).toEqual(
      new Map([
        [0, 4],
        [table.variable(0), -3],
      ]),
    );
    const sixths = toFraction(sum([third, constant(rational.of(1, 6))]), table, nameId);
    expect(sixths.denominator).toEqual(new Map([[0, 6]]));
  });

  test('equal denominators are not multiplied', () => {
    const table = new MonomialTable();
    const over = (node: Expr) => quotient(node, sum([a, b]));
    const { denominator } = toFraction(sum([over(a), over(b), over(constant(1))]), table, nameId);
    expect(denominator.size).toBe(2);
  });

  test('identities', () => {
    const square = power(sum([a, b]), 2);
    const expanded = sum([power(a, 2), product([constant(2), b, a]), product([b, b])]);
    expect(areEqual(square, expanded)).toBe(true);
    expect(areEqual(quotient(a, b), quotient(product([a, a]), product([b, a])))).toBe(true);
    expect(areEqual(power(quotient(a, b), -2), quotient(power(b, 2), power(a, 2)))).toBe(true);
    expect(
      areEqual(quotient(constant(1), sum([a, minus(b)])), quotient(constant(-1), sum([b, minus(a)]))),
    ).toBe(true);
    expect(areEqual(quotient(a, b), quotient(b, a))).toBe(false);
    expect(areEqual(sum([a, minus(a)]), constant(0))).toBe(true);
    expect(areEqual(a, b)).toBe(false);
  });

  test('a shared part is not changed by the sums that read it', () => {
    const shared = sum([a, b]);
    const [first, second] = [sum([shared, a]), sum([product([shared]), shared, b])];
    const table = new MonomialTable();
    const [u, v, w] = toFractions([first, second, shared], table, nameId);
    const [x, y] = [table.variable(0), table.variable(1)];
    expect(u!.numerator).toEqual(
      new Map([
        [x, 2],
        [y, 1],
      ]),
    );
    expect(v!.numerator).toEqual(
      new Map([
        [x, 2],
        [y, 3],
      ]),
    );
    expect(w!.numerator).toEqual(
      new Map([
        [x, 1],
        [y, 1],
      ]),
    );
  });
});

describe('errors', () => {
  const form = (expr: Expr) => codeOf(() => toFraction(expr, new MonomialTable(), nameId));

  test('calls are not polynomial', () => {
    expect(form(call('exp', [a]))).toBe('not-polynomial');
    expect(form(sum([b, call('max', [a, b])]))).toBe('not-polynomial');
  });

  test('a divisor that is identically zero', () => {
    expect(form(quotient(a, sum([b, minus(b)])))).toBe('division-by-zero');
    expect(form(power(sum([b, minus(b)]), -1))).toBe('division-by-zero');
  });

  test('what would explode is refused', PATIENCE, () => {
    expect(form(doubledProduct())).toBe('expression-too-large');
    expect(form(power(a, 1025))).toBe('expression-too-large');
    let constants: Expr = constant(2);
    for (let i = 0; i < 60; i++) constants = product([constants, constants]);
    expect(form(constants)).toBe('expression-too-large');
    expect(codeOf(() => toFraction(wideProduct(), new MonomialTable(), firstIndex))).toBe(
      'expression-too-large',
    );
    const poles = Array.from({ length: SIZE }, (_, i) => quotient(a, variable('x', [i])));
    const id = (_: string, index: readonly number[]) => index[0] ?? SIZE;
    expect(codeOf(() => toFraction(sum(poles), new MonomialTable(), id))).toBe('expression-too-large');
  });

  test('the largest power is allowed', () => {
    expect(areEqual(power(a, 1024), product([power(a, 1000), power(a, 24)]))).toBe(true);
  });
});

describe('large expressions', () => {
  test('wide, deep and shared', PATIENCE, () => {
    const table = new MonomialTable();
    expect(toFraction(wideSum(), table, firstIndex).numerator.size).toBe(SIZE);
    expect(toFraction(deepSum(), table, firstIndex).numerator.size).toBe(SIZE);
    const x = table.variable(0);
    const zero = () => 0;
    expect(toFraction(deepChain(), table, zero).numerator).toEqual(new Map([[x, 1]]));
    expect(toFraction(deepQuotient(), table, zero).numerator).toEqual(new Map([[x, 1]]));
    expect(toFraction(doubledSum(), table, zero).numerator).toEqual(new Map([[x, integer.from(2n ** 60n)]]));
  });
});
