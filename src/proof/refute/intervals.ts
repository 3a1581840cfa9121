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
  let spans = given.map(moved);
  for (let round = 0; round < ROUNDS; round++) {
    const next = [...spans];
    for (const fact of facts) {
      for (const { coefficient, slots } of fact) {
        const [slot] = slots;
        if (slot === undefined || fact.filter(one => one.slots.includes(slot)).length > 1) continue;
        if (slots.length > 1) continue;
        const rest = most(
          fact.filter(one => !one.slots.includes(slot)),
          next,
        );
        const { low, high, base } = next[slot]!;
        if (!Number.isFinite(rest)) continue;
        const bound = -rest / coefficient;
        next[slot] = moved(
          coefficient > 0
            ? { base, low: Math.max(low, Math.ceil(bound)), high }
            : { base, low, high: Math.min(high, Math.floor(bound)) },
        );
      }
    }
    if (next.every(({ low, high }, k) => low === spans[k]!.low && high === spans[k]!.high)) break;
    spans = next;
  }
  return spans;
}

/** With the base inside the bounds. */
function moved({ base, low, high }: Span): Span {
  return { base: Math.min(high, Math.max(low, base)), low, high };
}
