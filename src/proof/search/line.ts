/** A term on its way: the steps taken so far, each checked when it is taken. */
import { BackproofError } from '../../error.js';
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Range, Scope, Term } from '../../index-sum/term.js';
import { applyStep, type Evidence, factsOf, type Step } from '../trusted/rules.js';
import { type Budget, EvidenceSearch } from './evidence.js';
import type { Product } from './facts.js';

/** What a search may rely on and how much it may still do. */
export interface Setting {
  readonly assume: readonly Polynomial[];
  readonly scope: Scope;
  readonly budget: Budget;
}

export interface Line {
  /** Null once the term has vanished. */
  readonly term: Term | null;
  readonly steps: readonly Step[];
}

/** The line after a step, or null where the checker refuses it. */
export function taken(line: Line, step: Step, setting: Setting): Line | null {
  if (!line.term) return null;
  try {
    const term = applyStep(line.term, step, setting.assume, setting.scope);
    return { term, steps: [...line.steps, step] };
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

/** Answers by claim and by the facts that share names with it, directly or through others. */
const answers = new WeakMap<Setting, Map<string, readonly Product[] | null>>();

function productsFor(
  claim: Polynomial,
  facts: readonly Polynomial[],
  setting: Setting,
): readonly Product[] | null {
  const relevant = connected(claim, facts);
  const key = [claim, ...relevant].map(polynomial.text).join(';');
  const known = answers.get(setting) ?? new Map<string, readonly Product[] | null>();
  answers.set(setting, known);
  let found = known.get(key);
  if (found === undefined) {
    const indices = [...polynomial.names(claim), ...relevant.flatMap(fact => [...polynomial.names(fact)])];
    const names = [...new Set(indices)].filter(name => !setting.scope.parameters.has(name));
    const isFree = (name: string) => Number(setting.scope.free.some(range => range.name === name));
    names.sort((a, b) => isFree(b) - isFree(a));
    found = new EvidenceSearch(relevant, names, setting.budget).find(claim);
    known.set(key, found);
  }
  return found;
}

/** The facts that share names with the claim, or with facts that do. */
function connected(claim: Polynomial, facts: readonly Polynomial[]): Polynomial[] {
  const names = polynomial.names(claim);
  let rest = facts.map(fact => ({ fact, own: polynomial.names(fact) }));
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    rest = rest.filter(({ own }) => {
      if (![...own].some(name => names.has(name))) return true;
      for (const name of own) names.add(name);
      return false;
    });
  }
  const outside = new Set(rest.map(one => one.fact));
  return facts.filter(fact => !outside.has(fact));
}

/** Evidence that a guard holds wherever the term is not zero, or null. */
export function evidenceFor(guard: Guard, term: Term, setting: Setting): Evidence | null {
  const facts = factsOf(term, setting.assume, setting.scope);
  const claims =
    guard.kind === 'equation'
      ? [guard.zero, polynomial.negate(guard.zero)]
      : [
          guard.value,
          polynomial.subtract(polynomial.subtract(guard.extent, guard.value), polynomial.constant(1)),
        ];
  const evidence: (readonly Product[])[] = [];
  for (const claim of claims) {
    const found = productsFor(claim, facts, setting);
    if (!found) return null;
    evidence.push(found);
  }
  return evidence;
}

export function dropped(line: Line, guard: number, setting: Setting): Line | null {
  const { term } = line;
  if (!term) return null;
  const rest = { ...term, guards: term.guards.filter((_, k) => k !== guard) };
  const evidence = evidenceFor(term.guards[guard]!, rest, setting);
  return evidence && taken(line, { rule: 'drop', guard, evidence }, setting);
}

export function added(line: Line, guard: Guard, setting: Setting): Line | null {
  const evidence = line.term && evidenceFor(guard, line.term, setting);
  return evidence && taken(line, { rule: 'add', guard, evidence }, setting);
}

/** The bound index of this name. */
export function rangeOf(term: Term, name: string): Range {
  return term.bound.find(range => range.name === name)!;
}

/** Whether a polynomial is an index times 1 or -1 plus what does not mention it. */
export function isSolvable(zero: Polynomial, name: string): boolean {
  const unit = zero.get(name);
  if (unit !== 1 && unit !== -1) return false;
  return [...zero.keys()].every(monomial => monomial === name || !monomial.split('*').includes(name));
}
