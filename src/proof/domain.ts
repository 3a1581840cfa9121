/** The domain of a statement in words: what it is for all of, and what it assumes. */
import { type Integer, integer, type Polynomial, polynomial } from '../exact/index.js';
import { polynomialText, sumText } from '../index-sum/index.js';
import type { Statement } from './trusted/statement.js';

/** "for all integers N, C, on each axis L, K, and all values of x, w in any commutative ring". */
export function domainText({ parameters, tensors }: Statement): string {
  const values = `all values of ${[...tensors.keys()].join(', ')} in any commutative ring`;
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

/** "N, C >= 0", "on each axis: L >= 0; P = floor((L - K) / s) + 1, or 0 where that is negative", ... */
export function assumptionTexts({ parameters, assume }: Statement): string[] {
  const counted = parameters.flatMap(name => windowCount(name, assume) ?? []);
  const told = new Set(counted.flatMap(count => count.facts));
  const bounds: string[] = [];
  const others = counted.map(count => count.text);
  for (const fact of assume) {
    const bound = lowerBound(fact);
    if (told.has(fact)) continue;
    if (bound) bounds.push(`${bound.name} >= ${bound.least}`);
    else others.push(comparison(fact));
  }
  const [simple, other] = [byAxis(bounds), byAxis(others)];
  const perAxis = [...gathered(simple.perAxis), ...other.perAxis];
  const each = perAxis.length > 0 ? [`on each axis ${perAxis.join('; ')}`] : [];
  return [...gathered(simple.once), ...other.once, ...each];
}

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

/**
 * The count P of windows, which the facts P >= 0, P*(r - s*(P - 1)) >= 0 and s - 1 - (r - s*(P - 1)) >= 0 fix:
 * floor(r / s) + 1, or 0 for negative r.
 */
function windowCount(name: string, assume: readonly Polynomial[]) {
  const count = polynomial.variable(name);
  const natural = assume.find(fact => polynomial.equal(fact, count));
  if (!natural) return null;
  for (const upper of assume) {
    for (const [monomial] of upper) {
      // In s - 1 - r + s*(P - 1) the count is multiplied by s.
      const names = monomial.split('*');
      if (names.length !== 2 || !names.includes(name)) continue;
      const step = polynomial.variable(names.find(other => other !== name) ?? name);
      const one = polynomial.constant(1);
      const left = polynomial.subtract(polynomial.subtract(step, one), upper);
      const room = polynomial.add(left, polynomial.product(step, polynomial.subtract(count, one)));
      const lower = assume.find(fact => polynomial.equal(fact, polynomial.product(count, left)));
      if (!lower || polynomial.names(room).has(name)) continue;
      const text = `${name} = floor((${readable(room)}) / ${readable(step)}) + 1, or 0 where that is negative`;
      return { text, facts: [natural, upper, lower] };
    }
  }
  return null;
}

/** Canonical, but with what is added before what is subtracted. */
function readable(value: Polynomial): string {
  const parts = [...value].sort(([, a], [, b]) => integer.sign(b) - integer.sign(a));
  return polynomialText(new Map(parts));
}
