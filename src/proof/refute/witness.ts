/** Parameter values that show a statement to be about something: its assumptions hold and a side is not zero. */
import { type Integer, integer } from '../../exact/index.js';
import type { Statement } from '../trusted/statement.js';
import type { Meter } from './form.js';
import { instances, put } from './instances.js';
import { type Span, tightened } from './intervals.js';
import { isNonZero, planSides, premisesOf } from './sides.js';
import { type Component, componentsOf, LAST_LEVEL, solutionsAt } from './space.js';

export interface Witness {
  readonly values: ReadonlyMap<string, Integer>;
  /** Whether a side is shown to be other than zero at these values. */
  readonly nonZero: boolean;
}

const BUDGET = 2_000_000;

const ANY: Span = { base: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * Values that meet all assumptions and leave no free index empty: as many as possible at least 2, and unequal
 * where that costs little. Null if none was found, as for assumptions that contradict one another.
 * @param budget units of work
 * @throws BackproofError `ill-formed-term`, `too-large` if the statement is malformed.
 */
export function findWitness(statement: Statement, budget = BUDGET): Witness | null {
  const sides = planSides(statement);
  const search = { left: budget / 2 };
  const tied = componentsOf(statement.parameters, premisesOf(statement), () => ANY) ?? [null];
  const components = tied.flatMap(one => (one && roomy(one, search)) ?? []);
  if (components.length < tied.length) return null;

  const [once, meter] = [{ left: budget / 4 }, { left: budget / 4 }];
  const named = (values: readonly number[]) =>
    new Map(statement.parameters.map((name, k) => [name, integer.from(values[k]!)]));
  const first = unequal(components, search);
  if (isNonZero(sides, first, once)) return { values: named(first), nonZero: true };
  for (const values of instances(components, meter)) {
    if (isNonZero(sides, values, meter)) return { values: named(values), nonZero: true };
  }
  return { values: named(first), nonZero: false };
}

/** The component with as few of its values below 2 as let it be solved; null if no solution was found. */
function roomy(component: Component, meter: Meter): Component | null {
  const { facts, spans } = component;
  const open = spans.flatMap(({ high }, k) => (high < 2 ? [] : [k]));
  for (const last of [5, LAST_LEVEL]) {
    for (const low of [...subsets(open, open.length > MANY ? 1 : 3), null]) {
      const choice = spans.map((span, k) =>
        open.includes(k) ? restricted(span, low ? low.includes(k) : null) : span,
      );
      meter.left -= component.weight;
      if (meter.left <= 0) return null;
      const narrowed = tightened(facts, choice);
      if (narrowed.some(one => one.low > one.high)) continue;
      const candidate = { ...component, spans: narrowed, levels: [] };
      if (isSolvable(candidate, last, meter)) return candidate;
    }
  }
  return null;
}

/** Of more parameters than these, at most one is tried below 2 alone. */
const MANY = 14;

/** At least 2, at most 1, or (null) anything, best near 1. */
function restricted(span: Span, isLow: boolean | null): Span {
  if (isLow === null) return { ...span, base: 1 };
  return isLow ? { ...span, base: 1, high: 1 } : { ...span, low: Math.max(2, span.low) };
}

/** Subsets of at most so many elements, the smaller ones first. */
function subsets(elements: readonly number[], most: number): number[][] {
  if (most === 0) return [[]];
  const smaller = subsets(elements, most - 1);
  const grown = smaller
    .filter(one => one.length === most - 1)
    .flatMap(one =>
      elements.filter(element => element > (one.at(-1) ?? -1)).map(element => [...one, element]),
    );
  return [...smaller, ...grown];
}

function isSolvable(component: Component, last: number, meter: Meter): boolean {
  for (let level = 0; level <= last; level++) {
    const found = solutionsAt(component, level, meter);
    if (meter.left <= 0) return false;
    if (found.length > 0) return true;
  }
  return false;
}

/** Levels above the lowest in which more unequal values are looked for. */
const SLACK = 2;

/** For each component the solution with the most unequal values, unlike those of the components before it. */
function unequal(components: readonly Component[], meter: Meter): number[] {
  const values: number[] = [];
  const chosen = new Set<string>();
  for (const component of components) {
    const lowest = component.levels.findIndex(level => level.length > 0);
    const taken = new Set(values);
    const variety = (solution: readonly number[]) =>
      new Set(solution).size +
      new Set(solution.filter(value => !taken.has(value))).size +
      Number(!chosen.has(String(solution)));
    let best = solutionsAt(component, lowest, meter)[0]!;
    for (let level = lowest; level <= lowest + SLACK; level++) {
      for (const solution of solutionsAt(component, level, meter)) {
        if (variety(solution) > variety(best)) best = solution;
      }
    }
    put(values, component, best);
    chosen.add(String(best));
  }
  return values;
}
