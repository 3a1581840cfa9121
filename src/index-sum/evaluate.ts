/**
 * A program's cells in any algebra: float64 and exact numbers (the slow reference loop), or expressions
 * (O11 = X11 F11 + X12 F12 + ...). One walk serves them all.
 */
import { BackproofError } from '../error.js';
import { type Rational, rational } from '../exact/index.js';
import {
  type Arithmetic,
  constant,
  type Expr,
  evaluate,
  exact,
  float64,
  maximum,
  product,
  substitute,
  sum,
  variableInterner,
} from '../expr/index.js';
import { type Shape, size, unravel } from '../tensor/index.js';
import { parameterPolynomial, type Values } from './affine.js';
import { outputStage, type PointwiseStage, type Program, type Stage, termsOf } from './program.js';
import type { Term } from './term.js';
import { walkTerm } from './walk.js';

/** A tensor of values of any kind, in C order. */
export interface Valued<T> {
  readonly shape: Shape;
  readonly values: readonly T[];
}

/** What a program needs from its values. */
export interface Algebra<T> {
  readonly constant: (value: Rational) => T;
  readonly sum: (terms: readonly T[]) => T;
  readonly product: (factors: readonly T[]) => T;
  /** Of at least one value; ties go to the first. */
  readonly maximum: (values: readonly T[]) => T;
  readonly formula: (formula: Expr, values: readonly T[]) => T;
}

/**
 * The output of a program. Terms that read an input that is not given vanish (an optional bias).
 * @param parameters values of the program's sizes and parameters
 * @throws BackproofError `empty-maximum`, and what `walkTerm` and the algebra throw.
 */
export function evaluateProgram<T>(
  program: Program,
  parameters: Values,
  inputs: ReadonlyMap<string, Valued<T>>,
  algebra: Algebra<T>,
): Valued<T> {
  const known = new Map(inputs);
  for (const stage of program.stages) known.set(stage.name, evaluateStage(stage, parameters, known, algebra));
  return known.get(outputStage(program).name)!;
}

/** Every output cell as an expression over variables named by the inputs. */
export function cellExpressions(
  program: Program,
  parameters: Values,
  shapes: Readonly<Record<string, Shape>>,
): Valued<Expr> {
  const variable = variableInterner();
  const inputs = Object.entries(shapes).map(([name, shape]) => {
    const values = Array.from({ length: size(shape) }, (_, cell) => variable(name, unravel(shape, cell)));
    return [name, { shape, values }] as const;
  });
  return evaluateProgram<Expr>(program, parameters, new Map(inputs), expressionAlgebra);
}

/** Cells as expressions. */
export const expressionAlgebra: Algebra<Expr> = {
  constant,
  sum: terms => (terms.length === 1 ? terms[0]! : sum(terms)),
  product: factors => (factors.length === 1 ? factors[0]! : product(factors)),
  maximum,
  formula: (formula, values) => substitute(formula, variable => values[variable.index[0]!]!),
};

/** Numbers, in any arithmetic. */
export function numericAlgebra<T>(arithmetic: Arithmetic<T>): Algebra<T> {
  const fold = (values: readonly T[], empty: Rational, combine: (a: T, b: T) => T) =>
    values.length === 0 ? arithmetic.constant(empty) : values.reduce((a, b) => combine(a, b));
  return {
    constant: value => arithmetic.constant(value),
    sum: terms => fold(terms, rational.ZERO, (a, b) => arithmetic.add(a, b)),
    product: factors => fold(factors, rational.ONE, (a, b) => arithmetic.multiply(a, b)),
    maximum: values => values.reduce((a, b) => arithmetic.max(a, b)),
    formula: (formula, values) => evaluate(formula, arithmetic, variable => values[variable.index[0]!]!),
  };
}

/** Float64, summing in the order of the definition. */
export const float64Algebra: Algebra<number> = numericAlgebra(float64);

export const exactAlgebra: Algebra<Rational> = numericAlgebra(exact);

function evaluateStage<T>(
  stage: Stage,
  parameters: Values,
  known: ReadonlyMap<string, Valued<T>>,
  algebra: Algebra<T>,
): Valued<T> {
  const shape = stage.free.map(range => Math.max(0, parameterPolynomial(range.extent, parameters)));
  if (stage.kind === 'reciprocal') {
    const value = algebra.constant(rational.of(1, parameterPolynomial(stage.of, parameters)));
    return { shape, values: new Array<T>(size(shape)).fill(value) };
  }
  if (stage.kind === 'pointwise') return pointwise(stage, shape, parameters, known, algebra);
  const parts: T[][] = Array.from({ length: size(shape) }, () => []);
  for (const term of termsOf(stage)) gather(term, stage, parameters, known, algebra, parts);
  const values = parts.map((cell, flat) => {
    if (stage.kind === 'sum') return algebra.sum(cell);
    if (cell.length === 0) throw emptyMaximum(stage.name, unravel(shape, flat));
    return algebra.maximum(cell);
  });
  return { shape, values };
}

function gather<T>(
  term: Term,
  stage: Stage,
  parameters: Values,
  known: ReadonlyMap<string, Valued<T>>,
  algebra: Algebra<T>,
  parts: T[][],
): void {
  const tensors = term.atoms.map(atom => known.get(atom.tensor));
  if (tensors.some(tensor => tensor === undefined)) return;
  const coefficient = term.coefficient === 1 ? [] : [algebra.constant(rational.of(term.coefficient))];
  const shapeOf = (name: string) => known.get(name)!.shape;
  walkTerm(term, stage.free, parameters, shapeOf, (output, atoms) => {
    const factors = tensors.map((tensor, k) => tensor!.values[atoms[k]!]!);
    parts[output]!.push(algebra.product([...coefficient, ...factors]));
  });
}

function pointwise<T>(
  stage: PointwiseStage,
  shape: Shape,
  parameters: Values,
  known: ReadonlyMap<string, Valued<T>>,
  algebra: Algebra<T>,
): Valued<T> {
  const columns = stage.arguments.map(atom => {
    const column = new Array<T>(size(shape));
    const term = { coefficient: 1, bound: [], guards: [], atoms: [atom] };
    walkTerm(
      term,
      stage.free,
      parameters,
      name => known.get(name)!.shape,
      (output, atoms) => {
        column[output] = known.get(atom.tensor)!.values[atoms[0]!]!;
      },
    );
    return column;
  });
  const values = Array.from({ length: size(shape) }, (_, cell) =>
    algebra.formula(
      stage.formula,
      columns.map(column => column[cell]!),
    ),
  );
  return { shape, values };
}

function emptyMaximum(stage: string, cell: readonly number[]): BackproofError {
  return new BackproofError({
    code: 'empty-maximum',
    where: `definition, stage ${stage}, cell [${cell.join(', ')}]`,
    what: 'a maximum is taken over nothing',
    expected: 'at least one position inside the guards',
    got: 'none',
    fix: 'Refuse such shapes in the size rule (a window that sees padding only).',
    data: { stage, cell },
  });
}
