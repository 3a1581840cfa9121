/**
 * What the opaque tensors of a question are at one shape: a formula, or a choice, for each of their cells. What a stage
 * defines goes by the stage's name.
 */
import { rational } from '../exact/index.js';
import {
  call as called,
  constant,
  type Expr,
  product,
  quotient,
  simplifyAll,
  variable,
} from '../expr/index.js';
import {
  evaluateProgram,
  expressionAlgebra,
  parameterPolynomial,
  type Term,
  type Valued,
  type Values,
  walkTerm,
} from '../index-sum/index.js';
import { type Shape, size, unravel } from '../tensor/index.js';
import type { OpaqueFunction } from './statement/draft.js';
import { termsFrom } from './statement/opaque.js';
import type { Question } from './statement/question.js';

/** A cell that is more than a variable: a function of other cells, or 1 where a maximum takes a cell and else 0. */
export type CellFormula =
  | { readonly kind: 'expression'; readonly of: Expr }
  /** 1 where it is above 0, else 0. */
  | { readonly kind: 'positive'; readonly of: Expr }
  | { readonly kind: 'choice'; readonly output: number; readonly tensor: string; readonly cell: number };

/** By tensor, in C order, over the inputs and the output. */
export type CellFormulas = Readonly<Record<string, readonly CellFormula[]>>;

export function formulasAt(
  question: Question,
  shapeOf: (tensor: string) => Shape,
  values: Values,
): CellFormulas {
  const { draft } = question;
  const { expressions, argumentOf } = expressionsOf(question, shapeOf, values);
  const functions = [...draft.opaques].flatMap(([name, { isStage }]) => (isStage ? [] : [name]));
  functions.push(...draft.units.keys());
  const formulas = (name: string): CellFormula[] => {
    const opaque = draft.opaques.get(name);
    if (opaque?.fn !== 'positive')
      return simplifyAll(expressions(name).values).map(of => ({ kind: 'expression', of }));
    return simplifyAll(argumentOf(name).values).map(of => ({ kind: 'positive', of }));
  };
  const choices = [...draft.maxima.values()].map(({ free, term, selection }) => {
    const cells = choiceCells([...free, ...term.bound], free.length, term, values, shapeOf);
    return [selection, cells] as const;
  });
  return {
    ...Object.fromEntries(functions.map(name => [name, formulas(name)])),
    ...Object.fromEntries(choices),
  };
}

/** The cells of any tensor of the draft as expressions, and what an opaque function is a function of. */
function expressionsOf({ draft }: Question, shapeOf: (tensor: string) => Shape, values: Values) {
  const known = new Map<string, Valued<Expr>>();
  const expressions = (tensor: string): Valued<Expr> => {
    const found = known.get(tensor) ?? made(tensor);
    known.set(tensor, found);
    return found;
  };
  const argumentOf = (name: string): Valued<Expr> => {
    const { free, of } = draft.opaques.get(name)!;
    const terms = termsFrom(of);
    for (const { tensor } of terms.flatMap(term => term.atoms)) expressions(tensor);
    const stages = [{ kind: 'sum' as const, name, free, terms }];
    return evaluateProgram(
      { inputs: new Map(), parameters: new Set(), stages },
      values,
      known,
      expressionAlgebra,
    );
  };
  const made = (tensor: string): Valued<Expr> => {
    const count = draft.units.get(tensor);
    if (count) {
      const value = rational.of(1, parameterPolynomial(count, values));
      return { shape: [], values: [constant(value)] };
    }
    const opaque = draft.opaques.get(tensor);
    if (opaque && !opaque.isStage) {
      const { shape, values: inner } = argumentOf(tensor);
      return { shape, values: inner.map(one => FUNCTIONS[opaque.fn](one)) };
    }
    const shape = shapeOf(tensor);
    return {
      shape,
      values: Array.from({ length: size(shape) }, (_, cell) => variable(tensor, unravel(shape, cell))),
    };
  };
  return { expressions, argumentOf };
}

const FUNCTIONS: Readonly<Record<OpaqueFunction, (of: Expr) => Expr>> = {
  exp: of => called('exp', [of]),
  log: of => called('log', [of]),
  sqrt: of => called('sqrt', [of]),
  tanh: of => called('tanh', [of]),
  normcdf: of => called('normcdf', [of]),
  normpdf: of => called('normpdf', [of]),
  reciprocal: of => quotient(constant(1), of),
  positive: of => called('select', [product([constant(-1), of]), constant(0), constant(1)]),
};

/** For each cell of a selection the output cell whose window it is of, and the cell that it would take. */
function choiceCells(
  ranges: Parameters<typeof walkTerm>[1],
  outer: number,
  term: Term,
  values: Values,
  shapeOf: (tensor: string) => Shape,
): CellFormula[] {
  const shape = ranges.map(({ extent }) => Math.max(0, parameterPolynomial(extent, values)));
  const window = size(shape.slice(outer));
  const { tensor } = term.atoms[0]!;
  const none: CellFormula = { kind: 'expression', of: constant(0) };
  const cells = new Array<CellFormula>(size(shape)).fill(none);
  walkTerm({ ...term, bound: [] }, ranges, values, shapeOf, (cell, atoms) => {
    cells[cell] = { kind: 'choice', output: Math.floor(cell / window), tensor, cell: atoms[0]! };
  });
  return cells;
}
