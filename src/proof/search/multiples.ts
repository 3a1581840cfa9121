/** Equations divided by a factor, and guards and indices made shorter by multiples of equations. */
import { integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard } from '../../index-sum/term.js';
import { claimsOf } from '../trusted/rules.js';
import { divided, type Product } from './facts.js';
import { type Line, type Setting, taken } from './line.js';

const ONE = polynomial.constant(1);

/** An equation without a factor that is at least 1. */
export function withQuotient(line: Line, setting: Setting): Line | null {
  for (const [at, guard] of line.term!.guards.entries()) {
    if (guard.kind !== 'equation') continue;
    const { zero } = guard;
    for (const name of polynomial.names(zero)) {
      if (![...zero.keys()].every(monomial => monomial.split('*').includes(name))) continue;
      const excess = polynomial.subtract(polynomial.variable(name), ONE);
      if (!setting.assume.some(fact => polynomial.equal(fact, excess))) continue;
      const value = divided(zero, name);
      // If not c >= 0, then n(-1 - c) >= 0, and with n c >= 0 and n - 1 >= 0 comes -1 >= 0.
      const evidence = [1, -1].map(sign => {
        const below = polynomial.subtract(polynomial.negate(polynomial.scale(value, sign)), ONE);
        return [[excess, below], [below], [polynomial.scale(zero, sign)], [excess]];
      });
      const more = taken(line, { rule: 'add', guard: { kind: 'equation', zero: value }, evidence }, setting);
      const scaled = [1, -1].map(sign => {
        const side = polynomial.scale(value, sign);
        return [[excess, side], [side]];
      });
      const less = more && taken(more, { rule: 'drop', guard: at, evidence: scaled }, setting);
      if (less) return less;
    }
  }
  return null;
}

/** Guards and indices made shorter by multiples of equations: s E is 0 where E is. */
export function withMultiples(line: Line, setting: Setting): Line | null {
  const { guards } = line.term!;
  for (const [at, guard] of guards.entries()) {
    if (guard.kind !== 'equation') continue;
    const next = withShorterGuard(line, at, guard.zero, setting) ?? withIndexBy(line, guard.zero, setting);
    if (next) return next;
  }
  return null;
}

/** @param source place of the equation, which is not to be shortened by itself */
function withShorterGuard(line: Line, source: number, zero: Polynomial, setting: Setting): Line | null {
  for (const [at, guard] of line.term!.guards.entries()) {
    const old = guard.kind === 'equation' ? guard.zero : guard.value;
    const found = at === source ? null : shorter(old, zero, setting);
    if (!found) continue;
    const { value, up, down } = found;
    const next: Guard = guard.kind === 'equation' ? { kind: 'equation', zero: value } : { ...guard, value };
    const [before, after] = [claimsOf(guard), claimsOf(next)];
    const add = [up, down].map((change, k) => [...change, [before[k]!]]);
    const drop = [down, up].map((change, k) => [...change, [after[k]!]]);
    const both = taken(line, { rule: 'add', guard: next, evidence: add }, setting);
    const one = both && taken(both, { rule: 'drop', guard: at, evidence: drop }, setting);
    if (one) return one;
  }
  return null;
}

function withIndexBy(line: Line, zero: Polynomial, setting: Setting): Line | null {
  for (const [atom, { index }] of line.term!.atoms.entries()) {
    for (const [axis, old] of index.entries()) {
      const found = shorter(old, zero, setting);
      if (!found) continue;
      const { value, up, down } = found;
      const next = taken(line, { rule: 'index', atom, axis, value, evidence: [up, down] }, setting);
      if (next) return next;
    }
  }
  return null;
}

interface Shorter {
  readonly value: Polynomial;
  /** Products of facts that add up to the change, and to its negation. */
  readonly up: readonly Product[];
  readonly down: readonly Product[];
}

/** The value plus a multiple of zero by parameters, if that has fewer monomials. */
function shorter(old: Polynomial, zero: Polynomial, { scope, assume }: Setting): Shorter | null {
  for (const [lead, unit] of zero) {
    if ((unit !== 1 && unit !== -1) || lead === '') continue;
    for (const [monomial, coefficient] of old) {
      const names = quotient(monomial, lead);
      const ways = names?.every(name => scope.parameters.has(name)) ? productOf(names, assume) : null;
      if (!names || !ways) continue;
      const times = integer.negate(integer.multiply(coefficient, unit));
      const multiple = names.map(polynomial.variable).reduce(polynomial.product, zero);
      const value = polynomial.add(old, polynomial.scale(multiple, times));
      if (value.size >= old.size) continue;
      const size = polynomial.constant(integer.absolute(times));
      const sides = [zero, polynomial.negate(zero)].map(side => ways.map(way => [size, ...way, side]));
      const [up, down] = times > 0 ? sides : sides.toReversed();
      return { value, up: up!, down: down! };
    }
  }
  return null;
}

/** The names left of a monomial without those of another, or null where it lacks one. */
function quotient(monomial: string, by: string): string[] | null {
  const names = monomial.split('*');
  for (const name of by.split('*')) {
    const at = names.indexOf(name);
    if (at < 0) return null;
    names.splice(at, 1);
  }
  return names;
}

/** A product of names as products of facts: s, or (s - 1) + 1. */
function productOf(names: readonly string[], assume: readonly Polynomial[]): Product[] | null {
  let products: Product[] = [[]];
  for (const name of names) {
    const variable = polynomial.variable(name);
    const excess = polynomial.subtract(variable, ONE);
    const isKnown = (fact: Polynomial) => assume.some(one => polynomial.equal(one, fact));
    const ways = isKnown(variable) ? [[variable]] : isKnown(excess) ? [[excess], []] : null;
    if (!ways) return null;
    products = products.flatMap(product => ways.map(way => [...product, ...way]));
  }
  return products;
}
