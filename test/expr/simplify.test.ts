import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import type { Expr } from '../../src/expr/index.js';
import {
  call,
  constant,
  evaluate,
  exact,
  float64,
  postOrder,
  power,
  print,
  product,
  quotient,
  simplify,
  simplifyAll,
  sum,
  variable,
} from '../../src/expr/index.js';
import {
  deepChain,
  deepQuotient,
  deepSum,
  doubledProduct,
  doubledSum,
  PATIENCE,
  SIZE,
  wideSum,
} from './large.js';
import { anExpr, aPoint, atFloats, isClose } from './random-expr.js';

const [a, b, c] = [variable('a'), variable('b'), variable('c')];
const half = constant(rational.of(1, 2));
const minus = (node: Expr) => product([constant(-1), node]);

describe('what it does', () => {
  test.each<[Expr, string]>([
    [sum([a, sum([b, sum([c])])]), 'a + b + c'],
    [product([product([a, b]), product([c])]), 'a*b*c'],
    [sum([constant(1), a, constant(2)]), '3 + a'],
    [sum([a, constant(1), half]), 'a + 3/2'],
    [sum([a, constant(1), sum([constant(-1)])]), 'a'],
    [sum([sum([constant(2), a]), b]), '2 + a + b'],
    [product([a, constant(2), constant(3)]), '6*a'],
    [product([constant(1), a]), 'a'],
    [product([a, b, constant(0)]), '0'],
    [sum([product([constant(0), a]), b]), 'b'],
    [minus(minus(a)), 'a'],
    [minus(product([constant(-2), sum([a, b])])), '2*(a + b)'],
    [product([b, sum([constant(0), product([a, c])])]), 'b*a*c'],
    [sum([a, product([constant(1), sum([b, c])])]), 'a + b + c'],
    [product([a, sum([b, minus(b)])]), 'a*(b - b)'],
    [power(a, 1), 'a'],
    [power(sum([a, b]), 0), '1'],
    [power(half, -2), '4'],
    [product([power(constant(2), 3), power(a, 2)]), '8*a^2'],
    [quotient(a, product([])), 'a'],
    [quotient(constant(0), a), '0'],
    [quotient(constant(3), constant(-6)), '-1/2'],
    [quotient(a, sum([constant(1), constant(1)])), 'a/2'],
    [call('exp', [sum([a, constant(0)])]), 'exp(a)'],
    [call('select', [constant(0), a, b]), 'a'],
    [call('select', [constant(-1), a, b]), 'b'],
    [call('max', [half, constant(0)]), '1/2'],
    [sum([]), '0'],
    [product([]), '1'],
  ])('%#: %s', (expr, text) => {
    expect(print(simplify(expr))).toBe(text);
  });

  test('what has no value keeps having none', () => {
    const nowhere = [power(constant(0), -1), quotient(constant(0), constant(0)), quotient(a, sum([]))];
    expect(simplifyAll(nowhere).map(expr => print(expr))).toEqual(['0^(-1)', '0/0', 'a/0']);
  });

  test('the expression that it is given stays as it is', () => {
    const expr = sum([a, sum([b, constant(0)])]);
    const before = JSON.stringify(expr);
    simplify(expr);
    expect(JSON.stringify(expr)).toBe(before);
  });
});

describe('the value', () => {
  test('is preserved, exactly', () => {
    const property = fc.property(anExpr('piecewise', 12), aPoint, (expr, point) => {
      expect(evaluate(simplify(expr), exact, point)).toEqual(evaluate(expr, exact, point));
    });
    fc.assert(property, { seed: 81, numRuns: 1000 });
  });

  test('is preserved for all functions, up to rounding', () => {
    const property = fc.property(anExpr('all'), aPoint, (expr, point) => {
      const at = atFloats(point);
      expect(isClose(evaluate(simplify(expr), float64, at), evaluate(expr, float64, at))).toBe(true);
    });
    fc.assert(property, { seed: 82, numRuns: 300 });
  });

  test('the expression does not grow, in nodes', () => {
    const property = fc.property(anExpr('all', 15), expr => {
      const [before, after] = [postOrder([expr]).length, postOrder([simplify(expr)]).length];
      // A shared constant may become one for each place.
      expect(after).toBeLessThanOrEqual(2 * before);
    });
    fc.assert(property, { seed: 83, numRuns: 300 });
  });
});

describe('sharing', () => {
  test('what occurs twice is still one object', () => {
    const shared = sum([a, product([b, c]), constant(0)]);
    const [first, second] = simplifyAll([product([shared, a]), product([shared, b])]);
    const sums = postOrder([first!, second!]).filter(node => node.kind === 'sum');
    expect(sums).toHaveLength(1);
  });

  test('a graph with 2^60 paths stays one', () => {
    expect(postOrder([simplify(doubledSum())])).toHaveLength(61);
    expect(postOrder([simplify(doubledProduct())])).toHaveLength(61);
    let shared: Expr = a;
    for (let i = 0; i < 60; i++) shared = sum([shared, minus(shared), constant(0)]);
    expect(postOrder([simplify(shared)]).length).toBeLessThan(200);
    let double: Expr = constant(3);
    for (let i = 0; i < 60; i++) double = product([double, double]);
    expect(postOrder([simplify(double)]).length).toBeLessThan(200);
  });
});

describe('large expressions', () => {
  test('deep sums become flat in linear time', PATIENCE, () => {
    const flat = simplify(deepSum());
    expect(flat.kind === 'sum' && flat.terms.length).toBe(SIZE);
    expect(flat.kind === 'sum' && flat.terms[0]).toEqual(variable('x', [SIZE - 1]));
    let left: Expr = a;
    for (let i = 0; i < SIZE; i++) left = product([left, variable('x', [i])]);
    const factors = simplify(left);
    expect(factors.kind === 'product' && factors.factors.length).toBe(SIZE + 1);
    expect(simplify(deepQuotient())).toEqual(variable('x'));
  });

  test('wide sums and deep chains', PATIENCE, () => {
    const wide = simplify(wideSum());
    expect(wide.kind === 'sum' && wide.terms.length).toBe(SIZE);
    const chain = simplify(deepChain());
    expect(evaluate(chain, float64, () => 5)).toBe(5);
    let negated: Expr = a;
    for (let i = 0; i < SIZE; i++) negated = minus(negated);
    expect(simplify(negated)).toBe(a);
  });
});
