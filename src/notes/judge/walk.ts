/** Going through a formula tree, and changing nodes of it by identity. */
import type { Formula } from '../formula/tree.js';

/** The formulas directly inside, in the order written; indices and superscripts are part of a name. */
function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'number':
    case 'name':
    case 'ellipsis':
    case 'slice':
      return [];
    case 'derivative':
      return formula.of === null ? formula.by : [formula.of, ...formula.by];
    case 'differential':
    case 'label':
      return formula.of === null ? [] : [formula.of];
    case 'sum':
      return formula.terms.map(term => term.formula);
    case 'product':
      return formula.factors;
    case 'quotient':
      return [formula.numerator, formula.denominator];
    case 'power':
      return [formula.base, formula.exponent];
    case 'negation':
    case 'transpose':
    case 'entry':
      return [formula.of];
    case 'matrix':
      return formula.rows.flat();
    case 'list':
      return formula.items;
    case 'call':
      return formula.args;
    case 'big':
      return [formula.body];
    case 'cases':
      return formula.rows.map(row => row.value);
    case 'comparison':
      return formula.sides;
  }
}

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

/** Every node, outermost first. */
export function* nodesOf(formula: Formula): Generator<Formula> {
  yield formula;
  for (const part of partsOf(formula)) yield* nodesOf(part);
}
