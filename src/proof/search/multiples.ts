/** Equations divided by a factor, and guards and indices made shorter by multiples of equations. */
import { integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard } from '../../index-sum/term.js';
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
  const term = line.term!;
  for (const { zero, at } of term.guards.flatMap((guard, at) =>
    guard.kind === 'equation' ? [{ zero: guard.zero, at }] : [],
  )) {
    for (const [k, guard] of term.guards.entries()) {
      const old = guard.kind === 'equation' ? guard.zero : guard.value;
      const found = k === at ? null : shorter(old, zero, setting);
      if (!found) continue;
      const { value, up, down } = found;
      const next: Guard = guard.kind === 'equation' ? { kind: 'equation', zero: value } : { ...guard, value };
      const [less, more] = [sides(guard), sides(next)];
      const add = [
        [...up, [less[0]!]],
        [...down, [less[1]!]],
      ];
      const drop = [
        [...down, [more[0]!]],
        [...up, [more[1]!]],
      ];
      const both = taken(line, { rule: 'add', guard: next, evidence: add }, setting);
      const one = both && taken(both, { rule: 'drop', guard: k, evidence: drop }, setting);
      if (one) return one;
    }
    for (const [atom, { index }] of term.atoms.entries()) {
      for (const [axis, old] of index.entries()) {
        const found = shorter(old, zero, setting);
        const next =
          found &&
          taken(
            line,
            { rule: 'index', atom, axis, value: found.value, evidence: [found.up, found.down] },
            setting,
          );
        if (next) return next;
      }
    }
  }
  return null;
}

/** What a guard says is at least 0: of an equation both signs, of a range both ends. */
const sides = (guard: Guard): [Polynomial, Polynomial] =>
  guard.kind === 'equation'
    ? [guard.zero, polynomial.negate(guard.zero)]
    : [guard.value, polynomial.subtract(polynomial.subtract(guard.extent, guard.value), ONE)];

interface Shorter {
  readonly value: Polynomial;
  /** Products of facts that add up to the change, and to its negation. */
  readonly up: Product[];
  readonly down: Product[];
}

/** The value plus a multiple of zero by parameters, if that has fewer monomials. */
function shorter(old: Polynomial, zero: Polynomial, { scope, assume }: Setting): Shorter | null {
  for (const [lead, unit] of zero) {
    if ((unit !== 1 && unit !== -1) || lead === '') continue;
    for (const [monomial, coefficient] of old) {
      const rest = monomial.split('*');
      if (
        !lead.split('*').every(name => rest.includes(name) && rest.splice(rest.indexOf(name), 1).length > 0)
      )
        continue;
      if (!rest.every(name => scope.parameters.has(name))) continue;
      const ways = rest.map(name => waysOf(name, assume));
      if (!ways.every(way => way !== null)) continue;
      const products = ways.reduce<Product[]>(
        (all, way) => all.flatMap(one => way.map(part => [...one, part])),
        [[]],
      );
      const scale = integer.negate(integer.multiply(coefficient, unit));
      const factor = polynomial.scale(
        rest.reduce((all, name) => polynomial.product(all, polynomial.variable(name)), ONE),
        scale,
      );
      const value = polynomial.add(old, polynomial.product(factor, zero));
      if (value.size >= old.size) continue;
      const size = polynomial.constant(integer.absolute(scale));
      const times = (side: Polynomial) => products.map(one => [size, ...one, side]);
      const [up, down] = [
        times(scale > 0 ? zero : polynomial.negate(zero)),
        times(scale > 0 ? polynomial.negate(zero) : zero),
      ];
      return { value, up, down };
    }
  }
  return null;
}

/** A name as a sum of facts: s, or (s - 1) + 1. */
function waysOf(name: string, assume: readonly Polynomial[]): Polynomial[] | null {
  const variable = polynomial.variable(name);
  if (assume.some(fact => polynomial.equal(fact, variable))) return [variable];
  const excess = polynomial.subtract(variable, ONE);
  return assume.some(fact => polynomial.equal(fact, excess)) ? [excess, ONE] : null;
}
