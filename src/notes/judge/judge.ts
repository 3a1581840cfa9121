/** The verdict on one equation. */
import type { ReadEquation } from '../formula/equation.js';
import type { Formula } from '../formula/tree.js';
import { betweenVerdict } from './between-verdict.js';
import type { Context } from './context.js';
import { defines } from './definition.js';
import { judgeDifference } from './difference.js';
import { domainText, outsideMessage } from './message.js';
import { ARITHMETIC } from './numeric.js';
import { type Combined, type Outcome, outcomesOf } from './outcome.js';
import { Refusal } from './refusal.js';
import { headKind, ruleOf } from './rule.js';
import { correct, type Judgement, unchecked, wrong } from './verdict.js';

/** Exactly one verdict; names that the equation introduces are added to the context. */
export function judge(equation: ReadEquation, context: Context): Judgement {
  try {
    return judgeOrRefuse(equation, context);
  } catch (error) {
    if (error instanceof Refusal) return unchecked(error.rule, error.message);
    // Trees deeper or larger than the machine can walk are no reason to stop the file.
    if (error instanceof RangeError)
      return unchecked('not-covered', 'it is too deep or too large to be judged');
    throw error;
  }
}

function judgeOrRefuse(equation: ReadEquation, context: Context): Judgement {
  if (equation.relation === 'assign') {
    return unchecked(
      'not-covered',
      'an assignment with an arrow changes a value; it is no equation to be judged',
    );
  }
  const definition = defines(equation, context);
  if (definition) return definition;
  const combined = outcomesOf(equation, context);
  if (combined.kind === 'open') return refused(equation, combined.refusal);
  const { seen } = combined.outcome;
  if (seen.between.size > 0) return betweenVerdict(equation, combined.outcome, context);
  if (combined.kind === 'holds') return holds(equation, combined, context);
  return judgeDifference(equation, combined.outcome, context);
}

function refused({ right }: ReadEquation, { rule, message }: Refusal): Judgement {
  if (rule === 'unknown-name' && isSizeFormula(right)) {
    return unchecked(
      'not-covered',
      `it looks like a formula for the output size, which is not covered; ${message}`,
    );
  }
  return unchecked(rule, message);
}

/** ... / S + 1, rounded down or not. */
function isSizeFormula(formula: Formula): boolean {
  if (formula.kind === 'call') return formula.args.some(isSizeFormula);
  if (formula.kind !== 'sum') return false;
  const parts = formula.terms.map(term => term.formula);
  const divides = parts.some(part => part.kind === 'quotient' || functionOfQuotient(part));
  return divides && parts.some(part => part.kind === 'number' && part.text === '1');
}

function functionOfQuotient(formula: Formula): boolean {
  return formula.kind === 'call' && formula.args.some(arg => arg.kind === 'quotient');
}

function holds(
  equation: ReadEquation,
  { outcome, says }: Extract<Combined, { kind: 'holds' }>,
  context: Context,
): Judgement {
  const rule = ruleOf(equation, outcome);
  const domain = rule === 'numeric-example' ? ARITHMETIC : domainText(context.model);
  if (outcome.seen.outside.size > 0) return holdsOutside(equation, outcome, context);
  const gaps = outcome.gaps.map(({ hidden }) => `the dots stand for ${hidden.length} terms`);
  const notes = [...(says === null ? [] : [says]), ...gaps];
  const message = `it holds ${domain}${notes.length > 0 ? `; ${notes.join('; ')}` : ''}`;
  return correct(rule, domain, message);
}

/** The cells that do not exist drop out of the comparison, but the equation speaks of them. */
function holdsOutside(equation: ReadEquation, outcome: Outcome, context: Context): Judgement {
  const head = headKind(equation.left, outcome.scope);
  const reason = outsideMessage(outcome.seen.outside, context.model);
  if (head === 'outside')
    return wrong(ruleOf(equation, outcome), domainText(context.model), { message: reason, reason });
  return unchecked('not-covered', `${reason}; without it, both sides are equal`);
}
