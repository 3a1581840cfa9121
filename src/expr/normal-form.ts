/** Polynomial and rational expressions in normal form, so that equality for all values is decidable. */
import { BackproofError } from '../error.js';
import type { Integer, MonomialTable } from '../exact/index.js';
import {
  constantFraction,
  divideFractions,
  type Fraction,
  multiplyFractions,
  powerFraction,
  variableFraction,
} from './fraction.js';
import { type Addend, addFractions } from './fraction-sum.js';
import type { Call, Expr } from './node.js';
import { countUses, postOrder } from './order.js';

/** A natural number below 2^25 for each variable, different for different cells. */
export type VariableId = (tensor: string, index: readonly number[]) => number;

/**
 * The expression as a quotient of integer polynomials; numerical denominators go to the denominator. Shared
 * parts are expanded once. Compare the results of one table by `equalFractions`.
 * @throws BackproofError `not-polynomial` for named functions, `division-by-zero` for a divisor that is
 * identically 0, `expression-too-large`.
 */
export function toFraction(root: Expr, table: MonomialTable, variableId: VariableId): Fraction {
  return toFractions([root], table, variableId)[0]!;
}

/** Like `toFraction` for several expressions; what they share is expanded once. */
export function toFractions(
  roots: readonly Expr[],
  table: MonomialTable,
  variableId: VariableId,
): readonly Fraction[] {
  const order = postOrder(roots);
  const uses = countUses(roots, order);
  const fractions = new Map<Expr, Fraction>();
  const spare = new Map<Expr, Map<number, Integer>>();
  const fraction = (node: Expr): Fraction => fractions.get(node)!;
  const addend = (node: Expr): Addend => ({ fraction: fraction(node), spare: spare.get(node) });

  const expand = (node: Expr): Fraction => {
    switch (node.kind) {
      case 'constant':
        return constantFraction(node.value);
      case 'variable':
        return variableFraction(table.variable(variableId(node.tensor, node.index)));
      case 'sum': {
        const total = addFractions(node.terms.map(addend), table);
        // A numerator that only one parent reads is that parent's to extend: a chain of sums stays linear.
        if (uses.get(node) === 1) spare.set(node, total.numerator);
        return total;
      }
      case 'product':
        return multiplyFractions(node.factors.map(fraction), table);
      case 'power':
        return powerFraction(fraction(node.base), node.exponent, table);
      case 'quotient':
        return divideFractions(fraction(node.numerator), fraction(node.denominator), table);
      case 'call':
        throw notPolynomial(node);
    }
  };
  for (const node of order) fractions.set(node, expand(node));
  return roots.map(fraction);
}

function notPolynomial({ fn }: Call): BackproofError {
  return new BackproofError({
    code: 'not-polynomial',
    where: 'normal form',
    what: `${fn} has no polynomial normal form`,
    expected: 'sums, products, quotients and integer powers',
    got: fn,
    fix: 'Replace the call by a variable first, or check at sampled points.',
    data: { function: fn },
  });
}
