/** Cells of the zero padding, which some notes number like cells of the input. */
import { constant, type Expr, substitute } from '../../expr/index.js';
import { equalPairs } from './compare.js';
import type { Context } from './context.js';
import type { Outcome } from './outcome.js';

/** Whether both sides are equal once every cell that does not exist is taken as a zero of the padding. */
export function withoutPadding({ pairs, seen }: Outcome, { model }: Context): boolean {
  const { sizes, rank } = model.symbolic.call;
  const padded = Array.from({ length: rank }, (_, k) => k + 1).some(
    k => (sizes[`a${k}`] ?? 0) + (sizes[`b${k}`] ?? 0) > 0,
  );
  if (!padded || seen.outside.size === 0 || pairs.length === 0) return false;
  return equalPairs(pairs.map(([a, b]) => [withZeros(a), withZeros(b)] as const)).every(Boolean);
}

function withZeros(expr: Expr): Expr {
  return substitute(expr, cell => (cell.tensor.startsWith('outside ') ? constant(0) : cell));
}
