/** A factor that is more than a cell: exp(X_{11}), [X_{12} > 0], 1/6; a real parameter goes by its name. */
import { type Resolved, tensorShape } from '../ops/index.js';
import { type CellFormula, formulaText } from '../proof/index.js';
import { latexName } from './names.js';
import type { Factor } from './terms.js';

interface Context {
  /** Names of the cells of the tensors that formulas are made of. */
  readonly factors: Readonly<Record<string, readonly Factor[]>>;
  readonly call: Resolved;
  /** Nothing else stands in the sum. */
  readonly isAlone: boolean;
}

export function formulaFactor(formula: CellFormula, { factors, call, isAlone }: Context): Factor {
  const shapeOf = (name: string) => (name in factors ? tensorShape(call, name) : []);
  const written = (syntax: 'plain' | 'latex') => {
    const name = (of: string, cell: number) =>
      factors[of]?.[cell]?.[syntax] ?? (syntax === 'plain' ? of : latexName(of));
    return formulaText(formula, name, shapeOf, { syntax, isAlone });
  };
  return { plain: written('plain'), latex: written('latex') };
}
