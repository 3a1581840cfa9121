/** What is wrong with an equation between matrices: entry by entry, or in the operands of a sliding product. */
import type { ReadEquation } from '../formula/equation.js';
import { latexOf } from '../formula/print.js';
import type { Formula } from '../formula/tree.js';
import { type AtomArray, exprOfAtom } from './atom.js';
import type { Diagnosis } from './claim.js';
import { type Context, quantityOrNull } from './context.js';
import { diagnose } from './diagnosis.js';
import { injected, projected } from './entrywise.js';
import { equalSides } from './equal-sides.js';
import { mannerOf } from './manner.js';
import { diagnosisMessage } from './message.js';
import { byOperands } from './operands.js';
import { atomOrNull, type Outcome } from './outcome.js';
import type { Scope } from './scope.js';
import type { Mistake } from './verdict.js';
import { atomFormula, type Writer } from './write.js';

export function explainMatrix(equation: ReadEquation, outcome: Outcome, context: Context): Mistake | null {
  const { scope } = outcome;
  const writer: Writer = { model: context.model, manner: mannerOf([equation.left, equation.right], scope) };
  return byOperands(equation, outcome, writer) ?? byEntries(equation, outcome, context, writer);
}

interface Sides {
  readonly left: Formula;
  readonly right: Formula;
}

/** Entry after entry until both sides agree; an entry is an equation between numbers. */
function byEntries(
  { left, right }: ReadEquation,
  outcome: Outcome,
  context: Context,
  writer: Writer,
): Mistake | null {
  if (outcome.seen.sliding || outcome.left.kind === 'scalar' || outcome.right.kind === 'scalar') return null;
  const columns = outcome.left.rows[0]?.length ?? 1;
  const found: { diagnosis: Diagnosis; head: Formula; place: string }[] = [];
  let sides: Sides = { left, right };
  for (let k = 0; k < outcome.pairs.length; k++) {
    const [i, j] = [Math.floor(k / columns), k % columns];
    const step = entryStep(sides, i, j, outcome.scope, context, writer);
    if (step === 'right') continue;
    if (step === null) return null;
    sides = step.sides;
    found.push({ diagnosis: step.diagnosis, head: step.head, place: `row ${i + 1}, column ${j + 1}` });
  }
  const [first] = found;
  if (!first || !equalSides(sides.left, sides.right, outcome.scope)) return null;
  const slips = new Set(found.map(({ diagnosis }) => diagnosis.slip));
  return {
    message: `${first.place}: ${diagnosisMessage(first.diagnosis, first.head)}${found.length > 1 ? `; ${found.length - 1} more entries are wrong` : ''}`,
    expected: `${latexOf(sides.left)} = ${latexOf(sides.right)}`,
    missing: found.flatMap(({ diagnosis }) => diagnosis.missing.map(latexOf)),
    extra: found.flatMap(({ diagnosis }) => diagnosis.extra.map(latexOf)),
    slip: slips.size === 1 ? first.diagnosis.slip : null,
  };
}

interface Step {
  readonly sides: Sides;
  readonly diagnosis: Diagnosis;
  readonly head: Formula;
}

/** Corrects one entry on the side that claims something. */
function entryStep(
  sides: Sides,
  i: number,
  j: number,
  scope: Scope,
  context: Context,
  writer: Writer,
): Step | 'right' | null {
  const isHead = (side: Formula) => side.kind === 'matrix' || arrayOf(side, scope) !== null;
  const headLeft = isHead(sides.left) || !isHead(sides.right);
  const [headSide, side] = headLeft ? [sides.left, sides.right] : [sides.right, sides.left];
  const headFormula = arrayEntry(headSide, i, j, scope, writer) ?? projected(headSide, i, j, scope);
  const entry = projected(side, i, j, scope);
  if (headFormula === null || entry === null) return null;
  if (equalSides(headFormula, entry, scope)) return 'right';
  const head = atomOrNull(headFormula, scope);
  if (head === null) return null;
  const target = exprOfAtom(scope.model, head);
  const claim = {
    head,
    headFormula,
    side: entry,
    target,
    alone: headSide.kind === 'matrix',
    hidden: [],
    heads: context.facts.heads,
  };
  const diagnosis = diagnose(claim, scope);
  if (diagnosis === null) return null;
  const newHead = diagnosis.kind === 'left-side' ? injected(headSide, diagnosis.head, i, j, scope) : headSide;
  const newSide = diagnosis.kind === 'left-side' ? side : injected(side, diagnosis.side, i, j, scope);
  if (newHead === null || newSide === null) return null;
  const corrected = headLeft ? { left: newHead, right: newSide } : { left: newSide, right: newHead };
  return { sides: corrected, diagnosis, head: headFormula };
}

function arrayOf(formula: Formula, scope: Scope): AtomArray | null {
  const quantity = quantityOrNull(formula, scope);
  return quantity !== null && quantity !== 'loss' && quantity.kind === 'array' ? quantity : null;
}

function arrayEntry(formula: Formula, i: number, j: number, scope: Scope, writer: Writer): Formula | null {
  const array = arrayOf(formula, scope);
  if (array === null) return null;
  const atom = array.atoms[i * (array.shape.at(-1) ?? 1) + j];
  return atom ? atomFormula(writer, atom) : null;
}
