/** Reverse and forward mode against each other and against witnesses that share no rule with them. */
import fc from 'fast-check';
import { derivative, parse as parseMath } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { jvp, vjp } from '../../src/autodiff/index.js';
import { MonomialTable, type Rational, rational } from '../../src/exact/index.js';
import type { Expr, Variable } from '../../src/expr/index.js';
import {
  bignumberArithmetic,
  constant,
  equalFractions,
  evaluate,
  evaluateAll,
  exact,
  float64,
  print,
  product,
  sum,
  toFractions,
  variable,
  variableKey,
} from '../../src/expr/index.js';
import { anExpr, aPoint, atFloats, cells, isClose } from '../expr/random-expr.js';
import { dual } from './dual.js';

const one = constant(1);
const isCell = (a: Variable, b: Variable) =>
  variableKey(a.tensor, a.index) === variableKey(b.tensor, b.index);

/** dy/dx for every cell, by one reverse sweep. */
function reversePartials(y: Expr): Expr[] {
  const cotangents = vjp([y], [one]);
  return cells.map(({ tensor, index }) => cotangents.at(tensor, index));
}

/** dy/dx for every cell, by one forward sweep each. */
function forwardPartials(y: Expr): Expr[] {
  return cells.map(cell => jvp([y], x => (isCell(x, cell) ? one : undefined))[0]!);
}

describe('the partials of random expressions', () => {
  test('reverse = forward = dual numbers, exactly, also at kinks', () => {
    const property = fc.property(anExpr('piecewise'), aPoint, (y, point) => {
      const witness = cells.map(cell => {
        const at = (x: Variable) => ({
          primal: point(x),
          tangent: isCell(x, cell) ? rational.ONE : rational.ZERO,
        });
        return evaluate(y, dual, at).tangent;
      });
      expect(evaluateAll(reversePartials(y), exact, point)).toEqual(witness);
      expect(evaluateAll(forwardPartials(y), exact, point)).toEqual(witness);
    });
    fc.assert(property, { seed: 101, numRuns: 1000 });
  });

  test('reverse = forward, for all functions', () => {
    const property = fc.property(anExpr('all'), aPoint, (y, point) => {
      const at = atFloats(point);
      const reverse = evaluateAll(reversePartials(y), float64, at);
      const forward = evaluateAll(forwardPartials(y), float64, at);
      for (const [k, value] of reverse.entries()) expect(isClose(value, forward[k]!)).toBe(true);
    });
    fc.assert(property, { seed: 102, numRuns: 300 });
  });

  test('reverse = the derivative that mathjs finds', () => {
    const property = fc.property(anExpr('smooth', 5), aPoint, (y, point) => {
      const text = print(y, { syntax: 'mathjs' });
      fc.pre(text.length < 400);
      const scope = Object.fromEntries(
        cells.map(cell => [print(cell, { syntax: 'mathjs' }), atFloats(point)(cell)]),
      );
      const values = evaluateAll(reversePartials(y), float64, atFloats(point));
      for (const [k, cell] of cells.entries()) {
        const theirs: unknown = derivative(parseMath(text), print(cell, { syntax: 'mathjs' }), {
          simplify: false,
        }).evaluate(scope);
        expect(typeof theirs === 'number' && isClose(theirs, values[k]!), `${text}: ${theirs}`).toBe(true);
      }
    });
    fc.assert(property, { seed: 103, numRuns: 80 });
  });

  test('reverse = central differences in 64 digits', async () => {
    const big = await bignumberArithmetic();
    const h = rational.of(1, 10n ** 20n);
    const property = fc.property(anExpr('smooth'), aPoint, (y, point) => {
      const values = evaluateAll(reversePartials(y), float64, atFloats(point));
      for (const [k, cell] of cells.entries()) {
        const shifted = (by: Rational) =>
          evaluate(y, big, x => big.constant(isCell(x, cell) ? rational.add(point(x), by) : point(x)));
        const rise = shifted(h).minus(shifted(rational.negate(h)));
        // h^2 y''' / 6 is about 1e-40, and rounding 1e-64 / h: float64 decides the tolerance.
        expect(isClose(rise.times(5e19).toNumber(), values[k]!)).toBe(true);
      }
    });
    fc.assert(property, { seed: 104, numRuns: 100 });
  });
});

describe('as rational functions, for all values at once', () => {
  const keys = cells.map(({ tensor, index }) => variableKey(tensor, index));
  const id = (tensor: string, index: readonly number[]) => keys.indexOf(variableKey(tensor, index));
  const areEqual = (a: Expr, b: Expr) => {
    const table = new MonomialTable();
    const [u, v] = toFractions([a, b], table, id);
    return equalFractions(u!, v!, table);
  };

  test('reverse = forward, and a planted error is refused', () => {
    const property = fc.property(anExpr('rational', 3), fc.nat(cells.length - 1), (y, k) => {
      const [reverse, forward] = [reversePartials(y)[k]!, forwardPartials(y)[k]!];
      expect(areEqual(reverse, forward)).toBe(true);
      expect(areEqual(sum([reverse, cells[k]!]), forward)).toBe(false);
    });
    fc.assert(property, { seed: 105, numRuns: 100 });
  });

  test('a derivative that is wrong at no integer point is refused', () => {
    const x = variable('x', [0]);
    const y = product([x, x, x]);
    const right = vjp([y], [one]).at('x', [0]);
    // x (x - 1) (x - 2) vanishes at 0, 1 and 2: sampling there would not see it.
    const hidden = product([x, sum([x, constant(-1)]), sum([x, constant(-2)])]);
    const wrong = sum([right, hidden]);
    for (const value of [0, 1, 2]) {
      const [u, v] = evaluateAll([right, wrong], exact, () => rational.of(value));
      expect(u).toEqual(v);
    }
    expect(areEqual(right, wrong)).toBe(false);
  });
});

describe('Jacobian products of several outputs', () => {
  test('yBar . (J xDot) = (yBar J) . xDot, exactly', () => {
    const property = fc.property(
      anExpr('piecewise'),
      anExpr('piecewise'),
      aPoint,
      aPoint,
      (y, z, point, along) => {
        const yBar = [constant(rational.of(2, 3)), variable('yBar', [1])];
        const at = (x: Variable) => (x.tensor === 'yBar' ? rational.of(-5) : point(x));
        const xDot = (x: Variable) => constant(along(x));
        const pushed = evaluateAll(jvp([y, z], xDot), exact, at);
        const weights = evaluateAll(yBar, exact, at);
        const left = pushed.map((value, k) => rational.multiply(weights[k]!, value)).reduce(rational.add);
        const pulled = vjp([y, z], yBar);
        const right = cells.map(cell => {
          const xBar = evaluate(pulled.at(cell.tensor, cell.index), exact, at);
          return rational.multiply(xBar, along(cell));
        });
        expect(right.reduce(rational.add)).toEqual(left);
      },
    );
    fc.assert(property, { seed: 106, numRuns: 300 });
  });

  test('second order: reverse over reverse is symmetric', () => {
    const property = fc.property(anExpr('piecewise', 5), aPoint, (y, point) => {
      const hessian = reversePartials(y).map(partial => evaluateAll(reversePartials(partial), exact, point));
      for (const [i, row] of hessian.entries()) {
        for (const [j, value] of row.entries()) expect(value).toEqual(hessian[j]![i]);
      }
    });
    fc.assert(property, { seed: 107, numRuns: 200 });
  });
});
