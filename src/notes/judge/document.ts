/** Judges the equations of a document, each under the setups in force where it stands. */
import type { Equation, ReadEquation } from '../formula/equation.js';
import type { Setup, Standing } from '../setup/index.js';
import { type Context, newContext } from './context.js';
import { judge } from './judge.js';
import { modelOf } from './model.js';
import { namesOf } from './names.js';
import { Refusal } from './refusal.js';
import { type Judgement, unchecked } from './verdict.js';

export interface Judged {
  readonly judgement: Judgement;
  /** The setup that decided; null where none is in force. */
  readonly setup: number | null;
}

/** One result after the other for each equation; null for those left out. `directive` is a line that would declare a setup. */
export function* judgeEquations(
  equations: readonly Equation[],
  setups: readonly Setup[],
  standings: readonly Standing[],
  directive: string,
): Generator<Judged | null> {
  const underSetup = setups.map((_, k) =>
    equations.filter((equation, n): equation is ReadEquation => {
      const standing = standings[n];
      return equation.kind === 'read' && standing?.kind === 'in-force' && standing.setups.includes(k);
    }),
  );
  const contexts = setups.map((setup, k) => {
    const model = modelOf(setup);
    return model instanceof Refusal ? model : newContext(model, namesOf(setup), underSetup[k]!);
  });
  for (const [n, equation] of equations.entries())
    yield judgedUnder(equation, standings[n]!, contexts, directive);
}

function judgedUnder(
  equation: Equation,
  standing: Standing,
  contexts: readonly (Context | Refusal)[],
  directive: string,
): Judged | null {
  if (standing.kind === 'ignored') return null;
  if (equation.kind === 'unread') {
    const { reason } = equation.failure;
    return { judgement: unchecked('unreadable', reason), setup: null };
  }
  if (standing.kind === 'none') {
    const reason = `${standing.reason}; say what the names mean in a line such as ${directive}`;
    return { judgement: unchecked('not-covered', reason), setup: null };
  }
  const results = standing.setups.map((setup): Judged => {
    const context = contexts[setup]!;
    const judgement =
      context instanceof Refusal ? unchecked(context.rule, context.message) : judge(equation, context);
    return { judgement, setup };
  });
  if (results.length === 0) {
    const operators = standing.notCovered.join(', ');
    return {
      judgement: unchecked('not-covered', `hand derivations of ${operators} are not covered yet`),
      setup: null,
    };
  }
  return decided(results);
}

/** Several setups: the one that knows the names decides; two that call it wrong may both miss half of the paths. */
function decided(results: readonly Judged[]): Judged {
  const of = (verdict: Judgement['verdict']) =>
    results.filter(({ judgement }) => judgement.verdict === verdict);
  const [correct] = of('correct');
  if (correct) return correct;
  const [first, ...others] = of('wrong');
  const open = of('unchecked');
  const strangers = open.every(
    ({ judgement }) => judgement.rule === 'unknown-name' || judgement.rule === 'definition',
  );
  if (first && others.length === 0 && strangers) return first;
  if (first) {
    const reason = 'several setups in force know its names, and it holds under none of them alone';
    return { judgement: unchecked('ambiguous', reason), setup: first.setup };
  }
  return open.find(({ judgement }) => judgement.rule !== 'unknown-name') ?? open.at(-1) ?? results[0]!;
}
