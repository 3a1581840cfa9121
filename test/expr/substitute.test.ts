import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  constant,
  evaluate,
  exact,
  postOrder,
  product,
  substitute,
  sum,
  variable,
} from '../../src/expr/index.js';
import { deepChain, doubledSum, PATIENCE, SIZE, wideSum } from './large.js';
import { anExpr, aPoint, cells } from './random-expr.js';

test('the value is that of the original at the values of the replacements', () => {
  const property = fc.property(
    anExpr('piecewise', 6),
    anExpr('piecewise', 3),
    aPoint,
    (expr, inner, point) => {
      const replaced = substitute(expr, cell => (cell === cells[0] ? inner : cell));
      const value = evaluate(inner, exact, point);
      expect(evaluate(replaced, exact, point)).toEqual(
        evaluate(expr, exact, cell => (cell === cells[0] ? value : point(cell))),
      );
    },
  );
  fc.assert(property, { seed: 111, numRuns: 300 });
});

test('the replacement is not searched for variables, and the original stays', () => {
  const [x, y] = [variable('x'), variable('y')];
  const expr = product([x, y]);
  const swapped = substitute(expr, ({ tensor }) => (tensor === 'x' ? y : sum([x, constant(1)])));
  expect(swapped).toEqual(product([y, sum([x, constant(1)])]));
  expect(expr).toEqual(product([x, y]));
});

test('large expressions, shared parts stay shared', PATIENCE, () => {
  const y = variable('y');
  expect(postOrder([substitute(doubledSum(), () => y)])).toHaveLength(61);
  expect(postOrder([substitute(deepChain(), () => y)])).toHaveLength(3 * SIZE + 1);
  expect(postOrder([substitute(wideSum(), () => y)])).toHaveLength(SIZE + 2);
});
