/** A factor that is more than a cell: exp(X_{11}), [X_{12} > 0], 1/6; a real parameter goes by its name. */
import { type CellFormula, formulaText } from '../proof/index.js';
import type { Shape } from '../tensor/index.js';
import type { Factor } from './terms.js';

interface Context {
  /** Names of the cells of the tensors that formulas are made of. */
  readonly nameOf: (tensor: string, cell: number) => Factor;
  readonly shapeOf: (tensor: string) => Shape;
  /** Nothing else stands in the sum. */
  readonly isAlone: boolean;
}

export function formulaFactor(formula: CellFormula, { nameOf, shapeOf, isAlone }: Context): Factor {
  const written = (syntax: 'plain' | 'latex') => {
    const name = (tensor: string, cell: number) => nameOf(tensor, cell)[syntax];
    return formulaText(formula, name, shapeOf, { syntax, isAlone });
  };
  return { plain: written('plain'), latex: written('latex') };
}
