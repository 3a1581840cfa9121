/** Forward mode: tangents of variables pushed to the outputs, in one sweep over the graph. */
import type { Expr, Variable } from '../expr/index.js';
import { children, postOrder, sum } from '../expr/index.js';
import { slopesOf, times, ZERO } from './rules.js';

/**
 * The Jacobian-vector product: yDot = sum over variables x of dy/dx xDot for each output y. `tangentOf` gives
 * xDot, or undefined for 0. Tangents are shared among the outputs; nothing is simplified.
 */
export function jvp(outputs: readonly Expr[], tangentOf: (variable: Variable) => Expr | undefined): Expr[] {
  const tangents = new Map<Expr, Expr>();
  for (const node of postOrder(outputs)) {
    const yDot = node.kind === 'variable' ? tangentOf(node) : pushed(node, tangents);
    if (yDot !== undefined) tangents.set(node, yDot);
  }
  return outputs.map(output => tangents.get(output) ?? ZERO);
}

function pushed(node: Expr, tangents: ReadonlyMap<Expr, Expr>): Expr | undefined {
  const below = children(node);
  if (!below.some(child => tangents.has(child))) return undefined;
  const slopes = slopesOf(node);
  const parts = below.flatMap((child, i) => {
    const xDot = tangents.get(child);
    return xDot && slopes[i] ? [times(slopes[i], xDot)] : [];
  });
  return parts.length > 1 ? sum(parts) : parts[0];
}
