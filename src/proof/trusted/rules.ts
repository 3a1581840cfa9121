/**
 * The rules: each turns one term into an equal one, in every commutative ring, or rejects the step. A polynomial
 * is shown to be at least 0 by a sum of products of facts: naturals, what holds wherever the term is not zero,
 * and the negation of the claim itself. The sum must be the claim, or -1.
 */
import { type Integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Range, Scope, Term } from '../../index-sum/term.js';
import { equation, range, reject, type Statement, substitute, wellFormed } from './statement.js';

/** For each polynomial to be shown, products of facts to be summed. */
export type Evidence = readonly (readonly (readonly Polynomial[])[])[];

export type Step = Readonly<
  /** sum over 0 <= v < n of [v = e] h(v) is [0 <= e < n] h(e). */
  | { rule: 'eliminate'; name: string }
  /** [0 <= e < n] h is the sum over 0 <= v < n of [v = e] h, for a new name v. */
  | { rule: 'introduce'; guard: number; name: string }
  /** A guard is as good as none where the rest of the term implies it. */
  | { rule: 'drop'; guard: number; evidence: Evidence }
  | { rule: 'add'; guard: Guard; evidence: Evidence }
  /** The sum over 0 <= v < n m is that over 0 <= h < n and 0 <= l < m with v = m h + l, if n, m >= 0. */
  | { rule: 'split'; name: string; into: readonly [Range, Range]; evidence: Evidence }
  /** An index of an atom may be any polynomial that equals it wherever the term is not zero. */
  | { rule: 'index'; atom: number; axis: number; value: Polynomial; evidence: Evidence }
  | { rule: 'rename'; names: ReadonlyMap<string, string> }
  /** c times the sum of r h over n >= 0 indices that h does not mention is c' h, if r k = 1 and c n = c' k. */
  | { rule: 'unit'; atom: number; names: readonly string[]; times: Integer; evidence: Evidence }
  /** A term whose guards contradict each other is zero. */
  | { rule: 'vanish'; evidence: Evidence }
>;

/** n - 1 - v, which is at least 0 where v < n. */
export const below = (v: Polynomial, n: Polynomial) =>
  polynomial.subtract(n, polynomial.add(v, polynomial.constant(1)));

/** The two polynomials that are at least 0 where a guard holds. */
export function claimsOf(guard: Guard | undefined): Polynomial[] {
  if (!guard) return reject('no-such-part', 'a step names a guard that is none', '');
  if (guard.kind === 'equation') return [guard.zero, polynomial.negate(guard.zero)];
  return [guard.value, below(guard.value, guard.extent)];
}

/** What is at least 0 wherever the term is not zero. */
export function factsOf(term: Term, assume: readonly Polynomial[], scope: Scope): Polynomial[] {
  const ranges = [...scope.free, ...term.bound].map(one => range(polynomial.variable(one.name), one.extent));
  return [...assume, ...[...ranges, ...term.guards].flatMap(claimsOf)];
}

/** @throws BackproofError `unknown-fact`, `not-shown` unless each claim is shown to be at least 0. */
function show(claims: readonly Polynomial[], evidence: Evidence, facts: readonly Polynomial[]): void {
  for (const [k, claim] of claims.entries()) {
    const known = [...facts, below(claim, new Map())];
    const isKnown = (one: Polynomial) => known.some(fact => polynomial.equal(fact, one));
    const products = evidence[k] ?? [];
    const unknown = products.flat().find(one => (polynomial.asConstant(one) ?? -1) < 0 && !isKnown(one));
    if (unknown) reject('unknown-fact', 'a step relies on what is not known', polynomial.text(unknown));
    const values = products.map(product => product.reduce(polynomial.product, polynomial.constant(1)));
    const sum = values.reduce(polynomial.add, polynomial.constant(0));
    if (!polynomial.equal(sum, claim) && polynomial.asConstant(sum) !== -1)
      reject('not-shown', `the facts do not add up to ${polynomial.text(claim)}`, polynomial.text(sum));
  }
}

export type Given = Pick<Statement, 'assume' | 'units'>;

/** The term after a step, or null if it vanished. @throws BackproofError if a premise does not hold. */
export function applyStep(term: Term, step: Step, given: Given, scope: Scope): Term | null {
  const next = transformed(term, step, given, scope);
  return next && wellFormed(next, scope);
}

function transformed(term: Term, step: Step, given: Given, scope: Scope): Term | null {
  const { bound, guards, atoms } = term;
  const facts = (one: Term) => factsOf(one, given.assume, scope);
  switch (step.rule) {
    case 'eliminate':
      return eliminated(term, step.name);
    case 'introduce': {
      const guard = guards[step.guard];
      if (guard?.kind !== 'range') return reject('no-such-part', 'a step names no range guard', step.guard);
      const fixed = equation(polynomial.subtract(polynomial.variable(step.name), guard.value));
      const own = { name: step.name, extent: guard.extent };
      return { ...term, bound: [...bound, own], guards: guards.with(step.guard, fixed) };
    }
    case 'drop': {
      const rest = { ...term, guards: guards.filter((_, k) => k !== step.guard) };
      show(claimsOf(guards[step.guard]), step.evidence, facts(rest));
      return rest;
    }
    case 'add':
      show(claimsOf(step.guard), step.evidence, facts(term));
      return { ...term, guards: [...guards, step.guard] };
    case 'split': {
      const [high, low] = step.into;
      const { rest, extent } = without(term, step.name);
      if (!polynomial.equal(extent, polynomial.product(high.extent, low.extent)))
        reject('not-shown', 'the new extents do not multiply to the old', polynomial.text(extent));
      show([high.extent, low.extent], step.evidence, facts(term));
      const tens = polynomial.product(low.extent, polynomial.variable(high.name));
      const values = new Map([[step.name, polynomial.add(tens, polynomial.variable(low.name))]]);
      return { ...substitute(term, values), bound: [...rest, high, low] };
    }
    case 'index': {
      const old = atoms[step.atom]?.index[step.axis];
      if (!old) return reject('no-such-part', 'a step names an index that is none', '');
      show(claimsOf(equation(polynomial.subtract(step.value, old))), step.evidence, facts(term));
      const index = atoms[step.atom]!.index.with(step.axis, step.value);
      return { ...term, atoms: atoms.with(step.atom, { tensor: atoms[step.atom]!.tensor, index }) };
    }
    case 'rename': {
      const values = new Map([...step.names].map(([from, to]) => [from, polynomial.variable(to)]));
      for (const from of values.keys()) without(term, from);
      const renamed = bound.map(({ name, extent }) => ({ name: step.names.get(name) ?? name, extent }));
      return { ...substitute(term, values), bound: renamed };
    }
    case 'unit': {
      const rest = bound.filter(({ name }) => !step.names.includes(name));
      const gone = bound.filter(one => !rest.includes(one)).map(({ extent }) => extent);
      const count = gone.reduce(polynomial.product, polynomial.constant(term.coefficient));
      const value = given.units.get(atoms[step.atom]?.tensor ?? '');
      if (!value || !polynomial.equal(count, polynomial.scale(value, step.times)))
        reject('not-shown', 'no unit is 1 over this, so many times', polynomial.text(count));
      const next = { ...term, coefficient: step.times, bound: rest, atoms: atoms.toSpliced(step.atom, 1) };
      show(gone, step.evidence, facts(next));
      return next;
    }
    case 'vanish':
      show([polynomial.constant(-1)], step.evidence, facts(term));
      return null;
    default:
      return reject('unknown-rule', 'there is no such rule', step satisfies never);
  }
}

function without(term: Term, name: string): { readonly rest: readonly Range[]; readonly extent: Polynomial } {
  const own = term.bound.find(one => one.name === name);
  if (!own) return reject('no-such-part', 'a step names a bound index that is none', name);
  return { rest: term.bound.filter(one => one !== own), extent: own.extent };
}

/** Solves the first equation that is 1 or -1 times the index plus what does not mention it. */
function eliminated(term: Term, name: string): Term {
  const { rest, extent } = without(term, name);
  for (const [at, guard] of term.guards.entries()) {
    const unit = guard.kind === 'equation' && guard.zero.get(name);
    if (guard.kind !== 'equation' || (unit !== 1 && unit !== -1)) continue;
    const value = polynomial.subtract(polynomial.variable(name), polynomial.scale(guard.zero, unit));
    if (polynomial.names(value).has(name)) continue;
    const { guards, atoms } = substitute(term, new Map([[name, value]]));
    return { ...term, bound: rest, guards: guards.with(at, range(value, extent)), atoms };
  }
  return reject('not-solvable', 'no equation can be solved for', name);
}
