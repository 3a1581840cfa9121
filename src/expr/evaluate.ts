/** Values of expressions in any arithmetic. */
import type { Arithmetic } from './arithmetic.js';
import { functionNamed } from './functions.js';
import type { Expr, Variable } from './node.js';
import { postOrder } from './order.js';

/**
 * The value of an expression where `variableValue` gives the variables. Every node is evaluated, also the branch
 * that a `select` does not take.
 * @throws BackproofError whatever the arithmetic throws; float64 throws nothing.
 */
export function evaluate<T>(
  root: Expr,
  arithmetic: Arithmetic<T>,
  variableValue: (variable: Variable) => T,
): T {
  return evaluateAll([root], arithmetic, variableValue)[0]!;
}

/** Like `evaluate` for several expressions; what they share is computed once. */
export function evaluateAll<T>(
  roots: readonly Expr[],
  arithmetic: Arithmetic<T>,
  variableValue: (variable: Variable) => T,
): T[] {
  const values = new Map<Expr, T>();
  const value = (node: Expr): T => values.get(node)!;
  for (const node of postOrder(roots)) {
    values.set(node, node.kind === 'variable' ? variableValue(node) : evaluateNode(node, arithmetic, value));
  }
  return roots.map(value);
}

function evaluateNode<T>(node: Exclude<Expr, Variable>, m: Arithmetic<T>, value: (node: Expr) => T): T {
  switch (node.kind) {
    case 'constant':
      return m.constant(node.value);
    case 'sum':
      return fold(node.terms, 0, m, m.add, value);
    case 'product':
      return fold(node.factors, 1, m, m.multiply, value);
    case 'power':
      return m.power(value(node.base), node.exponent);
    case 'quotient':
      return m.divide(value(node.numerator), value(node.denominator));
    case 'call':
      return functionNamed(node.fn).rule(m, node.args.map(value));
  }
}

/** From left to right, so that rounding is the same wherever an expression is evaluated. */
function fold<T>(
  nodes: readonly Expr[],
  empty: number,
  m: Arithmetic<T>,
  combine: (a: T, b: T) => T,
  value: (node: Expr) => T,
): T {
  const [first, ...rest] = nodes;
  if (first === undefined) return m.constant({ numerator: empty, denominator: 1 });
  return rest.reduce((total, node) => combine(total, value(node)), value(first));
}
