/** Two sides that are not equal for all values: wrong, or about something that the setup leaves open. */
import { type Expr, postOrder } from '../../expr/index.js';
import type { ReadEquation } from '../formula/equation.js';
import type { Formula } from '../formula/tree.js';
import { constantOf } from './compare.js';
import { type Context, quantityOrNull } from './context.js';
import { explained, withoutRefusal } from './explain.js';
import { explainMatrix } from './matrix-diagnosis.js';
import { domainText, outsideMessage } from './message.js';
import { type Given, givenOf } from './model.js';
import { numericVerdict, substituted } from './numeric.js';
import type { Outcome } from './outcome.js';
import { withoutPadding } from './padding.js';
import { headKind, ruleOf } from './rule.js';
import type { Seen } from './scope.js';
import { entries } from './value.js';
import { type Judgement, unchecked, wrong } from './verdict.js';

export function judgeDifference(equation: ReadEquation, outcome: Outcome, context: Context): Judgement {
  const open = openReason(equation, outcome, context);
  if (open) return open;
  const { model } = context;
  const [rule, domain] = [ruleOf(equation, outcome), domainText(model)];
  if (outcome.shapes !== null) return shapeVerdict(equation, outcome, context, rule, domain);
  if (headKind(equation.left, outcome.scope) === 'outside') {
    const reason = missingCells(outcome.seen, context);
    return wrong(rule, domain, { message: reason, reason });
  }
  return explained(equation, outcome, context, rule, domain);
}

/** A label with such a word may speak of another setting than the setup's, or call the line a mistake itself. */
const OTHER_SETTING =
  /convol|correl|flip|rotat|mirror|transpos|stride|pad|dilat|valid|full|wrong|mistake|incorrect|naive/i;

/** Why the difference is no mistake, or cannot be called one; null where it is one. */
function openReason(equation: ReadEquation, outcome: Outcome, context: Context): Judgement | null {
  const { seen, pairs } = outcome;
  const constants =
    pairs.length > 0 && pairs.every(([a, b]) => constantOf(a) !== null && constantOf(b) !== null);
  if (constants && !seen.derived) return numericVerdict(equation, outcome);
  if (equation.relation === 'approximate')
    return unchecked('not-covered', 'it holds approximately at most, and is judged exactly');
  const condition = equation.notes.find(
    ({ kind, text }) => kind === 'condition' || (kind === 'label' && OTHER_SETTING.test(text)),
  );
  if (condition)
    return unchecked('not-covered', `it is claimed under a condition: ${condition.text.slice(0, 80)}`);
  const aboutOpen = statesOpenCell(equation, outcome);
  if (aboutOpen) return aboutOpen;
  if (!seen.derived && headOf(equation, outcome) === null) {
    return unchecked('not-covered', 'it relates quantities that the setup leaves open');
  }
  if (withoutPadding(outcome, context)) {
    return unchecked(
      'ambiguous',
      `${missingCells(seen, context)}; the equation holds if they stand for the zeros of the padding`,
    );
  }
  if (seen.juxtaposed) {
    return unchecked('ambiguous', 'it does not say which product of the two arrays is meant');
  }
  if (seen.sliding && !plainParameters(context)) {
    const reason =
      'the product sign does not say whether it has the stride, padding and dilation of the layer';
    return unchecked('not-covered', reason);
  }
  return numbersForCells(equation, outcome, context);
}

function headOf(equation: ReadEquation, outcome: Outcome): string | null {
  const kind = headKind(equation.head, outcome.scope);
  return kind === 'given' ? null : kind;
}

/** X_{11} = ..., dL/dO_{11} = ...: the setup leaves the cell open, unless the other side is one derived quantity. */
function statesOpenCell({ left, right, head }: ReadEquation, { scope }: Outcome): Judgement | null {
  const [a, b] = [headKind(left, scope), headKind(right, scope)];
  const derived = (kind: ReturnType<typeof headKind>) =>
    kind !== null && kind !== 'given' && kind !== 'outside';
  if ((a !== 'given' && b !== 'given') || derived(headKind(head, scope))) return null;
  const [alone, other, kind] = a === 'given' ? [left, right, b] : [right, left, a];
  const upstream = upstreamAlone(alone, scope);
  if (!isAlone(alone, scope) || other.kind === 'derivative') return null;
  if (derived(kind) && !(upstream && kind === 'output')) return null;
  const what = upstream ? 'the gradient of the loss by an output' : 'that cell';
  return unchecked('definition', `it says what ${what} is, which the setup leaves open`);
}

function isAlone(formula: Formula, scope: Outcome['scope']): boolean {
  return formula.kind === 'matrix' || quantityOrNull(formula, scope) !== null;
}

function upstreamAlone(formula: Formula, scope: Outcome['scope']): boolean {
  const quantity = quantityOrNull(formula, scope);
  if (quantity === null || quantity === 'loss') return false;
  const atom = quantity.kind === 'array' ? quantity.atoms[0] : quantity;
  return atom?.kind === 'given' && atom.of === 'upstream';
}

/** Numbers, or the values of a concrete loss, stand where the definition has cells. */
function numbersForCells(equation: ReadEquation, outcome: Outcome, context: Context): Judgement | null {
  const { left, right, seen } = outcome;
  const { facts } = context;
  const [a, b] = [tensorsIn(entries(left)), tensorsIn(entries(right))];
  const lacking = [...new Set([...a, ...b])].filter(given => a.has(given) !== b.has(given));
  if (lacking.length === 0) return null;
  const valued = substituted(outcome, context);
  if (valued) return valued;
  if (lacking.includes('upstream') && facts.lossGiven) {
    return unchecked(
      'not-covered',
      'the notes say what the loss is; the setup takes it as any function of the outputs',
    );
  }
  const isZero = [left, right].some(side => entries(side).every(expr => constantOf(expr)?.numerator === 0));
  // A gradient may well be claimed to be 0; an output that is 0 is an example.
  const claimsZero = isZero && headOf(equation, outcome) !== 'output' && facts.numbers === 0;
  if (!seen.number || claimsZero) return null;
  return unchecked(
    'numeric-example',
    'it holds numbers in the place of cells, and no equation says which cell has which value',
  );
}

function tensorsIn(exprs: readonly Expr[]): ReadonlySet<Given> {
  const found = new Set<Given>();
  for (const node of postOrder(exprs)) {
    const given = node.kind === 'variable' ? givenOf(node) : null;
    if (given !== null) found.add(given);
  }
  return found;
}

function plainParameters({ model }: Context): boolean {
  const { sizes, rank } = model.symbolic.call;
  const axes = Array.from({ length: rank }, (_, k) => k + 1);
  return axes.every(k => {
    const [s, d, a, b] = ['s', 'd', 'a', 'b'].map(letter => sizes[`${letter}${k}`]);
    return (s ?? 1) === 1 && (d ?? 1) === 1 && (a ?? 0) === 0 && (b ?? 0) === 0;
  });
}

function missingCells({ outside }: Seen, { model }: Context): string {
  return outsideMessage(outside, model);
}

function shapeVerdict(
  equation: ReadEquation,
  outcome: Outcome,
  context: Context,
  rule: Judgement['rule'],
  domain: string,
): Judgement {
  const reason = `the shapes of the two sides differ: ${outcome.shapes}`;
  const found = withoutRefusal(() => explainMatrix(equation, outcome, context));
  return wrong(rule, domain, { ...found, message: found ? `${reason}; ${found.message}` : reason, reason });
}
