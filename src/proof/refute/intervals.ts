/** What a form can be at most over a box, and how far facts narrow the box. */
import type { Form, Monomial } from './form.js';

/** The values that a parameter may take, and the one to begin with. */
export interface Span {
  readonly base: number;
  readonly low: number;
  readonly high: number;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** An upper bound of the form, tight where no slot occurs twice. */
export function most(form: Form, box: readonly Bounds[]): number {
  let sum = 0;
  for (const monomial of form) sum += mostOf(monomial, box);
  return sum;
}

function mostOf({ coefficient, slots }: Monomial, box: readonly Bounds[]): number {
  let [low, high] = [coefficient, coefficient];
  for (let k = 0; k < slots.length; k++) {
    const bounds = box[slots[k]!]!;
    const [a, b] = [times(low, bounds.low), times(low, bounds.high)];
    const [c, d] = [times(high, bounds.low), times(high, bounds.high)];
    low = Math.min(a, b, c, d);
    high = Math.max(a, b, c, d);
  }
  return high;
}

/** Zero times an infinite bound is zero. */
const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : a * b);

/** Facts may go on narrowing for ever where they contradict one another. */
const ROUNDS = 30;

/** Narrows the spans by the facts in which a slot occurs once, alone in its monomial. */
export function tightened(facts: readonly Form[], given: readonly Span[]): Span[] {
  const linear = facts.map(linearParts);
  let spans = given.map(moved);
  for (let round = 0; round < ROUNDS; round++) {
    const next = [...spans];
    for (const [k, fact] of facts.entries()) {
      const highs = fact.map(monomial => mostOf(monomial, next));
      const infinite = highs.filter(high => !Number.isFinite(high)).length;
      const sum = highs.reduce((all, high) => all + (Number.isFinite(high) ? high : 0), 0);
      for (const { at, slot, coefficient } of linear[k]!) {
        const own = highs[at]!;
        if (infinite > Number(!Number.isFinite(own))) continue;
        next[slot] = bounded(next[slot]!, coefficient, sum - (Number.isFinite(own) ? own : 0));
      }
    }
    if (next.every(({ low, high }, k) => low === spans[k]!.low && high === spans[k]!.high)) break;
    spans = next;
  }
  return spans;
}

function linearParts(fact: Form) {
  const seen = new Map<number, number>();
  for (const { slots } of fact) for (const slot of new Set(slots)) seen.set(slot, (seen.get(slot) ?? 0) + 1);
  return fact.flatMap(({ coefficient, slots }, at) => {
    const [slot, ...more] = slots;
    return slot === undefined || more.length > 0 || seen.get(slot) !== 1 ? [] : [{ at, slot, coefficient }];
  });
}

/** The span where coefficient * value + rest >= 0. */
function bounded({ base, low, high }: Span, coefficient: number, rest: number): Span {
  const bound = -rest / coefficient;
  if (coefficient > 0) return moved({ base, low: Math.max(low, Math.ceil(bound)), high });
  return moved({ base, low, high: Math.min(high, Math.floor(bound)) });
}

/** With the base inside the bounds. */
function moved({ base, low, high }: Span): Span {
  return { base: Math.min(high, Math.max(low, base)), low, high };
}
