/** Another expression in the place of every variable. */
import type { Expr, Variable } from './node.js';
import { call, children, power, product, quotient, sum } from './node.js';
import { postOrder } from './order.js';

/** The expression with each variable replaced; shared parts stay shared. */
export function substitute(root: Expr, replacement: (variable: Variable) => Expr): Expr {
  return rebuildAll([root], node => (node.kind === 'variable' ? replacement(node) : node))[0]!;
}

/**
 * The expressions from the leaves up: `rule` gives what stands for a node whose parts are already done. Shared parts
 * stay shared, also among the roots.
 */
export function rebuildAll(roots: readonly Expr[], rule: (node: Expr, original: Expr) => Expr): Expr[] {
  const rebuilt = new Map<Expr, Expr>();
  for (const node of postOrder(roots)) {
    const parts = children(node).map(child => rebuilt.get(child)!);
    const same = children(node).every((child, k) => child === parts[k]);
    rebuilt.set(node, rule(node.kind === 'variable' || same ? node : rebuild(node, parts), node));
  }
  return roots.map(root => rebuilt.get(root)!);
}

function rebuild(node: Exclude<Expr, Variable>, parts: readonly Expr[]): Expr {
  switch (node.kind) {
    case 'constant':
      return node;
    case 'sum':
      return sum(parts);
    case 'product':
      return product(parts);
    case 'power':
      return power(parts[0]!, node.exponent);
    case 'quotient':
      return quotient(parts[0]!, parts[1]!);
    case 'call':
      return call(node.fn, parts);
  }
}
