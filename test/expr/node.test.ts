import { expect, test } from 'vitest';
import { integer, rational } from '../../src/exact/index.js';
import type { Expr } from '../../src/expr/index.js';
import {
  call,
  constant,
  countUses,
  isFunctionName,
  maximum,
  postOrder,
  power,
  product,
  sum,
  variable,
  variableInterner,
  variableKey,
} from '../../src/expr/index.js';
import { codeOf } from '../exact/thrown.js';
import { deepChain, doubledSum, PATIENCE, SIZE, wideSum } from './large.js';

const [x, y] = [variable('x', [0]), variable('y')];

test('building never simplifies', () => {
  expect(sum([constant(0), x])).toEqual({ kind: 'sum', terms: [constant(0), x] });
  expect(product([constant(1)])).toEqual({ kind: 'product', factors: [constant(1)] });
  expect(power(x, 1)).toEqual({ kind: 'power', base: x, exponent: 1 });
});

test('a node does not change with the arrays it was built from', () => {
  const terms: Expr[] = [x];
  const index = [3];
  const [node, cell] = [sum(terms), variable('x', index)];
  terms.push(y);
  index[0] = 4;
  expect(node.terms).toEqual([x]);
  expect(cell.index).toEqual([3]);
});

test('constants from integers and fractions', () => {
  expect(constant(2n ** 53n).value).toEqual(rational.of(integer.from(2n ** 53n)));
  expect(constant(rational.of(6, 4)).value).toEqual({ numerator: 3, denominator: 2 });
  expect(Object.is(constant(-0).value.numerator, 0)).toBe(true);
  expect(codeOf(() => constant(0.5))).toBe('not-an-integer');
});

test('what cannot be built', () => {
  expect(codeOf(() => variable('x', [-1]))).toBe('invalid-node');
  expect(codeOf(() => variable('x', [0.5]))).toBe('invalid-node');
  expect(codeOf(() => power(x, 0.5))).toBe('invalid-node');
  expect(codeOf(() => power(x, 2 ** 53))).toBe('invalid-node');
  expect(codeOf(() => call('max', [x]))).toBe('invalid-node');
  expect(codeOf(() => call('exp', [x, y]))).toBe('invalid-node');
  expect(codeOf(() => maximum([]))).toBe('invalid-node');
});

test('maximum is a left fold', () => {
  expect(maximum([x])).toBe(x);
  expect(maximum([x, y, constant(1)])).toEqual(call('max', [call('max', [x, y]), constant(1)]));
});

test('function names are those of the table and no others', () => {
  expect(isFunctionName('sigmoid')).toBe(true);
  expect(isFunctionName('constructor')).toBe(false);
  expect(isFunctionName('sin')).toBe(false);
});

test('equal cells have equal keys and, interned, are one object', () => {
  const interned = variableInterner();
  expect(interned('x', [1, 2])).toBe(interned('x', [1, 2]));
  expect(interned('x')).toEqual(variable('x'));
  expect(variableKey('x', [1, 2])).not.toBe(variableKey('x', [12]));
  expect(variableKey('x', [])).not.toBe(variableKey('x', [0]));
});

test('post-order: children before parents, left before right, each node once', () => {
  const [shared, one] = [product([x, y]), constant(1)];
  const root = sum([shared, one, shared]);
  expect(postOrder([root, shared])).toEqual([x, y, shared, one, root]);
  const uses = countUses([root, shared], postOrder([root, shared]));
  expect([uses.get(shared), uses.get(root), uses.get(x)]).toEqual([3, 1, 1]);
});

test('post-order of large graphs', PATIENCE, () => {
  expect(postOrder([wideSum()])).toHaveLength(3 * SIZE + 1);
  expect(postOrder([doubledSum()])).toHaveLength(61);
  const chain = postOrder([deepChain()]);
  expect(chain[0]).toEqual(variable('x'));
  expect(chain).toHaveLength(3 * SIZE + 1);
});
