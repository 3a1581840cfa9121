/** A tensor of formulas, and their texts. */
import { type Expr, print, type Syntax } from '../expr/index.js';
import type { Cells } from '../index-sum/index.js';
import { OUTPUT } from '../ops/index.js';
import { type Shape, strides } from '../tensor/index.js';
import { bracketNames, type CellNames, cellTexts } from './cell-text.js';
import type { CellFormula, CellFormulas } from './formulas.js';

/** A tensor whose cells are sums of products; texts are built when asked for. */
export interface SymbolicTensor {
  readonly shape: Shape;
  readonly cells: Cells;
  /** What the cells mention besides the inputs, y and yBar. */
  readonly formulas: CellFormulas;
  /** The shape of any tensor that the cells mention: of a stage of the definition too. */
  readonly shapeOf: (tensor: string) => Shape;
  /** One formula per cell, in C order; `nameOf` names the cells of a tensor, by default x[0,1]. */
  texts(nameOf?: CellNames): string[];
}

export function symbolicTensor(
  cells: Cells,
  shapeOf: (tensor: string) => Shape,
  formulas: CellFormulas = {},
): SymbolicTensor {
  const isAlone = cells.blocks.length === 1 && cells.blocks[0]!.tensors.length === 1;
  const texts = (nameOf: CellNames = bracketNames) => {
    const name = (tensor: string, cell: number) => nameOf(tensor, shapeOf(tensor))[cell]!;
    return cellTexts(
      cells,
      shapeOf,
      (tensor, shape) =>
        formulas[tensor]?.map(one => formulaText(one, name, shapeOf, { syntax: 'plain', isAlone })) ??
        nameOf(tensor, shape),
    );
  };
  return { shape: cells.shape, cells, formulas, shapeOf, texts };
}

/** How a formula is written: a sum in parentheses, unless it stands alone. */
export interface FormulaStyle {
  readonly syntax: Exclude<Syntax, 'mathjs'>;
  readonly isAlone: boolean;
}

/** "exp(x[0,1])", "[x[0,1] > 0]", "[y[0,0] = x[0,1]]": something that may stand as a factor. */
export function formulaText(
  formula: CellFormula,
  nameOf: (tensor: string, cell: number) => string,
  shapeOf: (tensor: string) => Shape,
  { syntax, isAlone }: FormulaStyle,
): string {
  if (formula.kind === 'choice')
    return `[${nameOf(OUTPUT, formula.output)} = ${nameOf(formula.tensor, formula.cell)}]`;
  const variable = (tensor: string, index: readonly number[]) => {
    const steps = strides(shapeOf(tensor));
    return nameOf(
      tensor,
      index.reduce((flat, at, axis) => flat + at * steps[axis]!, 0),
    );
  };
  const written = (of: Expr) => print(of, { syntax, variable });
  if (formula.kind === 'positive') return `[${written(formula.of)} > 0]`;
  return formula.of.kind === 'sum' && !isAlone ? `(${written(formula.of)})` : written(formula.of);
}
