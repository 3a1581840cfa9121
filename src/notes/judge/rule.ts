/** Which kind of statement an equation makes. */
import type { ReadEquation } from '../formula/equation.js';
import type { Formula } from '../formula/tree.js';
import type { Atom } from './atom.js';
import { constantOf } from './compare.js';
import { quantityOrNull } from './context.js';
import type { Outcome } from './outcome.js';
import type { Rule } from './refusal.js';
import type { Scope } from './scope.js';

/** The kind of the quantity that stands alone on a side, alone or as a whole array; null for an expression. */
export function headKind(formula: Formula, scope: Scope): Atom['kind'] | null {
  const inner = formula.kind === 'matrix' ? (formula.rows[0]?.[0] ?? formula) : formula;
  const quantity = quantityOrNull(inner, scope);
  if (quantity === null || quantity === 'loss') return null;
  return quantity.kind === 'array' ? (quantity.atoms[0]?.kind ?? null) : quantity.kind;
}

export function ruleOf(equation: ReadEquation, { seen, scope, pairs }: Outcome): Rule {
  const numbers = pairs.every(sides => sides.every(side => constantOf(side) !== null));
  if (numbers && pairs.length > 0 && seen.number && !seen.derived) return 'numeric-example';
  const kinds = [equation.left, equation.right, equation.head].map(side => headKind(side, scope));
  const kind = kinds.find(one => one !== null && one !== 'given') ?? kinds.find(one => one !== null) ?? null;
  switch (kind) {
    case 'output':
      return seen.sliding ? 'closed-form' : 'forward';
    case 'local':
      return 'local-gradient';
    case 'gradient':
    case 'outside':
      if (seen.sliding) return 'closed-form';
      return seen.local ? 'chain-rule' : 'gradient';
    case 'given':
    case null:
      return 'identity';
  }
}
