/**
 * How far a float64 evaluation may be from the exact value, to first order: every node of the expression slips by a few
 * units of its own size, and what a slip does to the result is the derivative of the result by that node. Inputs count
 * as nodes, so that another order of the same steps is covered; the factor 4 covers the second order, and functions.
 */
import { vjp } from '../../src/autodiff/index.js';
import { constant, type Expr, evaluateAll, float64, postOrder, type Variable } from '../../src/expr/index.js';

const UNIT = 2 ** -53;

export function roundingBound(result: Expr, value: (variable: Variable) => number): number {
  const nodes = postOrder([result]);
  const slopes = vjp([result], [constant(1)]);
  const values = evaluateAll(nodes, float64, value);
  const derivatives = evaluateAll(
    nodes.map(node => slopes.of(node)),
    float64,
    value,
  );
  const slips = nodes.map(
    (node, k) => Math.abs(values[k]! * derivatives[k]!) * (node.kind === 'call' ? 4 : slipsOf(node)),
  );
  return 4 * UNIT * slips.reduce((sum, slip) => sum + slip, 0) + Number.MIN_VALUE;
}

/** A sum of n terms, in whatever order, rounds n - 1 times. */
function slipsOf(node: Expr): number {
  if (node.kind === 'sum') return Math.max(1, node.terms.length - 1);
  if (node.kind === 'product') return Math.max(1, node.factors.length - 1);
  return node.kind === 'power' ? Math.abs(node.exponent) : 1;
}
