/** Changing nodes of a formula tree by identity. */
import type { Formula } from '../formula/tree.js';

/** The formula with its direct parts changed; itself where nothing changes. */
function withParts(formula: Formula, change: (part: Formula) => Formula): Formula {
  switch (formula.kind) {
    case 'sum':
      return { ...formula, terms: formula.terms.map(term => ({ ...term, formula: change(term.formula) })) };
    case 'product':
      return { ...formula, factors: formula.factors.map(change) };
    case 'quotient':
      return { ...formula, numerator: change(formula.numerator), denominator: change(formula.denominator) };
    case 'negation':
    case 'transpose':
    case 'entry':
      return { ...formula, of: change(formula.of) };
    case 'label':
      return formula.of === null ? formula : { ...formula, of: change(formula.of) };
    case 'matrix':
      return { ...formula, rows: formula.rows.map(row => row.map(change)) };
    case 'call':
      return { ...formula, args: formula.args.map(change) };
    case 'power':
      return { ...formula, base: change(formula.base) };
    default:
      return formula;
  }
}

/** Asks for a replacement of every node, outermost first; what is replaced is not entered. */
export function rewrite(formula: Formula, replacement: (node: Formula) => Formula | null): Formula {
  return replacement(formula) ?? withParts(formula, part => rewrite(part, replacement));
}
