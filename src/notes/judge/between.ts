/** An undeclared quantity between the outputs and the loss: dy/dz_1 dL/dy. */
import { type Expr, product, substitute, variable } from '../../expr/index.js';
import type { Derivative, Formula } from '../formula/tree.js';
import { quantityOf } from './meaning.js';
import { givenOf } from './model.js';
import type { Scope } from './scope.js';

/**
 * The derivative of an undeclared name by an output cell, or of the loss by an undeclared name, as a quantity
 * of its own; null for any other derivative. Whether such a name is allowed at all is decided afterwards.
 */
export function readBetween({ of, by, order }: Derivative, scope: Scope): Expr | null {
  const [only] = by;
  if (of === null || only === undefined || order !== 1) return null;
  const above = unknownKey(of, scope);
  if (above !== null) {
    const below = quantityOf(only, scope);
    if (below === null || below === 'loss' || below.kind !== 'output') return null;
    remember(scope, above, below.cell);
    return byOutput(above, below.cell);
  }
  const below = unknownKey(only, scope);
  if (below === null || quantityOf(of, scope) !== 'loss') return null;
  remember(scope, below, null);
  return lossBy(below);
}

/** dL/dO_k = dy/dO_k dL/dy for every k: the loss sees the outputs through this one name only. */
export function throughName(expr: Expr, key: string): Expr {
  return substitute(expr, cell =>
    givenOf(cell) === 'upstream' ? product([byOutput(key, cell.index[0]!), lossBy(key)]) : cell,
  );
}

function unknownKey(formula: Formula, { names, definitions }: Scope): string | null {
  if (formula.kind !== 'name' || names.meaning(formula).kind !== 'unknown') return null;
  const key = names.key(formula);
  return definitions.has(key) ? null : key;
}

function remember({ seen }: Scope, key: string, output: number | null): void {
  const outputs = seen.between.get(key) ?? new Set<number>();
  if (output !== null) outputs.add(output);
  seen.between.set(key, outputs);
}

const byOutput = (key: string, cell: number) => variable(`by output ${key}`, [cell]);
const lossBy = (key: string) => variable(`loss by ${key}`);
