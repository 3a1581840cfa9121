/** How formulas are written, and that writing changes no value. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  call,
  constant,
  type Expr,
  power,
  product,
  quotient,
  sum,
  variable,
} from '../../../src/expr/index.js';
import { phraseWriter } from '../../../src/teach/network/phrases.js';

const [a, b, c] = ['a', 'b', 'c'].map(name => variable(name)) as [Expr, Expr, Expr];
const minus = (of: Expr): Expr => product([constant(-1), of]);
const one = constant(1);
const zero = constant(0);
const write = phraseWriter(({ tensor }) => tensor, [], 10_000);
const plain = (expr: Expr) => write(expr, 'plain');

test.each([
  [call('select', [a, one, zero]), '[a >= 0]'],
  [call('select', [a, zero, one]), '[a < 0]'],
  [call('select', [minus(a), one, zero]), '[a <= 0]'],
  [call('select', [minus(a), zero, one]), '[a > 0]'],
  [call('select', [sum([a, minus(b)]), one, zero]), '[a >= b]'],
  [call('select', [sum([a, minus(b), c]), zero, one]), '[a + c < b]'],
  [call('select', [sum([constant(-2), minus(a)]), one, zero]), '[2 + a <= 0]'],
  [call('select', [a, b, c]), 'select(a, b, c)'],
  [call('select', [a, one, c]), 'select(a, 1, c)'],
  [call('max', [call('max', [call('max', [a, b]), c]), zero]), 'max(a, b, c, 0)'],
  [call('max', [a, call('max', [b, c])]), 'max(a, max(b, c))'],
  [sum([a, b, a]), '2*a + b'],
  [sum([product([a, b]), minus(product([a, b])), c]), 'c'],
  [sum([a, minus(a)]), '0'],
  [product([a, b, a]), 'a^2*b'],
  [product([a, power(b, -1)]), 'a/b'],
  [product([power(a, 2), power(a, -2), b]), 'b'],
  [minus(sum([a, minus(b)])), 'b - a'],
  [minus(sum([a, b])), '-a - b'],
  [product([constant(2), quotient(a, b)]), '2*(a/b)'],
] as const)('%#: %s', (expr, text) => {
  expect(plain(expr)).toBe(text);
});

test('LaTeX has its own signs', () => {
  expect(write(call('select', [sum([a, minus(b)]), one, zero]), 'latex')).toBe('\\left[a \\ge b\\right]');
  expect(write(call('max', [call('max', [a, b]), c]), 'latex')).toBe('\\max\\left(a, b, c\\right)');
});

test('a choice says what is equal', () => {
  const chosen = phraseWriter(({ tensor }) => tensor, [[a, call('max', [b, c])]], 100);
  expect(chosen(product([b, variable('choice of', [0])]), 'plain')).toBe('b*[a = max(b, c)]');
});

describe('random formulas', () => {
  const leaf = fc.oneof(
    fc.constantFrom(a, b, c),
    fc.integer({ min: -3, max: 3 }).map(k => constant(k)),
  );
  const { tree } = fc.letrec<{ tree: Expr }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(sum),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(product),
      tie('tree').map(of => power(of, 2)),
      fc.tuple(tie('tree'), tie('tree')).map(([u, v]) => call('max', [u, v])),
      fc
        .tuple(tie('tree'), fc.boolean())
        .map(([of, up]) => call('select', [of, up ? one : zero, up ? zero : one])),
    ),
  }));

  test('are written as they are', () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }),
        (expr, point) => {
          const text = plain(expr);
          expect(valueOfText(text, point)).toBe(exprValue(expr, point));
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });
});

/** The text read as JavaScript: a condition is 1 or 0. */
function valueOfText(text: string, [x, y, z]: readonly number[]): number {
  const script = text
    .replace(/\^/g, '**')
    .replace(/max\(/g, 'Math.max(')
    .replaceAll('[', 'Number(')
    .replaceAll(']', ')')
    // JavaScript refuses -a**2.
    .replace(/-(?=[a-z\d(])/g, '-1*');
  return Number(new Function('a', 'b', 'c', `return ${script};`)(x, y, z)) + 0;
}

function exprValue(expr: Expr, point: readonly number[]): number {
  const value = (node: Expr): number => {
    switch (node.kind) {
      case 'constant':
        return Number(node.value.numerator);
      case 'variable':
        return point['abc'.indexOf(node.tensor)]!;
      case 'sum':
        return node.terms.reduce((total, term) => total + value(term), 0);
      case 'product':
        return node.factors.reduce((total, factor) => total * value(factor), 1);
      case 'power':
        return value(node.base) ** node.exponent;
      case 'quotient':
        return value(node.numerator) / value(node.denominator);
      case 'call': {
        const [u, v, w] = node.args.map(value);
        return node.fn === 'max' ? Math.max(u!, v!) : u! >= 0 ? v! : w!;
      }
    }
  };
  return value(expr) + 0;
}
