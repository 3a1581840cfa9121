/** Visiting orders of expression graphs, without recursion: depth is bounded by memory only. */
import type { Expr } from './node.js';
import { children } from './node.js';

/** Every node below the roots once, each after its subexpressions; left before right. */
export function postOrder(roots: readonly Expr[]): Expr[] {
  const order: Expr[] = [];
  const entered = new Set<Expr>();
  const path: { readonly node: Expr; readonly below: readonly Expr[]; next: number }[] = [];
  const enter = (node: Expr) => {
    if (entered.has(node)) return;
    entered.add(node);
    const below = children(node);
    if (below.length === 0) order.push(node);
    else path.push({ node, below, next: 0 });
  };
  for (const root of roots) {
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const child = top.below[top.next++];
      if (child !== undefined) enter(child);
      else order.push(path.pop()!.node);
    }
  }
  return order;
}

/** How often each node is used: once per place in a parent, and once per place among the roots. */
export function countUses(roots: readonly Expr[], order: readonly Expr[]): ReadonlyMap<Expr, number> {
  const uses = new Map<Expr, number>();
  const use = (node: Expr) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const root of roots) use(root);
  for (const node of order) {
    for (const child of children(node)) use(child);
  }
  return uses;
}
