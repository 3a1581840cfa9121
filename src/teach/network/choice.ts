/** Maxima as sums of choices, so that their derivatives name the cell that was taken. */
import { type Expr, maximum, product, sum, variable } from '../../expr/index.js';
import { type Algebra, expressionAlgebra } from '../../index-sum/index.js';

/** 1 where a maximum takes one of its cells (the first of equal ones), else 0. */
export interface Choice {
  /** The sum that stands for the maximum. */
  readonly node: Expr;
  readonly of: readonly Expr[];
  readonly taken: Expr;
}

/** Choice k is the cell [k] of a tensor of this name; no tensor of a network is called so. */
export const CHOICE = 'choice of';

/** The maximum of a and b as a*[max = a] + b*[max = b], the brackets being numbers that do not change. */
export function choosingAlgebra(choices: Choice[]): Algebra<Expr> {
  return {
    ...expressionAlgebra,
    maximum(values) {
      if (values.length === 1) return values[0]!;
      const first = choices.length;
      const node = sum(values.map((value, k) => product([value, variable(CHOICE, [first + k])])));
      choices.push(...values.map(taken => ({ node, of: values, taken })));
      return node;
    },
  };
}

/** What a choice is among: a cell of an output by its name, else the maximum itself. */
export const chosenAmong = ({ node, of }: Choice, outputs: ReadonlyMap<Expr, Expr>): Expr =>
  outputs.get(node) ?? maximum(of);
