import { expect, test } from 'vitest';
import { jvp } from '../../src/autodiff/index.js';
import type { Variable } from '../../src/expr/index.js';
import { call, constant, power, print, product, quotient, sum, variable } from '../../src/expr/index.js';

const [a, b, c] = [variable('a'), variable('b'), variable('c')];
const xDot = ({ tensor }: Variable) => (tensor === 'c' ? undefined : variable(`${tensor}Dot`));
const tangentOf = (...outputs: Parameters<typeof jvp>[0]) => jvp(outputs, xDot).map(yDot => print(yDot));

test('tangents, as they are written', () => {
  expect(tangentOf(a, c, constant(2))).toEqual(['aDot', '0', '0']);
  expect(tangentOf(sum([a, b, c]))).toEqual(['aDot + bDot']);
  expect(tangentOf(product([a, b, c]))).toEqual(['b*c*aDot + a*c*bDot']);
  expect(tangentOf(quotient(c, b), power(a, 2))).toEqual(['-c/b^2*bDot', '2*a*aDot']);
  expect(tangentOf(call('exp', [a]), call('exp', [c]))).toEqual(['exp(a)*aDot', '0']);
});

test('the condition of a select has no tangent', () => {
  expect(tangentOf(call('select', [a, c, constant(1)]))).toEqual(['0']);
  expect(tangentOf(call('select', [a, b, c]))).toEqual(['select(a, 1, 0)*bDot']);
});

test('a tangent of its own for every cell', () => {
  const y = product([variable('x', [0]), variable('x', [1])]);
  const [yDot] = jvp([y], ({ index }) => constant(10 + index[0]!));
  expect(print(yDot!)).toBe('x[1]*10 + x[0]*11');
});
