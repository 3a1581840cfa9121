import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import type { FunctionName } from '../../src/expr/index.js';
import {
  bignumberArithmetic,
  call,
  constant,
  evaluate,
  evaluateAll,
  exact,
  float64,
  functions,
  power,
  product,
  quotient,
  sum,
  variable,
} from '../../src/expr/index.js';
import { codeOf, faultOf } from '../exact/thrown.js';
import { deepChain, doubledProduct, doubledSum, PATIENCE, SIZE, wideProduct, wideSum } from './large.js';
import { anExpr, aPoint, atFloats, isClose } from './random-expr.js';

const [x, y, z] = [variable('x'), variable('y'), variable('z')];
const none = () => Number.NaN;

/** fn at numbers, in float64. */
function valueAt(fn: FunctionName, ...args: number[]): number {
  const names = [x, y, z].slice(0, args.length);
  return evaluate(call(fn, names), float64, ({ tensor }) => args['xyz'.indexOf(tensor)]!);
}

describe('float64', () => {
  test('named functions against their definitions', () => {
    expect(valueAt('exp', 1)).toBe(Math.E);
    expect(valueAt('log', Math.E)).toBe(1);
    expect(valueAt('sqrt', 2)).toBe(Math.SQRT2);
    expect(valueAt('tanh', 0.5)).toBe(Math.tanh(0.5));
    expect(valueAt('sigmoid', 0)).toBe(0.5);
    expect(isClose(valueAt('sigmoid', 2), Math.exp(2) / (1 + Math.exp(2)))).toBe(true);
  });

  test('sigmoid neither overflows nor loses its small values', () => {
    expect(valueAt('sigmoid', 1000)).toBe(1);
    expect(valueAt('sigmoid', -1000)).toBe(0);
    expect(valueAt('sigmoid', -700) / Math.exp(-700)).toBeCloseTo(1, 14);
  });

  test('max gives the first of a tie and never hides a NaN', () => {
    expect(Object.is(valueAt('max', -0, 0), -0)).toBe(true);
    expect(Object.is(valueAt('max', 0, -0), 0)).toBe(true);
    expect(valueAt('max', Number.NaN, 1)).toBeNaN();
    expect(valueAt('max', 1, Number.NaN)).toBeNaN();
    expect(valueAt('max', -Infinity, 2)).toBe(2);
  });

  test('select takes its first branch from 0 on', () => {
    expect(valueAt('select', 0, 2, 3)).toBe(2);
    expect(valueAt('select', -1e-300, 2, 3)).toBe(3);
    expect(valueAt('select', 1, 2, Number.NaN)).toBe(2);
  });

  test('empty sums and products, and powers', () => {
    expect(evaluate(sum([]), float64, none)).toBe(0);
    expect(evaluate(product([]), float64, none)).toBe(1);
    const at = (value: number, exponent: number) => evaluate(power(x, exponent), float64, () => value);
    expect(at(0, 0)).toBe(1);
    expect(at(3, -1)).toBe(1 / 3);
    expect(at(1.1, 2)).toBe(1.1 * 1.1);
    expect(at(-2, 5)).toBe(-32);
    expect(at(2, -3)).toBe(0.125);
  });

  test('sums from left to right', () => {
    const terms = [1e16, 1, -1e16].map((_, i) => variable('x', [i]));
    expect(evaluate(sum(terms), float64, ({ index }) => [1e16, 1, -1e16][index[0]!]!)).toBe(0);
  });
});

describe('exact rationals', () => {
  test('agree with float64 up to rounding', () => {
    const property = fc.property(anExpr('piecewise', 6), aPoint, (expr, point) => {
      const value = rational.toNumber(evaluate(expr, exact, point));
      // Near a kink, rounding may decide for the other branch; fractions of small numbers are not near one.
      expect(isClose(evaluate(expr, float64, atFloats(point)), value)).toBe(true);
    });
    fc.assert(property, { seed: 51, numRuns: 300 });
  });

  test('a sum that float64 gets wrong', () => {
    const terms = sum([constant(2n ** 53n), constant(1), constant(rational.of(1, 3))]);
    expect(rational.toText(evaluate(terms, exact, () => rational.ZERO))).toBe('27021597764222980/3');
  });

  test('max and select are exact', () => {
    const third = constant(rational.of(1, 3));
    const larger = call('max', [third, constant(rational.of(333333333, 1000000000))]);
    expect(evaluate(larger, exact, () => rational.ZERO)).toEqual(third.value);
    const chosen = call('select', [constant(0), third, constant(2)]);
    expect(evaluate(chosen, exact, () => rational.ZERO)).toEqual(third.value);
  });

  test('transcendental functions are refused by name', () => {
    for (const fn of ['exp', 'log', 'tanh', 'sqrt', 'sigmoid', 'normcdf', 'normpdf'] as const) {
      const fault = faultOf(() => evaluate(call(fn, [constant(1)]), exact, () => rational.ZERO));
      expect(fault.code).toBe('not-exact');
      expect(fault.data.function).toBe(fn === 'sigmoid' ? 'exp' : fn);
    }
  });

  test('division by zero', () => {
    const nowhere = quotient(constant(1), sum([x, product([constant(-1), x])]));
    expect(codeOf(() => evaluate(nowhere, exact, () => rational.of(2, 7)))).toBe('division-by-zero');
    expect(codeOf(() => evaluate(power(x, -2), exact, () => rational.ZERO))).toBe('division-by-zero');
  });

  test('numbers that would never end are refused; powers of 0, 1 and -1 do end', () => {
    const at = (value: number, node = doubledProduct()) => evaluate(node, exact, () => rational.of(value));
    expect(codeOf(() => at(2))).toBe('number-too-large');
    expect(codeOf(() => at(3, power(x, 1e9)))).toBe('number-too-large');
    expect(codeOf(() => at(3, power(x, -1e9)))).toBe('number-too-large');
    expect(at(-1)).toEqual(rational.ONE);
    expect(at(-1, power(x, 1e9 + 1))).toEqual(rational.of(-1));
    expect(at(-1, power(x, -1e9))).toEqual(rational.ONE);
    expect(at(0, power(x, 1e9))).toEqual(rational.ZERO);
    expect(at(2, power(x, 100))).toEqual(rational.of(2n ** 100n));
    expect(at(15, power(x, -3))).toEqual(rational.of(1, 3375));
  });
});

describe('bignumber', () => {
  test('64 digits by default, and as many as asked for', async () => {
    const one = constant(1);
    const e = '2.718281828459045235360287471352662497757247093699959574966967628';
    const big = await bignumberArithmetic();
    const value = evaluate(call('exp', [one]), big, () => big.constant(rational.ZERO));
    expect(value.toString()).toBe(e);
    const short = await bignumberArithmetic(20);
    expect(evaluate(call('exp', [one]), short, () => short.constant(rational.ZERO)).toString()).toBe(
      '2.7182818284590452354',
    );
  });

  test('agrees with float64 on every function', async () => {
    const big = await bignumberArithmetic();
    const property = fc.property(anExpr('all', 6), aPoint, (expr, point) => {
      const value = evaluate(expr, big, cell => big.constant(point(cell)));
      expect(isClose(evaluate(expr, float64, atFloats(point)), value.toNumber())).toBe(true);
    });
    fc.assert(property, { seed: 52, numRuns: 150 });
  });

  test('a condition just below 0 is below 0', async () => {
    const big = await bignumberArithmetic();
    const tiny = constant(rational.of(-1, 10n ** 40n));
    const chosen = evaluate(call('select', [tiny, constant(1), constant(2)]), big, () =>
      big.exp(big.constant(rational.ONE)),
    );
    expect(chosen.toNumber()).toBe(2);
  });
});

test('the table lists each function with its number of arguments', () => {
  const arities = Object.entries(functions).map(([name, { arity }]) => `${name}/${arity}`);
  expect(arities.join(' ')).toBe('exp/1 log/1 sigmoid/1 tanh/1 sqrt/1 normcdf/1 normpdf/1 max/2 select/3');
});

test('evaluateAll keeps the order of its roots', () => {
  const shared = product([x, x]);
  expect(evaluateAll([sum([shared, shared]), x, shared], float64, () => 3)).toEqual([18, 3, 9]);
  expect(evaluateAll([], float64, none)).toEqual([]);
});

describe('large expressions', () => {
  test('wide, deep and shared', PATIENCE, () => {
    expect(evaluate(wideSum(), float64, ({ tensor }) => (tensor === 'x' ? 2 : 3))).toBe(6 * SIZE);
    expect(evaluate(wideProduct(), float64, () => 1)).toBe(1);
    expect(evaluate(deepChain(), exact, () => rational.of(1, 3))).toEqual(rational.of(1, 3));
    expect(evaluate(doubledSum(), exact, () => rational.ONE)).toEqual(rational.of(2n ** 60n));
  });
});
