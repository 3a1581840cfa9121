/** Brings a term into a short form: indices that equations fix are eliminated, guards that hold anyway dropped. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Term } from '../../index-sum/term.js';
import { below } from '../trusted/rules.js';
import { divided } from './facts.js';
import { added, dropped, equationsOf, factsAt, isSolvable, type Line, type Setting, taken } from './line.js';
import { withMultiples, withQuotient } from './multiples.js';
import { withoutUnit } from './unit.js';

const ONE = polynomial.constant(1);

/** A change that shortens the term, or null. */
type Simplification = (line: Line, setting: Setting) => Line | null;

const SIMPLIFICATIONS: readonly Simplification[] = [
  vanished,
  withoutSingle,
  withoutIndex,
  withoutGuard,
  withoutUnit,
  withDigits,
  withShorterIndex,
  withContradiction,
];

/** For the second try. */
const THOROUGH: readonly Simplification[] = [...SIMPLIFICATIONS, withQuotient, withMultiples];

export function normalised(start: Line, setting: Setting): Line {
  let line = start;
  for (let next: Line | null = line; next; ) {
    line = next;
    next = null;
    for (const simplify of setting.thorough ? THOROUGH : SIMPLIFICATIONS) {
      if (!line.term || setting.budget.nodes <= 0) return line;
      next = simplify(line, setting);
      if (next) break;
    }
  }
  return line;
}

/** A false equation between numbers, or a sum over nothing. */
function vanished(line: Line, setting: Setting): Line | null {
  const { guards, bound } = line.term!;
  const zeros = equationsOf(guards).flatMap(zero => [zero, polynomial.negate(zero)]);
  const negative = zeros.find(zero => (polynomial.asConstant(zero) ?? 0) < 0);
  const empty = bound.find(({ extent }) => (polynomial.asConstant(extent) ?? 1) <= 0);
  const index = empty && polynomial.variable(empty.name);
  const facts = negative ? [negative] : index ? [index, below(index, empty.extent)] : null;
  return facts && refuted(line, facts, setting);
}

/** The term vanishes, because these facts add up to a negative number. */
function refuted(line: Line, facts: readonly Polynomial[], setting: Setting): Line | null {
  // What they lack to -1 is a natural.
  const slack = polynomial.subtract(polynomial.constant(-1), facts.reduce(polynomial.add));
  const evidence = [[...facts, slack].map(fact => [fact])];
  return taken(line, { rule: 'vanish', evidence }, setting);
}

/** Two guards or ranges that cannot both hold, such as h - C >= 0 beside C - 1 - h >= 0. */
function withContradiction(line: Line, setting: Setting): Line | null {
  const constantOf = (fact: Polynomial) => BigInt(fact.get('') ?? 0);
  const restOf = (fact: Polynomial) =>
    polynomial.text(new Map([...fact].filter(([monomial]) => monomial !== '')));
  const strongest = new Map<string, Polynomial>();
  for (const fact of factsAt(line.term!, setting)) {
    const other = strongest.get(restOf(polynomial.negate(fact)));
    if (other && constantOf(other) + constantOf(fact) < 0n) return refuted(line, [other, fact], setting);
    const known = strongest.get(restOf(fact));
    if (!known || constantOf(fact) < constantOf(known)) strongest.set(restOf(fact), fact);
  }
  return null;
}

/** An index with one value is that value. */
function withoutSingle(line: Line, setting: Setting): Line | null {
  const range = line.term!.bound.find(({ extent }) => polynomial.equal(extent, ONE));
  const guard: Guard | null = range ? { kind: 'equation', zero: polynomial.variable(range.name) } : null;
  const fixed = guard && added(line, guard, setting);
  const gone = fixed && taken(fixed, { rule: 'eliminate', name: range!.name }, setting);
  if (!gone) return null;
  const at = gone.term!.guards.findIndex(one => one.kind === 'range' && polynomial.equal(one.extent, ONE));
  return dropped(gone, at, setting) ?? gone;
}

/** An index that an equation fixes inside its range. */
function withoutIndex(line: Line, setting: Setting): Line | null {
  const term = line.term!;
  for (const { name } of term.bound) {
    const at = term.guards.findIndex(guard => guard.kind === 'equation' && isSolvable(guard.zero, name));
    const solved = at >= 0 && taken(line, { rule: 'eliminate', name }, setting);
    const free = solved && dropped(solved, at, setting);
    if (free) return free;
  }
  return null;
}

/** A guard that the others imply; ranges first, since equations say more. */
function withoutGuard(line: Line, setting: Setting): Line | null {
  const { guards } = line.term!;
  const order = guards
    .map((_, k) => k)
    .sort((a, b) => Number(guards[a]!.kind === 'equation') - Number(guards[b]!.kind === 'equation'));
  for (const at of order) {
    const next = dropped(line, at, setting);
    if (next) return next;
  }
  return null;
}

/** Equal numbers have equal digits: from n A + B = 0 with B between -n and n follows A = 0, then B = 0. */
function withDigits(line: Line, setting: Setting): Line | null {
  const term = line.term!;
  for (const zero of consequences(term)) {
    for (const part of [...digits(zero, setting.scope.parameters), zero]) {
      if (!term.bound.some(({ name }) => isSolvable(part, name)) && part === zero) continue;
      const guard: Guard = { kind: 'equation', zero: part };
      if (equationsOf(term.guards).some(one => sameEquation(one, part))) continue;
      const next = added(line, guard, setting);
      const shorter = next && (withoutIndex(next, setting) ?? withDigitsOf(part, next, setting));
      if (shorter) return shorter;
    }
  }
  return null;
}

/** Digits of a digit. */
function withDigitsOf(zero: Polynomial, line: Line, setting: Setting): Line | null {
  for (const part of digits(zero, setting.scope.parameters)) {
    const next = added(line, { kind: 'equation', zero: part }, setting);
    const shorter = next && (withoutIndex(next, setting) ?? withDigitsOf(part, next, setting));
    if (shorter) return shorter;
  }
  return null;
}

const sameEquation = (a: Polynomial, b: Polynomial) =>
  polynomial.equal(a, b) || polynomial.equal(a, polynomial.negate(b));

/** Equations, and differences and sums of two that are shorter than both together. */
function consequences(term: Term): Polynomial[] {
  const zeros = equationsOf(term.guards);
  const pairs = zeros.flatMap((a, k) =>
    zeros
      .slice(k + 1)
      .flatMap(b =>
        [polynomial.subtract(a, b), polynomial.add(a, b)].filter(sum => sum.size < a.size + b.size),
      ),
  );
  return [...zeros, ...pairs].sort((a, b) => a.size - b.size);
}

/** The factors A of the monomials that share a parameter: the high digits. */
function digits(zero: Polynomial, parameters: ReadonlySet<string>): Polynomial[] {
  return [...parameters].flatMap(name => {
    const high = new Map([...zero].filter(([monomial]) => monomial.split('*').includes(name)));
    return high.size < 2 ? [] : [divided(high, name)];
  });
}

/** An index of an atom plus or minus an equation, where that is shorter. A free index below 1 is 0. */
function withShorterIndex(line: Line, setting: Setting): Line | null {
  const term = line.term!;
  const single = setting.scope.free.filter(({ extent }) => polynomial.equal(extent, ONE));
  const equations = [...equationsOf(term.guards), ...single.map(({ name }) => polynomial.variable(name))];
  const zeros = equations.flatMap(zero => [zero, polynomial.negate(zero)]);
  for (const [atom, { index }] of term.atoms.entries()) {
    for (const [axis, old] of index.entries()) {
      for (const zero of zeros) {
        const value = polynomial.add(old, zero);
        if (value.size > old.size || (value.size === old.size && !isEarlier(value, old, setting))) continue;
        const evidence = [[[zero]], [[polynomial.negate(zero)]]];
        const next = taken(line, { rule: 'index', atom, axis, value, evidence }, setting);
        if (next) return next;
      }
    }
  }
  return null;
}

/** Of two free indices that are equal, the first. */
function isEarlier(value: Polynomial, old: Polynomial, { scope }: Setting): boolean {
  const place = (one: Polynomial) =>
    scope.free.findIndex(({ name }) => one.size === 1 && one.get(name) === 1);
  return place(value) >= 0 && place(value) < place(old);
}
