/** The domain of a statement in words: what it is for all of, and what it assumes. */
import { type Integer, integer, type Polynomial, polynomial } from '../exact/index.js';
import { polynomialText, sumText } from '../index-sum/index.js';
import type { Statement } from './trusted/statement.js';

/** "for all integers N, C, on each axis L, K, and all values of x, w in any commutative ring". */
export function domainText({ parameters, tensors, units }: Statement): string {
  const given = [...tensors.keys()].filter(name => !units.has(name));
  const values = `all values of ${given.join(', ')} in any commutative ring`;
  if (parameters.length === 0) return `for ${values}`;
  const { once, perAxis } = byAxis(parameters);
  const parts = [once.join(', '), perAxis.length > 0 ? `on each axis ${perAxis.join(', ')}` : ''];
  return `for all integers ${parts.filter(part => part !== '').join('; ')}, and ${values}`;
}

/** Texts that are the same on every axis but for its number, told once without it; others as they are. */
function byAxis(texts: readonly string[]): { readonly once: string[]; readonly perAxis: string[] } {
  const axes = Math.max(0, ...texts.map(text => Number(/(?<=[A-Za-z_'])\d\b/.exec(text)?.[0] ?? 0)));
  if (axes < 2) return { once: [...texts], perAxis: [] };
  const on = (text: string, axis: number) => text.replace(/(?<=[A-Za-z_'])1\b/g, String(axis));
  const isFirst = (text: string) =>
    on(text, 2) !== text &&
    Array.from({ length: axes }, (_, k) => on(text, k + 1)).every(one => texts.includes(one));
  const first = texts.filter(isFirst);
  const told = new Set(first.flatMap(text => Array.from({ length: axes }, (_, k) => on(text, k + 1))));
  return {
    once: texts.filter(text => !told.has(text)),
    perAxis: first.map(text => on(text, 0).replace(/(?<=[A-Za-z_'])0\b/g, '')),
  };
}

/** Both sides as they stand: "d/dx[n, c, i1] (sum(n'<N) yBar[n']*y[n']) = dx[n, c, i1]". */
export function equationText({ left, by, right }: Statement): string {
  const [first, second] = [sumText(left), sumText(right)];
  if (!by) return `${first} = ${second}`;
  return `d/d${by.tensor}[${by.index.map(readable).join(', ')}] (${first}) = ${second}`;
}

/** "N, C >= 0", "on each axis: L >= 0; P = floor((L - K) / s) + 1, or 0 where that is negative", "r[]*N*L1 = 1", ... */
export function assumptionTexts({ parameters, assume, units }: Statement): string[] {
  const counted = windowCounts({ parameters, assume });
  const told = new Set(counted.flatMap(count => count.facts));
  const least = new Map<string, Integer>();
  const others = counted.map(
    ({ name, room, step }) =>
      `${name} = floor((${readable(room)}) / ${readable(step)}) + 1, or 0 where that is negative`,
  );
  for (const fact of assume) {
    if (told.has(fact)) continue;
    const bound = lowerBound(fact);
    if (!bound) others.push(comparison(fact));
    else {
      // Of several bounds the strongest says it all.
      const known = least.get(bound.name);
      if (known === undefined || known < bound.least) least.set(bound.name, bound.least);
    }
  }
  const bounds = [...least].map(([name, value]) => `${name} >= ${value}`);
  const [simple, other] = [byAxis(bounds), byAxis(others)];
  const perAxis = [...gathered(simple.perAxis), ...other.perAxis];
  const each = perAxis.length > 0 ? [`on each axis ${perAxis.join('; ')}`] : [];
  return [...gathered(simple.once), ...other.once, ...each, ...unitTexts(units)];
}

/** "r[]*N*L1 = 1": a ring that has such an r is that of 0 alone where the count is 0. */
export const unitTexts = (units: Statement['units']): string[] =>
  [...units].map(([name, value]) => {
    const text = polynomialText(value);
    return `${name}[]*${value.size > 1 ? `(${text})` : text} = 1`;
  });

/** "N >= 0" and "C >= 0" are "N, C >= 0". */
function gathered(bounds: readonly string[]): string[] {
  const names = new Map<string, string[]>();
  for (const bound of bounds) {
    const [name, least] = bound.split(' >= ') as [string, string];
    names.set(least, [...(names.get(least) ?? []), name]);
  }
  return [...names].map(([least, list]) => `${list.join(', ')} >= ${least}`);
}

/** A fact name - c. */
function lowerBound(fact: Polynomial): { name: string; least: Integer } | null {
  const [name, ...more] = [...fact.keys()].filter(monomial => monomial !== '');
  if (name === undefined || more.length > 0 || name.includes('*') || fact.get(name) !== 1) return null;
  return { name, least: integer.negate(fact.get('') ?? 0) };
}

/** "a + b >= c": what is added on the left, what is subtracted on the right. */
function comparison(fact: Polynomial): string {
  const side = (sign: 1 | -1) => {
    const parts = [...fact].filter(([, coefficient]) => coefficient > 0 === sign > 0);
    return readable(polynomial.scale(new Map(parts), sign));
  };
  return `${side(1)} >= ${side(-1)}`;
}

/** A parameter that is floor(room / step) + 1, or 0 where that is negative. */
export interface WindowCount {
  readonly name: string;
  readonly room: Polynomial;
  readonly step: Polynomial;
  /** The assumptions that say so. */
  readonly facts: readonly Polynomial[];
}

/** The counts P that P >= 0, P*(r - s*(P - 1)) >= 0 and s - 1 - (r - s*(P - 1)) >= 0 fix for some r and s. */
export function windowCounts({
  parameters,
  assume,
}: Pick<Statement, 'parameters' | 'assume'>): WindowCount[] {
  return parameters.flatMap(name => {
    const natural = assume.find(fact => polynomial.equal(fact, polynomial.variable(name)));
    const found = natural && assume.map(upper => windowCount(name, natural, upper, assume)).find(one => one);
    return found ? [found] : [];
  });
}

function windowCount(
  name: string,
  natural: Polynomial,
  upper: Polynomial,
  assume: readonly Polynomial[],
): WindowCount | null {
  const one = polynomial.constant(1);
  for (const monomial of upper.keys()) {
    // In s - 1 - r + s*(P - 1) the count is multiplied by s.
    const names = monomial.split('*');
    if (names.length !== 2 || !names.includes(name)) continue;
    const step = polynomial.variable(names.find(other => other !== name) ?? name);
    const left = polynomial.subtract(polynomial.subtract(step, one), upper);
    const room = polynomial.add(left, polynomial.product(step, polynomial.subtract(natural, one)));
    const lower = assume.find(fact => polynomial.equal(fact, polynomial.product(natural, left)));
    if (lower && !polynomial.names(room).has(name))
      return { name, room, step, facts: [natural, upper, lower] };
  }
  return null;
}

/** Canonical, but with what is added before what is subtracted. */
function readable(value: Polynomial): string {
  const parts = [...value].sort(([, a], [, b]) => integer.sign(b) - integer.sign(a));
  return polynomialText(new Map(parts));
}
