import { describe, expect, test } from 'vitest';
import { jvp, vjp } from '../../src/autodiff/index.js';
import { rational } from '../../src/exact/index.js';
import type { Expr } from '../../src/expr/index.js';
import {
  call,
  constant,
  evaluate,
  evaluateAll,
  exact,
  float64,
  postOrder,
  power,
  print,
  product,
  quotient,
  sum,
  variable,
} from '../../src/expr/index.js';
import { faultOf } from '../exact/thrown.js';
import {
  deepChain,
  doubledProduct,
  doubledSum,
  PATIENCE,
  SIZE,
  wideProduct,
  wideSum,
} from '../expr/large.js';

const [a, b, c, yBar] = [variable('a'), variable('b'), variable('c'), variable('yBar')];

/** The cotangents of a, b and c as text; "." for the constant 0. */
function cotangentsOf(y: Expr): string[] {
  const cotangents = vjp([y], [yBar]);
  return ['a', 'b', 'c'].map(name => {
    const xBar = print(cotangents.at(name, []));
    return xBar === '0' ? '.' : xBar;
  });
}

describe('the rules, as they are written', () => {
  test.each<[Expr, string[]]>([
    [a, ['yBar', '.', '.']],
    [constant(3), ['.', '.', '.']],
    [sum([a, b]), ['yBar', 'yBar', '.']],
    [sum([a, a, b]), ['yBar + yBar', 'yBar', '.']],
    [product([a, b]), ['yBar*b', 'yBar*a', '.']],
    [product([a, b, c]), ['yBar*b*c', 'yBar*a*c', 'yBar*a*b']],
    [product([a]), ['yBar', '.', '.']],
    [power(a, 3), ['yBar*3*a^2', '.', '.']],
    [power(a, 1), ['yBar', '.', '.']],
    [power(a, 0), ['.', '.', '.']],
    [power(a, -1), ['yBar*(-a^(-2))', '.', '.']],
    [quotient(a, b), ['yBar*b^(-1)', 'yBar*(-a/b^2)', '.']],
    [call('exp', [a]), ['yBar*exp(a)', '.', '.']],
    [call('log', [a]), ['yBar*a^(-1)', '.', '.']],
    [call('sigmoid', [a]), ['yBar*sigmoid(a)*(1 - sigmoid(a))', '.', '.']],
    [call('tanh', [a]), ['yBar*(1 - tanh(a)^2)', '.', '.']],
    [call('sqrt', [a]), ['yBar*(1/(2*sqrt(a)))', '.', '.']],
    [call('normcdf', [a]), ['yBar*normpdf(a)', '.', '.']],
    [call('normpdf', [a]), ['yBar*(-a*normpdf(a))', '.', '.']],
    [call('max', [a, b]), ['yBar*select(a - b, 1, 0)', 'yBar*select(a - b, 0, 1)', '.']],
    [call('select', [a, b, c]), ['.', 'yBar*select(a, 1, 0)', 'yBar*select(a, 0, 1)']],
  ])('%#', (y, expected) => {
    expect(cotangentsOf(y)).toEqual(expected);
  });

  test('at a tie, max passes all of it to the first', () => {
    const largest = call('max', [call('max', [a, b]), c]);
    const cotangents = vjp([largest], [constant(1)]);
    const xBars = ['a', 'b', 'c'].map(name => cotangents.at(name, []));
    expect(evaluateAll(xBars, float64, () => 7)).toEqual([1, 0, 0]);
  });
});

describe('the lookup', () => {
  test('gives cotangents of inner nodes as well', () => {
    const inner = sum([a, b]);
    const square = product([inner, inner]);
    const cotangents = vjp([square], [yBar]);
    expect(cotangents.of(square)).toBe(yBar);
    expect(print(cotangents.of(inner))).toBe('yBar*(a + b) + yBar*(a + b)');
    expect(cotangents.of(a)).toBe(cotangents.at('a', []));
  });

  test('a cell is one variable, whatever object stands for it', () => {
    const y = sum([variable('x', [1, 2]), product([constant(5), variable('x', [1, 2])])]);
    const cotangents = vjp([y], [yBar]);
    expect(print(cotangents.at('x', [1, 2]))).toBe('yBar + yBar*5');
    expect(cotangents.of(variable('x', [1, 2]))).toBe(cotangents.at('x', [1, 2]));
  });

  test('zero for what does not occur', () => {
    const cotangents = vjp([a], [yBar]);
    expect(cotangents.at('b', [])).toEqual(constant(0));
    expect(cotangents.at('a', [0])).toEqual(constant(0));
    expect(cotangents.of(sum([a]))).toEqual(constant(0));
  });

  test('an output that another output reads, and one given twice', () => {
    const y = product([a, b]);
    const cotangents = vjp([y, power(y, 2), y], [constant(2), constant(3), constant(4)]);
    // y = 6, and 2 + 4 + 3 * 2 y = 42 reach it.
    const at = ({ tensor }: { tensor: string }) => rational.of(tensor === 'a' ? 2 : 3);
    expect(evaluate(cotangents.of(y), exact, at)).toEqual(rational.of(42));
    expect(evaluate(cotangents.at('a', []), exact, at)).toEqual(rational.of(126));
  });

  test('one cotangent for each output', () => {
    const fault = faultOf(() => vjp([a, b], [yBar]));
    expect([fault.code, fault.data]).toEqual(['cotangent-count', { expected: 2, got: 1 }]);
  });
});

describe('large expressions', () => {
  const size = (nodes: readonly Expr[]) => postOrder(nodes).length;

  test('every partial of 10^5 factors in linear size', PATIENCE, () => {
    const y = wideProduct();
    const cotangents = vjp([y], [constant(1)]);
    const partials = Array.from({ length: SIZE }, (_, i) => cotangents.at('x', [i]));
    expect(size(partials)).toBeLessThan(6 * SIZE);
    const values = evaluateAll(partials, float64, ({ index }) => (index[0] === 7 ? 2 : 1));
    expect([values[6], values[7], values[8]]).toEqual([2, 1, 2]);
  });

  test('wide sums and deep chains', PATIENCE, () => {
    const wide = vjp([wideSum()], [constant(1)]);
    expect(evaluate(wide.at('x', [SIZE - 1]), float64, ({ index }) => index[0]!)).toBe(SIZE - 1);
    const chain = deepChain();
    const at = () => rational.of(3, 7);
    expect(evaluate(vjp([chain], [constant(1)]).at('x', []), exact, at)).toEqual(rational.ONE);
    expect(evaluate(jvp([chain], () => constant(1))[0]!, exact, at)).toEqual(rational.ONE);
  });

  test('graphs with 2^60 paths', () => {
    const shared = vjp([doubledSum()], [constant(1)]).at('x', []);
    expect(evaluate(shared, exact, () => rational.ONE)).toEqual(rational.of(2n ** 60n));
    const powers = vjp([doubledProduct()], [constant(1)]).at('x', []);
    expect(size([powers])).toBeLessThan(400);
    expect(evaluate(powers, float64, () => 1)).toBe(2 ** 60);
    expect(evaluate(jvp([doubledProduct()], () => constant(1))[0]!, float64, () => 1)).toBe(2 ** 60);
  });
});
