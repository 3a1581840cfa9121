/** Reverse mode: cotangents of outputs pulled back to everything below them, in one sweep over the graph. */
import { BackproofError } from '../error.js';
import type { Expr } from '../expr/index.js';
import { children, postOrder, sum, variableKey } from '../expr/index.js';
import { slopesOf, times, ZERO } from './rules.js';

/** Cotangents after a sweep; the constant 0 for what no output depends on. */
export interface Cotangents {
  /** xBar of a node of the graph; a variable is known by its cell, not by its object. */
  of(node: Expr): Expr;
  /** xBar of a cell. */
  at(tensor: string, index: readonly number[]): Expr;
}

/**
 * The vector-Jacobian product: for scalar outputs y_k with cotangents yBar_k (which are expressions, usually
 * variables or 1), xBar = sum over k of yBar_k dy_k/dx for every node x. Nodes are shared: all cotangents
 * together take a constant factor more nodes than the outputs. Nothing is simplified.
 * @throws BackproofError `cotangent-count` unless there is one cotangent for each output.
 */
export function vjp(outputs: readonly Expr[], cotangents: readonly Expr[]): Cotangents {
  if (outputs.length !== cotangents.length) throw cotangentCount(outputs.length, cotangents.length);
  const contributions = new Map<Expr | string, Expr[]>();
  const contribute = (node: Expr, part: Expr) => {
    const target = targetOf(node);
    const parts = contributions.get(target);
    if (parts) parts.push(part);
    else contributions.set(target, [part]);
  };
  for (const [k, output] of outputs.entries()) contribute(output, cotangents[k]!);
  // Parents come first, so the contributions to a node are complete when it is reached.
  for (const node of postOrder(outputs).reverse()) {
    const parts = contributions.get(node);
    if (parts === undefined) continue;
    const yBar = gathered(parts);
    contributions.set(node, [yBar]);
    const slopes = slopesOf(node);
    for (const [i, child] of children(node).entries()) {
      const slope = slopes[i];
      if (slope !== undefined) contribute(child, times(yBar, slope));
    }
  }
  const totals = new Map<Expr | string, Expr>();
  for (const [target, parts] of contributions) totals.set(target, gathered(parts));
  return {
    of: node => totals.get(targetOf(node)) ?? ZERO,
    at: (tensor, index) => totals.get(variableKey(tensor, index)) ?? ZERO,
  };
}

/** Where contributions are gathered: two objects for the same cell are one variable. */
function targetOf(node: Expr): Expr | string {
  return node.kind === 'variable' ? variableKey(node.tensor, node.index) : node;
}

/** One n-ary sum, so that a node with many parents does not become a chain. */
function gathered(parts: readonly Expr[]): Expr {
  return parts.length === 1 ? parts[0]! : sum(parts);
}

function cotangentCount(expected: number, got: number): BackproofError {
  return new BackproofError({
    code: 'cotangent-count',
    where: 'vjp',
    what: 'the cotangents do not match the outputs',
    expected: `${expected} cotangents, one for each output`,
    got: String(got),
    fix: 'Pass one cotangent for each output.',
    data: { expected, got },
  });
}
