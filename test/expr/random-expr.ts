/** Random expression graphs with shared nodes, and points to evaluate them at. */
import fc from 'fast-check';
import type { Rational } from '../../src/exact/index.js';
import { rational } from '../../src/exact/index.js';
import type { Expr, Variable } from '../../src/expr/index.js';
import {
  call,
  constant,
  power,
  product,
  quotient,
  sum,
  variable,
  variableKey,
} from '../../src/expr/index.js';

/** Cells with one, two and no index, and one tensor name that ends in a digit. */
export const cells: readonly Variable[] = [
  variable('x', [0]),
  variable('x', [1]),
  variable('W2', [0, 10]),
  variable('y'),
];

type Step = (a: Expr, b: Expr, c: Expr) => Expr;

const onePlusSquare = (u: Expr): Expr => sum([constant(1), power(u, 2)]);

const polynomialSteps: readonly Step[] = [
  (a, b) => sum([a, b]),
  (a, b, c) => sum([a, product([constant(-1), b]), c]),
  (a, b) => product([a, b]),
  (a, b, c) => product([constant(-2), a, b, c]),
  a => product([constant(-1), a]),
  a => product([constant(rational.of(-3, 4)), a]),
  (a, b) => sum([b, sum([a, b]), constant(rational.of(1, 2))]),
  (a, b) => product([product([constant(-1), a]), b]),
  a => power(a, 2),
  a => power(a, 3),
  a => power(a, 1),
  a => power(a, 0),
  a => sum([a]),
  a => product([a]),
  a => sum([a, sum([]), product([])]),
];

const rationalSteps: readonly Step[] = [
  ...polynomialSteps,
  (a, b) => quotient(a, onePlusSquare(b)),
  a => power(onePlusSquare(a), -1),
  (a, b) => quotient(sum([product([constant(-1), a]), b]), constant(rational.of(5, 3))),
  (a, b) => quotient(quotient(a, constant(-3)), quotient(onePlusSquare(b), constant(7))),
];

const smoothSteps: readonly Step[] = [
  ...rationalSteps,
  a => call('exp', [quotient(a, onePlusSquare(a))]),
  a => call('log', [onePlusSquare(a)]),
  a => call('sqrt', [onePlusSquare(a)]),
  a => call('sigmoid', [a]),
  a => call('tanh', [a]),
  a => call('normpdf', [a]),
];

const areaStep: Step = a => call('normcdf', [a]);

const branchSteps: readonly Step[] = [
  (a, b) => call('max', [a, b]),
  (a, b, c) => call('select', [a, b, c]),
  (a, b, c) => call('select', [product([constant(-1), a]), c, b]),
];

export const steps = {
  polynomial: polynomialSteps,
  rational: rationalSteps,
  piecewise: [...rationalSteps, ...branchSteps],
  smooth: smoothSteps,
  /** What our parser reads back from the text for mathjs, which says normcdf with erf. */
  readable: [...smoothSteps, ...branchSteps],
  all: [...smoothSteps, areaStep, ...branchSteps],
};

/** An expression of some of these steps, each on earlier results, so that parts are shared. */
export function anExpr(kind: keyof typeof steps, maxLength = 9): fc.Arbitrary<Expr> {
  const choices = steps[kind];
  const aStep = fc.tuple(fc.nat(choices.length - 1), fc.nat(), fc.nat(), fc.nat());
  return fc.array(aStep, { minLength: 1, maxLength }).map(picks => {
    const nodes: Expr[] = [...cells, constant(rational.of(-7, 3)), constant(2)];
    // Late results are picked more often: the expression becomes deep.
    const pick = (k: number) => nodes[Math.max(nodes.length - 1 - (k % 8), k % nodes.length)]!;
    for (const [step, i, j, k] of picks) nodes.push(choices[step]!(pick(i), pick(j), pick(k)));
    return nodes.at(-1)!;
  });
}

/** The value of each cell. */
export type Point<T> = (variable: Variable) => T;

/** Small fractions for each cell, also equal ones, so that ties happen. */
export const aPoint: fc.Arbitrary<Point<Rational>> = fc
  .tuple(...cells.map(() => fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 4 }))))
  .map(fractions => {
    const keys = cells.map(({ tensor, index }) => variableKey(tensor, index));
    return ({ tensor, index }) => {
      const [numerator, denominator] = fractions[keys.indexOf(variableKey(tensor, index))]!;
      return rational.of(numerator, denominator);
    };
  });

export const atFloats =
  (point: Point<Rational>): Point<number> =>
  cell =>
    rational.toNumber(point(cell));

/** |a - b| <= 1e-9 max(1, |a|, |b|): some thousand roundings of 1e-16, and mild cancellation. */
export function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
