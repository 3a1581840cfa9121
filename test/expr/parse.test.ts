import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { rational } from '../../src/exact/index.js';
import type { Expr, ParseOptions } from '../../src/expr/index.js';
import {
  call,
  constant,
  evaluate,
  exact,
  float64,
  parse,
  power,
  print,
  product,
  quotient,
  sum,
  variable,
} from '../../src/expr/index.js';
import { anExpr, aPoint, atFloats, isClose } from './random-expr.js';

const [a, b, x] = [variable('a'), variable('b'), variable('x')];
const minus = (node: Expr) => product([constant(-1), node]);

async function faultOf(text: string, options?: ParseOptions): Promise<BackproofError> {
  try {
    await parse(text, options);
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error(`"${text}" was read`);
}

describe('what is read', () => {
  test.each<[string, Expr]>([
    ['a - b', sum([a, minus(b)])],
    ['-2', constant(-2)],
    ['-2^2', minus(power(constant(2), 2))],
    ['-a*b', product([minus(a), b])],
    ['2 a', product([constant(2), a])],
    ['a/b/2', quotient(quotient(a, b), constant(2))],
    ['+a', a],
    ['0.1', constant(rational.of(1, 10))],
    ['1.25e-2', constant(rational.of(1, 80))],
    ['123456789012345678901234567890', constant(123456789012345678901234567890n)],
    ['x^-1', power(x, -1)],
    ['x^(2*3)', power(x, 6)],
    ['x^2^3', power(x, 8)],
    ['max(a, b, x)', call('max', [call('max', [a, b]), x])],
    ['max(a)', a],
    ['select(a, b, x)', call('select', [a, b, x])],
    ['a >= 0 ? b : x', call('select', [a, b, x])],
    ['(a >= b) ? 1 : 2', call('select', [sum([a, minus(b)]), constant(1), constant(2)])],
    ['a <= b ? 1 : 2', call('select', [sum([b, minus(a)]), constant(1), constant(2)])],
    ['a < b ? 1 : 2', call('select', [sum([a, minus(b)]), constant(2), constant(1)])],
    ['a > b ? 1 : 2', call('select', [sum([b, minus(a)]), constant(2), constant(1)])],
    ['x_1_20', variable('x', [1, 20])],
    ['x[1, 20]', variable('x', [1, 20])],
    ['W2_0', variable('W2', [0])],
    ['y_bar_3', variable('y_bar', [3])],
    ['y_bar', variable('y_bar')],
    ['e', variable('e')],
  ])('%s', async (text, expected) => {
    expect(await parse(text)).toEqual(expected);
  });

  test('names are what the caller says they are', async () => {
    const seen: string[] = [];
    const resolve = (name: string) => {
      seen.push(name);
      return name === 'k' ? constant(3) : variable('cell');
    };
    expect(await parse('k X_1 - Y[ 2 , 3 ]', { resolve })).toEqual(
      sum([product([constant(3), variable('cell')]), minus(variable('cell'))]),
    );
    expect(seen.sort()).toEqual(['X_1', 'Y[2,3]', 'k']);
  });
});

describe('printed text reads back to the same value', () => {
  test('mathjs syntax, exactly', async () => {
    const property = fc.asyncProperty(anExpr('piecewise'), aPoint, async (expr, point) => {
      const again = await parse(print(expr, { syntax: 'mathjs' }));
      expect(evaluate(again, exact, point)).toEqual(evaluate(expr, exact, point));
    });
    await fc.assert(property, { seed: 71, numRuns: 300 });
  });

  test('mathjs and plain syntax, all functions, up to rounding', async () => {
    const property = fc.asyncProperty(anExpr('readable', 6), aPoint, async (expr, point) => {
      const at = atFloats(point);
      const value = evaluate(expr, float64, at);
      for (const syntax of ['plain', 'mathjs'] as const) {
        const again = await parse(print(expr, { syntax }));
        expect(isClose(evaluate(again, float64, at), value), print(expr, { syntax })).toBe(true);
      }
    });
    await fc.assert(property, { seed: 72, numRuns: 150 });
  });

  test('a sum of many terms', async () => {
    const many = sum(Array.from({ length: 9000 }, (_, i) => variable('x', [i])));
    const again = await parse(print(many, { syntax: 'mathjs' }));
    expect(evaluate(again, float64, ({ index }) => index[0]!)).toBe((9000 * 8999) / 2);
  });
});

describe('what is refused', () => {
  test.each([
    ['a +', 3],
    ['(a', 2],
    ['a b)', 3],
    ['a, b', 1],
    ['a # b', 2],
  ])('%s at %i', async (text, position) => {
    const fault = await faultOf(text);
    expect([fault.code, fault.data.position]).toEqual(['unreadable-formula', position]);
    expect(fault.where).toContain(`at ${position}`);
  });

  test.each([
    '',
    ' ',
    'a = 1',
    'a; b',
    'a\nb',
    '[1, 2]',
    '{a: 1}',
    '"text"',
    'true',
    'NaN',
    'Infinity',
    'a!',
    "a'",
    'a % 2',
    'a .* b',
    'a.b',
    'f(x) = x',
    'x[a]',
    'x[0.5]',
    'x[-1]',
    'x[1:2]',
    'x[1][2]',
    'x^a',
    'x^0.5',
    'x^(1/0)',
    'x^exp(1)',
    'x^(10^400)',
    '1e999999999',
    '1e-999999999',
    'a ? 1 : 2',
    'a == b ? 1 : 2',
    '1 < a < 2',
    'a and b',
    'exp(a, b)',
    'max()',
    'select(a, b)',
    '3 kg to g',
  ])('%s', async text => {
    expect((await faultOf(text)).code).toBe('unreadable-formula');
  });

  test('functions that are not in the table, with their place', async () => {
    const fault = await faultOf('sinus + 2*sin (x)');
    expect(fault.code).toBe('unknown-function');
    expect(fault.data).toMatchObject({ name: 'sin', position: 10 });
    expect((await faultOf('a (b + x)')).code).toBe('unknown-function');
    expect((await faultOf('constructor(1)')).code).toBe('unknown-function');
    expect((await faultOf('f(x)(x)(x)')).code).toBe('unknown-function');
  });

  test('names that the caller does not know', async () => {
    const fault = await faultOf('a + q_1', { resolve: name => (name === 'a' ? a : undefined) });
    expect([fault.code, fault.data.name]).toEqual(['unknown-variable', 'q_1']);
  });

  test('text that is too long or nested too deep', async () => {
    expect((await faultOf('a + b', { limit: 4 })).code).toBe('formula-too-long');
    expect((await faultOf('a'.repeat(100_001))).code).toBe('formula-too-long');
    const nested = `${'('.repeat(40_000)}a${')'.repeat(40_000)}`;
    expect((await faultOf(nested)).code).toBe('unreadable-formula');
    expect((await faultOf(`${'-'.repeat(90_000)}a`)).code).toBe('unreadable-formula');
  });
});
