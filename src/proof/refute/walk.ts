/**
 * Visits the positions of a term that its guards allow, at given parameters and free indices. Tensors are total:
 * an index may be any integer. Each guard narrows the loop of each index it mentions, as far as the indices of
 * inner loops allow.
 */
import { polynomial } from '../../exact/index.js';
import type { Guard, Term } from '../../index-sum/term.js';
import { between, type Form, formAt, formOf, type Meter, type Monomial, productAt } from './form.js';

/** A form that must be at least 0: known + step * v + (what inner loops can add). */
interface Limit {
  readonly known: Form;
  /** Without the slot v itself. */
  readonly step: Form;
  /** Each with the one slot of an inner loop apart. */
  readonly inner: readonly { readonly factor: Monomial; readonly slot: number }[];
}

export interface Plan {
  readonly outer: number;
  /** Names by slot: parameters and free indices, then the bound indices from the outermost loop. */
  readonly slots: readonly string[];
  readonly extents: readonly Form[];
  /** limits[k] narrow the k-th loop. */
  readonly limits: readonly (readonly Limit[])[];
  /** Checked before any loop. */
  readonly gates: readonly Limit[];
  /** What only the innermost loop can check: an index that does not occur linearly. */
  readonly checks: readonly Form[];
}

/** @param outer names of the parameters and free indices, in the order of their values */
export function planWalk(term: Term, outer: readonly string[]): Plan {
  const bound = loopOrder(term, new Set(outer));
  const slots = [...outer, ...bound.map(({ name }) => name)];
  const forms = term.guards.flatMap(guard => guardForms(guard, slots));
  const limitsAt = (slot: number, inner: number) => forms.flatMap(form => limitOf(form, slot, inner) ?? []);
  const first = outer.length;
  return {
    outer: first,
    slots,
    extents: bound.map(({ extent }) => formOf(extent, outer)),
    limits: bound.map((_, k) => limitsAt(first + k, first + k + 1)),
    gates: limitsAt(NONE, first),
    checks: forms.filter(form => !narrowsAtDeepest(form, first)),
  };
}

function guardForms(guard: Guard, slots: readonly string[]): Form[] {
  if (guard.kind === 'range') return between(new Map(), guard.value, guard.extent, slots);
  return between(new Map(), guard.zero, polynomial.constant(1), slots);
}

/** Next comes the index that the most guards determine once those before it are known. */
function loopOrder({ bound, guards }: Term, known: Set<string>) {
  const [open, order] = [[...bound], [] as Term['bound'][number][]];
  const mentioned = guards.map(guard => ({
    weight: guard.kind === 'equation' ? 100 : 10,
    names: guard.kind === 'equation' ? polynomial.names(guard.zero) : polynomial.names(guard.value),
  }));
  const score = (name: string) =>
    mentioned
      .filter(({ names }) => names.has(name))
      .reduce(
        (sum, { weight, names }) => sum + weight / 4 ** [...names].filter(one => !known.has(one)).length,
        0,
      );
  while (open.length > 0) {
    const best = open.reduce((a, b) => (score(b.name) > score(a.name) ? b : a));
    open.splice(open.indexOf(best), 1);
    order.push(best);
    known.add(best.name);
  }
  return order;
}

const NONE = -1;

/**
 * The form as a limit on a slot (or on what no loop changes), or null if it does not mention the slot, or has
 * inner slots in products.
 * @param inner the first slot of the inner loops
 */
function limitOf(form: Form, slot: number, inner: number): Limit | null {
  const limit = { known: [] as Monomial[], step: [] as Monomial[], inner: [] as Limit['inner'][number][] };
  for (const monomial of form) {
    const own = monomial.slots.filter(one => one === slot).length;
    const [later, ...more] = monomial.slots.filter(one => one >= inner);
    if (more.length > 0 || own > 1 || (own === 1 && later !== undefined)) return null;
    const factor = { ...monomial, slots: monomial.slots.filter(one => one !== slot && one !== later) };
    if (own === 1) limit.step.push(factor);
    else if (later === undefined) limit.known.push(factor);
    else limit.inner.push({ factor, slot: later });
  }
  return slot === NONE || limit.step.length > 0 ? limit : null;
}

function narrowsAtDeepest(form: Form, first: number): boolean {
  const deepest = Math.max(NONE, ...form.flatMap(({ slots }) => slots));
  return deepest < first || limitOf(form, deepest, deepest + 1) !== null;
}

/** What it costs to begin, compared with a product. */
const ENTRY = 10;

/**
 * @param values of the outer slots; those of the bound indices are written behind them
 * @param visit is called once per position
 */
export function walk(plan: Plan, values: number[], meter: Meter, visit: () => void): void {
  const { outer, limits, gates, checks } = plan;
  const extents = plan.extents.map(extent => formAt(extent, values, meter));
  meter.left -= ENTRY;
  if (extents.some(extent => extent <= 0)) return;

  /** The largest value of the form without its step. */
  const most = ({ known, inner }: Limit): number => {
    let sum = formAt(known, values, meter);
    meter.left -= inner.length;
    for (const { factor, slot } of inner) {
      sum += Math.max(0, productAt(factor, values, meter) * (extents[slot - outer]! - 1));
    }
    return sum;
  };
  const descend = (depth: number): void => {
    if (depth === extents.length) {
      meter.left--;
      if (checks.every(form => formAt(form, values, meter) >= 0)) visit();
      return;
    }
    let [low, high] = [0, extents[depth]! - 1];
    for (const limit of limits[depth]!) {
      const [rest, step] = [most(limit), formAt(limit.step, values, meter)];
      if (step > 0) low = Math.max(low, Math.ceil(-rest / step));
      else if (step < 0) high = Math.min(high, Math.floor(rest / -step));
      else if (rest < 0) return;
    }
    meter.left--;
    for (let v = low; v <= high && meter.left > 0; v++) {
      values[outer + depth] = v;
      descend(depth + 1);
    }
  };
  if (gates.every(gate => most(gate) >= 0)) descend(0);
}
