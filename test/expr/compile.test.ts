import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compile,
  constant,
  evaluateAll,
  float64,
  power,
  product,
  sum,
  variable,
} from '../../src/expr/index.js';
import { codeOf } from '../exact/thrown.js';
import { deepChain, doubledSum, PATIENCE, SIZE, wideProduct, wideSum } from './large.js';
import { anExpr, aPoint, atFloats, cells } from './random-expr.js';

describe('a compiled expression', () => {
  test('gives what evaluate gives, to the last bit', () => {
    const property = fc.property(anExpr('all'), anExpr('all'), aPoint, aPoint, (a, b, first, second) => {
      const roots = [a, b, sum([a, b]), cells[1]!, constant(-3)];
      const run = compile(roots, cells);
      // Twice, with the first point again at the end: no state may stay behind.
      for (const point of [first, second, first]) {
        const expected = evaluateAll(roots, float64, atFloats(point));
        expect([...run(Float64Array.from(cells, atFloats(point)))]).toEqual(expected);
      }
    });
    fc.assert(property, { seed: 61, numRuns: 300 });
  });

  test('the order of the inputs is the order given', () => {
    const [x, y] = [variable('x'), variable('y')];
    const difference = sum([x, product([constant(-1), y])]);
    expect([...compile([difference], [x, y])(Float64Array.of(5, 3))]).toEqual([2]);
    expect([...compile([difference], [y, x])(Float64Array.of(5, 3))]).toEqual([-2]);
  });

  test('equal cells are one input, whatever object stands for them', () => {
    const twice = sum([variable('x', [1]), variable('x', [1])]);
    expect([...compile([twice], [variable('x', [1])])(Float64Array.of(4))]).toEqual([8]);
  });

  test('writes into the outputs that it is given', () => {
    const outputs = new Float64Array(2);
    const run = compile([sum([]), product([])], []);
    expect(run(new Float64Array(0), outputs)).toBe(outputs);
    expect([...outputs]).toEqual([0, 1]);
  });

  test('exponents keep their precision', () => {
    const x = variable('x');
    expect(compile([power(x, 2 ** 40 + 1)], [x])(Float64Array.of(-1))[0]).toBe(-1);
  });

  test('errors', () => {
    const x = variable('x');
    expect(codeOf(() => compile([x], [variable('x', [0])]))).toBe('unbound-variable');
    const run = compile([x], [x]);
    expect(codeOf(() => run(new Float64Array(2)))).toBe('wrong-length');
    expect(codeOf(() => run(new Float64Array(1), new Float64Array(2)))).toBe('wrong-length');
  });
});

test('large expressions', PATIENCE, () => {
  const x = variable('x');
  const pairs = ['x', 'y'].flatMap(name => Array.from({ length: SIZE }, (_, i) => variable(name, [i])));
  expect(compile([wideSum()], pairs)(new Float64Array(2 * SIZE).fill(2))[0]).toBe(4 * SIZE);
  expect(compile([wideProduct()], pairs)(new Float64Array(2 * SIZE).fill(1))[0]).toBe(1);
  expect(compile([deepChain(), doubledSum()], [x])(Float64Array.of(7))).toEqual(
    Float64Array.of(7, 7 * 2 ** 60),
  );
});
