/** Why a step may be taken, as a sentence. Formulas stand between `$` signs: the layout decides how they look. */
import { polynomial } from '../../exact/index.js';
import type { Term } from '../../index-sum/index.js';
import { tidyEvidence } from '../certificate/tidy.js';
import type { Step } from '../trusted/rules.js';
import { between, folded, formula, guardFormula, name, ranges, type Setting } from './formula.js';
import { byEquations, math, showing, shown, told } from './shown.js';
import { unitText } from './statement-text.js';

/** The sentence for a step that is taken from a term. */
export function reasonFor(step: Step, term: Term, setting: Setting): string {
  switch (step.rule) {
    case 'eliminate':
      return eliminated(step.name, term, setting);
    case 'introduce': {
      const guard = term.guards[step.guard]!;
      if (guard.kind === 'equation') return '';
      const zero = polynomial.subtract(polynomial.variable(step.name), guard.value);
      const range = `${name(step.name, setting)} < ${formula(guard.extent, setting)}`;
      const inside = guardFormula({ kind: 'equation', zero }, setting);
      return `${math(guardFormula(guard, setting))} is the sum over ${math(range)} of ${math(inside)}`;
    }
    case 'drop': {
      const guard = term.guards[step.guard]!;
      const guards = term.guards.filter(one => one !== guard);
      return shown(guard, step.evidence, { ...term, guards }, setting);
    }
    case 'add':
      return shown(step.guard, step.evidence, term, setting);
    case 'split':
      return splitting(step, term, setting);
    case 'index':
      return replacing(step, term, setting);
    case 'rename': {
      const pairs = folded(
        [...step.names],
        setting,
        ([from, to], at) => `${math(name(from, at))} is now ${math(name(to, at))}`,
      );
      return pairs.join(', ');
    }
    case 'unit':
      return counted(step, term, setting);
    case 'vanish': {
      const [sum, by] = told(tidyEvidence(step.evidence)[0] ?? [], term, setting);
      return `its guards contradict one another: ${math(sum)} would be at least 0, but is ${math('-1')}${by}`;
    }
  }
}

function replacing(step: Extract<Step, { rule: 'index' }>, term: Term, setting: Setting): string {
  const { tensor, index } = term.atoms[step.atom]!;
  const old = index[step.axis]!;
  const zero = polynomial.subtract(step.value, old);
  const what = `index ${step.axis + 1} of ${math(name(tensor, setting))} becomes ${math(formula(step.value, setting))}`;
  const same = math(`${formula(old, setting)} = ${formula(step.value, setting)}`);
  const by = byEquations({ kind: 'equation', zero }, tidyEvidence(step.evidence), term, setting);
  if (by !== null) return `${what}, as ${same}${by}`;
  return `${what}: ${shown({ kind: 'equation', zero }, step.evidence, term, setting)}`;
}

/** The equation that an elimination solves, as the checker finds it. */
function eliminated(index: string, term: Term, setting: Setting): string {
  const range = term.bound.find(one => one.name === index)!;
  for (const guard of term.guards) {
    const unit = guard.kind === 'equation' ? guard.zero.get(index) : undefined;
    if (guard.kind !== 'equation' || (unit !== 1 && unit !== -1)) continue;
    const value = polynomial.subtract(polynomial.variable(index), polynomial.scale(guard.zero, unit));
    if (polynomial.names(value).has(index)) continue;
    const letter = name(index, setting);
    const solved = math(`${letter} = ${formula(value, setting)}`);
    return `only ${solved} counts, where ${math(between(value, range.extent, setting))}`;
  }
  return `the equation is solved for ${math(name(index, setting))}`;
}

/** "n < N, i₁ < L₁ have N L₁ values, since N ≥ 0 is given, and L₁ ≥ 0 is given; N L₁ r = 1" */
function counted(step: Extract<Step, { rule: 'unit' }>, term: Term, setting: Setting): string {
  const gone = term.bound.filter(range => step.names.includes(range.name));
  const kept = term.bound.filter(range => !gone.includes(range));
  const tensor = name(term.atoms[step.atom]!.tensor, setting);
  const value = setting.units.get(term.atoms[step.atom]!.tensor) ?? new Map();
  const unit = math(unitText(term.atoms[step.atom]!.tensor, value, setting));
  if (gone.length === 0) {
    const from = formula(polynomial.constant(term.coefficient), setting);
    const said = math(`${from} ${tensor} = ${formula(polynomial.constant(step.times), setting)}`);
    return said === unit ? said : `${said}, as ${unit}`;
  }
  const count = gone.map(range => range.extent).reduce(polynomial.product, polynomial.constant(1));
  const sums = tidyEvidence(step.evidence);
  const rest = { ...term, bound: kept };
  const sizes = gone.map((range, k) => showing(range.extent, sums[k] ?? [], rest, setting));
  const over = ranges(gone, setting).map(math).join(', ');
  const number = math(formula(count, setting));
  return `${over} ${gone.length > 1 ? 'have' : 'has'} ${number} values, since ${sizes.join(', and ')}; ${unit}`;
}

function splitting(step: Extract<Step, { rule: 'split' }>, term: Term, setting: Setting): string {
  const [high, low] = step.into;
  const tens = polynomial.product(low.extent, polynomial.variable(high.name));
  const value = polynomial.add(tens, polynomial.variable(low.name));
  const parts = step.into.map(one => math(between(polynomial.variable(one.name), one.extent, setting)));
  const text = `each ${math(name(step.name, setting))} is ${math(formula(value, setting))} in one way`;
  const sums = tidyEvidence(step.evidence);
  const sizes = step.into.map((one, k) => showing(one.extent, sums[k] ?? [], term, setting));
  return `${text}, with ${parts.join(' and ')}, since ${sizes.join(', and ')}`;
}
