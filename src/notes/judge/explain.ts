/** A wrong equation with its diagnosis. */
import type { ReadEquation } from '../formula/equation.js';
import { latexOf } from '../formula/print.js';
import type { Formula } from '../formula/tree.js';
import { type Atom, exprOfAtom } from './atom.js';
import type { Claim, Diagnosis } from './claim.js';
import { equalExprs } from './compare.js';
import type { Context } from './context.js';
import { diagnose } from './diagnosis.js';
import { explainMatrix } from './matrix-diagnosis.js';
import { diagnosisMessage, outsideMessage } from './message.js';
import { atomOrNull, type Outcome } from './outcome.js';
import { Refusal, type Rule } from './refusal.js';
import type { Scope } from './scope.js';
import type { Scalar } from './value.js';
import { type Judgement, type Mistake, wrong } from './verdict.js';

export function explained(
  equation: ReadEquation,
  outcome: Outcome,
  context: Context,
  rule: Rule,
  domain: string,
): Judgement {
  const found = withoutRefusal(() => mistakeOf(equation, outcome, context));
  if (found) return wrong(rule, domain, found);
  const message = 'the two sides are not equal for all values';
  return wrong(rule, domain, { message: withOutside(message, outcome, context), reason: message });
}

function mistakeOf(equation: ReadEquation, outcome: Outcome, context: Context): Mistake | null {
  const { left, right } = outcome;
  if (left.kind === 'matrix' || right.kind === 'matrix') return explainMatrix(equation, outcome, context);
  const head = equation.origin === 'chain' ? derivedAtom(equation.head, outcome.scope) : null;
  if (head !== null) return chainMistake(head, equation, { left, right }, outcome, context);
  const claim = claimOf(equation, { left, right }, outcome, context);
  const diagnosis = diagnose(claim, outcome.scope);
  if (!diagnosis) return null;
  const swapped = claim.headFormula !== equation.left;
  const [first, second] = swapped ? [diagnosis.side, diagnosis.head] : [diagnosis.head, diagnosis.side];
  const message = withOutside(diagnosisMessage(diagnosis, claim.headFormula), outcome, context);
  return { message, expected: `${latexOf(first)} = ${latexOf(second)}`, ...listsOf(diagnosis) };
}

function listsOf({ missing, extra, slip }: Diagnosis) {
  return { missing: missing.map(latexOf), extra: extra.map(latexOf), slip };
}

interface Values {
  readonly left: Scalar;
  readonly right: Scalar;
}

/** The side that is no single quantity claims something of the other side. */
function claimOf(
  { left, right }: ReadEquation,
  values: Values,
  { scope, gaps }: Outcome,
  context: Context,
): Claim {
  const common = { hidden: gaps.flatMap(gap => gap.hidden), heads: context.facts.heads };
  const [a, b] = [derivedAtom(left, scope), derivedAtom(right, scope)];
  if (a === null && b !== null) {
    return { head: b, headFormula: right, side: left, target: values.right.expr, alone: true, ...common };
  }
  return { head: a, headFormula: left, side: right, target: values.left.expr, alone: a !== null, ...common };
}

function derivedAtom(formula: Formula, scope: Outcome['scope']): Atom | null {
  const atom = atomOrNull(formula, scope);
  return atom?.kind === 'given' || atom?.kind === 'outside' ? null : atom;
}

/** In a = b = c, both b and c claim something of a: the link b = c is wrong where one of them is. */
function chainMistake(
  head: Atom,
  equation: ReadEquation,
  values: Values,
  outcome: Outcome,
  context: Context,
): Mistake | null {
  const { scope, gaps } = outcome;
  const target = exprOfAtom(context.model, head);
  const hidden = gaps.flatMap(gap => gap.hidden);
  const common = {
    head,
    headFormula: equation.head,
    target,
    alone: false,
    hidden,
    heads: context.facts.heads,
  };
  const correction = (side: Formula, value: Scalar) =>
    equalExprs(value.expr, target) ? { side, diagnosis: null } : corrected({ ...common, side }, scope);
  const [left, right] = [correction(equation.left, values.left), correction(equation.right, values.right)];
  const diagnosis = right?.diagnosis ?? left?.diagnosis;
  if (!left || !right || !diagnosis) return null;
  const where = right.diagnosis ? '' : 'the mistake is in the side before it: ';
  const message = withOutside(`${where}${diagnosisMessage(diagnosis, equation.head)}`, outcome, context);
  return { message, expected: `${latexOf(left.side)} = ${latexOf(right.side)}`, ...listsOf(diagnosis) };
}

function corrected(claim: Claim, scope: Scope): { side: Formula; diagnosis: Diagnosis } | null {
  const diagnosis = diagnose(claim, scope);
  return diagnosis && { side: diagnosis.side, diagnosis };
}

function withOutside(message: string, { seen }: Outcome, { model }: Context): string {
  return seen.outside.size > 0 ? `${outsideMessage(seen.outside, model)}; ${message}` : message;
}

export function withoutRefusal<T>(run: () => T | null): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
