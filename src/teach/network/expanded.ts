/** How large polynomials become, without expanding them. */
import { type Expr, postOrder } from '../../expr/index.js';

/** Monomials of all nodes together, before equal ones are added up; infinite beyond float64. */
export function expandedSize(roots: readonly Expr[]): number {
  const sizes = new Map<Expr, number>();
  let total = 0;
  for (const node of postOrder(roots)) {
    const own = sizeOf(node, child => sizes.get(child)!);
    sizes.set(node, own);
    total += own;
  }
  return total;
}

function sizeOf(node: Expr, size: (node: Expr) => number): number {
  switch (node.kind) {
    case 'sum':
      return node.terms.reduce((sum, term) => sum + size(term), 0);
    case 'product':
      return node.factors.reduce((product, factor) => product * size(factor), 1);
    case 'power':
      return size(node.base) ** Math.abs(node.exponent);
    case 'quotient':
      return size(node.numerator) * size(node.denominator);
    default:
      return 1;
  }
}
