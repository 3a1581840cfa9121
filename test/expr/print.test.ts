import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import type { Expr } from '../../src/expr/index.js';
import { call, constant, power, print, product, quotient, sum, variable } from '../../src/expr/index.js';
import { codeOf, faultOf } from '../exact/thrown.js';
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

const [a, b, c] = [variable('a'), variable('b'), variable('c')];
const number = (p: number, q = 1) => constant(rational.of(p, q));
const minus = (node: Expr) => product([constant(-1), node]);

describe('signs and parentheses', () => {
  test.each<[Expr, string, string]>([
    [sum([a, minus(b)]), 'a - b', 'a - b'],
    [sum([minus(a), b]), '-a + b', '-a + b'],
    [sum([a, number(-2)]), 'a - 2', 'a - 2'],
    [product([number(-2), a]), '-2*a', '-2 a'],
    [sum([a, product([number(-2), b])]), 'a - 2*b', 'a - 2 b'],
    [sum([a, sum([minus(b), c])]), 'a - b + c', 'a - b + c'],
    [minus(sum([minus(a), b])), '-(-a + b)', '-\\left(-a + b\\right)'],
    [minus(minus(a)), '-(-a)', '-\\left(-a\\right)'],
    [product([number(-1), number(-1), a]), '-(-1)*a', '-\\left(-1\\right) a'],
    [product([a, minus(b)]), 'a*(-b)', 'a \\left(-b\\right)'],
    [product([sum([a, b]), c]), '(a + b)*c', '\\left(a + b\\right) c'],
    [product([a, product([b, c])]), 'a*b*c', 'a b c'],
    [product([number(1), a]), '1*a', '1 a'],
    [product([a, number(2)]), 'a*2', 'a \\cdot 2'],
    [product([number(2), power(number(3), 2)]), '2*3^2', '2 \\cdot 3^{2}'],
    [minus(power(a, 2)), '-a^2', '-a^{2}'],
    [power(minus(a), 2), '(-a)^2', '\\left(-a\\right)^{2}'],
    [power(number(-2), 3), '(-2)^3', '\\left(-2\\right)^{3}'],
    [power(power(a, 2), 3), '(a^2)^3', '\\left(a^{2}\\right)^{3}'],
    [power(a, -1), 'a^(-1)', 'a^{-1}'],
    [power(product([a, b]), 2), '(a*b)^2', '\\left(a b\\right)^{2}'],
    [quotient(a, quotient(b, c)), 'a/(b/c)', '\\frac{a}{\\frac{b}{c}}'],
    [quotient(quotient(a, b), c), 'a/b/c', '\\frac{\\frac{a}{b}}{c}'],
    [quotient(product([a, b]), product([b, c])), 'a*b/(b*c)', '\\frac{a b}{b c}'],
    [quotient(sum([minus(a), b]), c), '(-a + b)/c', '\\frac{-a + b}{c}'],
    [quotient(minus(a), b), '-a/b', '-\\frac{a}{b}'],
    [quotient(a, minus(b)), 'a/(-b)', '\\frac{a}{-b}'],
    [quotient(a, power(b, 2)), 'a/b^2', '\\frac{a}{b^{2}}'],
    [product([quotient(a, b), c]), 'a/b*c', '\\frac{a}{b} c'],
    [product([c, quotient(a, b)]), 'c*(a/b)', 'c \\cdot \\frac{a}{b}'],
    [power(quotient(a, b), 2), '(a/b)^2', '\\left(\\frac{a}{b}\\right)^{2}'],
    [number(-3, 4), '-3/4', '-\\frac{3}{4}'],
    [product([number(3, 4), a]), '3/4*a', '\\frac{3}{4} a'],
    [sum([a, product([number(-3, 4), b])]), 'a - 3/4*b', 'a - \\frac{3}{4} b'],
    [quotient(a, number(3, 4)), 'a/(3/4)', '\\frac{a}{\\frac{3}{4}}'],
    [power(number(3, 4), 2), '(3/4)^2', '\\left(\\frac{3}{4}\\right)^{2}'],
    [sum([]), '0', '0'],
    [product([]), '1', '1'],
    [sum([a]), 'a', 'a'],
    [product([sum([a, b])]), 'a + b', 'a + b'],
    [power(sum([]), 2), '0^2', '0^{2}'],
    [call('exp', [sum([a, minus(b)])]), 'exp(a - b)', '\\exp\\left(a - b\\right)'],
    [power(call('sqrt', [minus(a)]), 2), 'sqrt(-a)^2', '\\sqrt{-a}^{2}'],
    [call('max', [minus(a), b]), 'max(-a, b)', '\\max\\left(-a, b\\right)'],
  ])('%#: %s', (expr, plain, latex) => {
    expect(print(expr)).toBe(plain);
    expect(print(expr, { syntax: 'latex' })).toBe(latex);
    expect(print(expr, { syntax: 'mathjs' })).toBe(plain);
  });
});

describe('functions that mathjs does not know', () => {
  test('sigmoid', () => {
    const s = call('sigmoid', [sum([a, minus(b)])]);
    expect(print(s)).toBe('sigmoid(a - b)');
    expect(print(s, { syntax: 'latex' })).toBe('\\sigma\\left(a - b\\right)');
    expect(print(s, { syntax: 'mathjs' })).toBe('(1 / (1 + exp(-(a - b))))');
  });

  test('the normal distribution', () => {
    const [cdf, pdf] = [call('normcdf', [minus(a)]), call('normpdf', [sum([a, b])])];
    expect(print(product([cdf, pdf]))).toBe('normcdf(-a)*normpdf(a + b)');
    expect(print(cdf, { syntax: 'latex' })).toBe('\\Phi\\left(-a\\right)');
    expect(print(pdf, { syntax: 'latex' })).toBe('\\varphi\\left(a + b\\right)');
    expect(print(cdf, { syntax: 'mathjs' })).toBe('((1 + erf((-a) / sqrt(2))) / 2)');
    expect(print(pdf, { syntax: 'mathjs' })).toBe('(0.3989422804014327 * exp(-(a + b)^2 / 2))');
  });

  test('select', () => {
    const s = product([number(2), call('select', [a, b, minus(c)])]);
    expect(print(s)).toBe('2*select(a, b, -c)');
    expect(print(s, { syntax: 'mathjs' })).toBe('2*(a >= 0 ? b : -c)');
    expect(print(s, { syntax: 'latex' })).toBe(
      '2 \\left(\\begin{cases} b & a \\ge 0 \\\\ -c & \\text{otherwise} \\end{cases}\\right)',
    );
  });
});

describe('variables', () => {
  const cell = variable('X', [1, 2]);

  test('as each syntax writes them', () => {
    expect(print(cell)).toBe('X[1,2]');
    expect(print(cell, { syntax: 'latex' })).toBe('X_{1,2}');
    expect(print(cell, { syntax: 'mathjs' })).toBe('X_1_2');
    expect(print(variable('y_bar', [0]), { syntax: 'latex' })).toBe('\\mathrm{y\\_bar}_{0}');
    expect(print(variable('y'), { syntax: 'mathjs' })).toBe('y');
  });

  test('as the caller names them', () => {
    const variableName = (tensor: string, index: readonly number[]) =>
      tensor + index.map(i => i + 1).join('');
    expect(print(product([cell, variable('F')]), { variable: variableName })).toBe('X23*F');
  });
});

describe('large expressions', () => {
  test('wide and deep ones are printed', PATIENCE, () => {
    const wide = print(wideSum());
    expect(wide.startsWith('x[0]*y[0] + x[1]*y[1] + ')).toBe(true);
    expect(wide.endsWith(` + x[${SIZE - 1}]*y[${SIZE - 1}]`)).toBe(true);
    expect(print(deepChain())).toBe(`${'x - ('.repeat(SIZE - 1)}x - x${')'.repeat(SIZE - 1)}`);
    expect(print(deepSum()).startsWith(`x[${SIZE - 1}] + x[${SIZE - 2}] + `)).toBe(true);
    expect(print(deepQuotient())).toBe(`x${'/1'.repeat(SIZE)}`);
    let calls: Expr = a;
    for (let i = 0; i < SIZE; i++) calls = call('max', [calls, b]);
    expect(print(calls)).toHaveLength(SIZE * 'max(, b)'.length + 1);
    expect(print(calls, { syntax: 'latex' })).toHaveLength(SIZE * '\\max\\left(, b\\right)'.length + 1);
  });

  test('one with 2^60 paths is refused, and so is whatever exceeds the limit', () => {
    expect(codeOf(() => print(doubledSum()))).toBe('expression-too-large');
    expect(codeOf(() => print(doubledProduct(), { syntax: 'latex' }))).toBe('expression-too-large');
    expect(print(sum([a, b]), { limit: 5 })).toBe('a + b');
    const fault = faultOf(() => print(sum([a, b]), { limit: 4 }));
    expect([fault.code, fault.data.limit]).toEqual(['expression-too-large', 4]);
    // Not even one step may build a string beyond what the engine can hold.
    const part = sum(Array.from({ length: 2000 }, () => a));
    const huge = product(Array.from({ length: 2e5 }, () => part));
    expect(codeOf(() => print(huge))).toBe('expression-too-large');
  });
});
