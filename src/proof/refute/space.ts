/**
 * Parameter values that meet all assumptions, level by level: the level is the sum of the distances from a base
 * value per parameter. Parameters that no assumption ties together are searched apart.
 */
import { type Polynomial, polynomial } from '../../exact/index.js';
import { type Form, formAt, formOf, type Meter } from './form.js';
import { most, type Span, tightened } from './intervals.js';

/** Parameters tied together, by their places among all. */
export interface Component {
  readonly places: readonly number[];
  /** Assumptions over the component's own slots. */
  readonly facts: readonly Form[];
  readonly spans: readonly Span[];
  /** What it costs to check the facts once. */
  readonly weight: number;
  /** Solutions by level, as far as they are known. */
  readonly levels: (readonly (readonly number[])[])[];
}

/** No statement needs more; what has no solution so far is taken to have none. */
export const LAST_LEVEL = 40;

/**
 * The components, or null if the assumptions visibly contradict one another.
 * @param spanOf bounds and a base for a parameter; facts narrow the bounds, the base moves into them
 */
export function componentsOf(
  parameters: readonly string[],
  assume: readonly Polynomial[],
  spanOf: (name: string) => Span,
): Component[] | null {
  const forms = assume.map(fact => formOf(fact, parameters));
  const spans = tightened(forms, parameters.map(spanOf));
  if (spans.some(({ low, high }) => low > high)) return null;
  const least = (fact: Polynomial) => -most(formOf(polynomial.negate(fact), parameters), spans);
  const open = assume.filter(fact => least(fact) < 0);
  if (open.some(fact => polynomial.names(fact).size === 0)) return null;
  return tied(parameters, open).map(({ names, facts }) => {
    const ordered = searchOrder(names, facts, name => spans[parameters.indexOf(name)]!.base);
    const places = ordered.map(name => parameters.indexOf(name));
    return {
      places,
      facts: facts.map(fact => formOf(fact, ordered)),
      spans: places.map(place => spans[place]!),
      weight: 1 + names.length + facts.reduce((sum, fact) => sum + fact.size, 0),
      levels: [],
    };
  });
}

interface Group {
  readonly names: readonly string[];
  readonly facts: readonly Polynomial[];
}

/** Sets of names, joined wherever a fact mentions two of them. */
function tied(parameters: readonly string[], facts: readonly Polynomial[]): Group[] {
  let groups = parameters.map((name): Group => ({ names: [name], facts: [] }));
  for (const fact of facts) {
    const mentioned = polynomial.names(fact);
    const touched = groups.filter(({ names }) => names.some(name => mentioned.has(name)));
    const joined = {
      names: touched.flatMap(({ names }) => names),
      facts: [...touched.flatMap(group => group.facts), fact],
    };
    groups = [...groups.filter(group => !touched.includes(group)), joined];
  }
  return groups.sort((a, b) => parameters.indexOf(a.names[0]!) - parameters.indexOf(b.names[0]!));
}

/**
 * Those that occur in products first: the last ones are then determined by what is linear in them. What comes
 * early stays near its base, so that sizes grow before offsets do.
 */
function searchOrder(
  names: readonly string[],
  facts: readonly Polynomial[],
  baseOf: (name: string) => number,
): string[] {
  const products = new Map(names.map(name => [name, 0]));
  for (const key of facts.flatMap(fact => [...fact.keys()])) {
    const factors = key.split('*');
    if (factors.length < 2) continue;
    for (const name of new Set(factors)) products.set(name, products.get(name)! + 1);
  }
  const isLinear = (name: string) => Number(products.get(name)! <= 1);
  return [...names].sort(
    (a, b) => isLinear(a) - isLinear(b) || baseOf(a) - baseOf(b) || products.get(b)! - products.get(a)!,
  );
}

/** All values of a component at a level. Once the meter is spent the list may be short, and is not kept. */
export function solutionsAt(
  component: Component,
  level: number,
  meter: Meter,
): readonly (readonly number[])[] {
  const known = component.levels[level];
  if (known) return known;
  const found: number[][] = [];
  const { spans } = component;
  const values: number[] = [];
  const descend = (left: number): void => {
    const span = spans[values.length];
    if (!span) {
      if (left === 0) found.push([...values]);
      return;
    }
    const from = values.length === spans.length - 1 ? left : 0;
    for (let cost = from; cost <= left && meter.left > 0; cost++) {
      for (const value of cost === 0 ? [span.base] : [span.base + cost, span.base - cost]) {
        if (value < span.low || value > span.high) continue;
        values.push(value);
        if (isPossible(component, values, left - cost, meter)) descend(left - cost);
        values.pop();
      }
    }
  };
  descend(level);
  if (meter.left > 0) component.levels[level] = found;
  return found;
}

/** Whether the facts can still hold if the values that are open stay within a reach of their bases. */
export function isPossible(
  { facts, spans, weight }: Component,
  values: readonly number[],
  reach: number,
  meter: Meter,
): boolean {
  if (values.length === spans.length) {
    meter.left--;
    return facts.every(fact => formAt(fact, values, meter) >= 0);
  }
  meter.left -= weight;
  const ranges = spans.map(({ base, low, high }, k) => {
    const value = values[k];
    if (value !== undefined) return { low: value, high: value };
    return { low: Math.max(low, base - reach), high: Math.min(high, base + reach) };
  });
  return facts.every(fact => most(fact, ranges) >= 0);
}
