/** Going through a formula tree. */
import type { Formula } from './tree.js';

/** The formula and everything inside, outermost first, in the order written; without recursion, as trees may be deep. */
export function* nodesOf(formula: Formula): Generator<Formula> {
  const open: Formula[] = [formula];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...partsOf(node).toReversed());
  }
}

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
      return [formula.body, ...formula.conditions];
    case 'cases':
      return formula.rows.flatMap(row => [row.value, ...row.conditions]);
    case 'comparison':
      return formula.sides;
  }
}
