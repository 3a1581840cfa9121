/** Parameter values that meet all assumptions, smallest first or at random. */
import type { Meter } from './form.js';
import { type Component, isPossible, LAST_LEVEL, solutionsAt } from './space.js';

/** What a step of a generator costs, compared with a product. */
const NODE = 8;

/**
 * By increasing level; ends when the meter is spent.
 * @returns values in the order of the parameters
 */
export function* instances(
  components: readonly Component[],
  meter: Meter,
  last = LAST_LEVEL,
): Generator<number[]> {
  const values: number[] = [];
  function* descend(k: number, left: number): Generator<number[]> {
    const component = components[k];
    if (!component) {
      yield [...values];
      return;
    }
    const from = k === components.length - 1 ? left : 0;
    for (let level = from; level <= left && meter.left > 0; level++) {
      for (const solution of solutionsAt(component, level, meter)) {
        meter.left -= NODE;
        if (meter.left <= 0) return;
        put(values, component, solution);
        yield* descend(k + 1, left - level);
      }
    }
  }
  if (components.length === 0) yield [];
  else for (let level = 0; level <= last && meter.left > 0; level++) yield* descend(0, level);
}

export function put(values: number[], { places }: Component, solution: readonly number[]): void {
  for (const [k, place] of places.entries()) values[place] = solution[k]!;
}

/** A natural below the limit. */
export type Random = (limit: number) => number;

/** Numerical Recipes' linear congruence; the high bits are the good ones. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** How far from their bases random values go. */
const REACH = 6;

/** Values tried before a component gives up. */
const TRIES = 300;

/** Random values that meet the assumptions, mostly unequal and near their bases; null where none was found. */
export function randomInstance(
  components: readonly Component[],
  random: Random,
  meter: Meter,
): number[] | null {
  const values: number[] = [];
  for (const component of components) {
    const solution = randomSolution(component, random, meter);
    if (!solution) return null;
    put(values, component, solution);
  }
  return values;
}

/** Depth-first with the values of each parameter in random order. */
function randomSolution(component: Component, random: Random, meter: Meter): number[] | null {
  const values: number[] = [];
  let tries = TRIES;
  const descend = (): boolean => {
    const span = component.spans[values.length];
    if (!span) return true;
    const start = Math.max(span.low, span.base - REACH);
    const count = Math.max(0, Math.min(span.high, span.base + REACH) - start + 1);
    const open = Array.from({ length: count }, (_, k) => start + k);
    while (open.length > 0 && tries-- > 0 && meter.left > 0) {
      // The smaller of two draws: small values are the common ones.
      const at = Math.min(random(open.length), random(open.length));
      values.push(open.splice(at, 1)[0]!);
      if (isPossible(component, values, REACH, meter) && descend()) return true;
      values.pop();
    }
    return false;
  };
  return descend() ? values : null;
}
