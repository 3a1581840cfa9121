/** The domain of a statement in words: what it is for all of, and what it assumes. */
import { type Integer, integer, type Polynomial, polynomial } from '../exact/index.js';
import { sumText } from '../index-sum/index.js';
import type { Statement } from './trusted/statement.js';

/** "for all integers N, C, L1 and all values of x, w in any commutative ring". */
export function domainText({ parameters, tensors }: Statement): string {
  const integers = parameters.length > 0 ? `all integers ${parameters.join(', ')} and ` : '';
  return `for ${integers}all values of ${[...tensors.keys()].join(', ')} in any commutative ring`;
}

/** Both sides as they stand: "d/dx[n, c, i1] (sum(n'<N) yBar[n']*y[n']) = dx[n, c, i1]". */
export function equationText({ left, by, right }: Statement): string {
  const [first, second] = [sumText(left), sumText(right)];
  if (!by) return `${first} = ${second}`;
  return `d/d${by.tensor}[${by.index.map(readable).join(', ')}] (${first}) = ${second}`;
}

/** "N, C, L1 >= 0", "s1, d1 >= 1", "P1 = floor((L1 - K1) / s1) + 1, or 0 where that is negative", ... */
export function assumptionTexts({ parameters, assume }: Statement): string[] {
  const counted = parameters.flatMap(name => windowCount(name, assume) ?? []);
  const told = new Set(counted.flatMap(count => count.facts));
  const bounds = new Map<string, string[]>();
  const others: string[] = [];
  for (const fact of assume) {
    if (told.has(fact)) continue;
    const bound = lowerBound(fact);
    if (!bound) others.push(comparison(fact));
    else bounds.set(String(bound.least), [...(bounds.get(String(bound.least)) ?? []), bound.name]);
  }
  const simple = [...bounds].map(([least, names]) => `${names.join(', ')} >= ${least}`);
  return [...simple, ...counted.map(count => count.text), ...others];
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

const readable = (value: Polynomial): string =>
  polynomial.text(value).replace(/(?<=.)[+-]/g, sign => ` ${sign} `);
