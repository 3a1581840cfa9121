/** A term on its way: the steps taken so far, each checked when it is taken. */
import { BackproofError } from '../../error.js';
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Scope, Term } from '../../index-sum/term.js';
import { applyStep, claimsOf, type Evidence, factsOf, type Given, type Step } from '../trusted/rules.js';
import { type Budget, EvidenceSearch } from './evidence.js';
import type { Product } from './facts.js';

/** What a search may rely on and how much it may still do. */
export interface Setting extends Given {
  readonly scope: Scope;
  readonly budget: Budget;
  /** Whether the first try failed, and slower ways are worth trying. */
  readonly thorough: boolean;
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
    const term = applyStep(line.term, step, setting, setting.scope);
    return { term, steps: [...line.steps, step] };
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

/** A fact with what the search asks of it again and again; `guard` is the place of the guard that says it. */
interface Known {
  readonly fact: Polynomial;
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly guard: number;
}

const tables = new WeakMap<Term, readonly Known[]>();

function tableOf(term: Term, { assume, scope }: Setting): readonly Known[] {
  const found = tables.get(term);
  if (found) return found;
  const facts = factsOf(term, assume, scope);
  const first = facts.length - 2 * term.guards.length;
  const table = facts.map((fact, k) => {
    const guard = k < first ? -1 : (k - first) >> 1;
    return { fact, text: polynomial.text(fact), names: polynomial.names(fact), guard };
  });
  tables.set(term, table);
  return table;
}

/** What is known to be at least 0 wherever the term is not 0. */
export const factsAt = (term: Term, setting: Setting): readonly Polynomial[] =>
  tableOf(term, setting).map(known => known.fact);

/** A search for each set of facts, with its answers so far. */
interface Searched {
  readonly search: EvidenceSearch;
  readonly answers: Map<string, readonly Product[] | null>;
}

const searches = new WeakMap<Setting, Map<string, Searched>>();

/** Products of the facts that share names with the claim, directly or through others. */
function productsFor(
  claim: Polynomial,
  facts: readonly Known[],
  setting: Setting,
): readonly Product[] | null {
  const { search, answers } = searchFor(connected(claim, facts), setting);
  const key = polynomial.text(claim);
  const found = answers.get(key);
  if (found !== undefined) return found;
  const products = search.find(claim);
  answers.set(key, products);
  return products;
}

function searchFor(relevant: readonly Known[], setting: Setting): Searched {
  const known = searches.get(setting) ?? new Map<string, Searched>();
  searches.set(setting, known);
  const key = relevant.map(one => one.text).join(';');
  const found = known.get(key);
  if (found) return found;
  const { parameters, free } = setting.scope;
  const names = new Set(relevant.flatMap(one => [...one.names]));
  const indices = [...names].filter(name => !parameters.has(name));
  const isFree = (name: string) => Number(free.some(range => range.name === name));
  indices.sort((a, b) => isFree(b) - isFree(a));
  const own = relevant.map(one => one.fact);
  const made = { search: new EvidenceSearch(own, indices, setting.budget), answers: new Map() };
  known.set(key, made);
  return made;
}

/** The facts that share names with the claim, or with facts that do. */
function connected(claim: Polynomial, facts: readonly Known[]): readonly Known[] {
  const names = new Set(polynomial.names(claim));
  const chosen = new Set<Known>();
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    for (const known of facts) {
      if (chosen.has(known) || ![...known.names].some(name => names.has(name))) continue;
      chosen.add(known);
      for (const name of known.names) names.add(name);
    }
  }
  return facts.filter(known => chosen.has(known));
}

/** For each polynomial, evidence that it is at least 0 wherever the term is not zero; null where one has none. */
export function shown(claims: readonly Polynomial[], term: Term, setting: Setting): Evidence | null {
  const facts = tableOf(term, setting);
  const found = claims.map(claim => productsFor(claim, facts, setting));
  return found.every(products => products !== null) ? found : null;
}

/** Evidence that a guard holds wherever the term is not zero, or null; `except` is a guard not to rely on. */
function evidenceFor(guard: Guard, term: Term, setting: Setting, except: number): Evidence | null {
  const facts = tableOf(term, setting).filter(known => except < 0 || known.guard !== except);
  const evidence: (readonly Product[])[] = [];
  // An equation that is not needed hides facts: indices it is solved for are no longer bounded by themselves.
  const equations = term.guards.flatMap((one, k) => (one.kind === 'equation' && k !== except ? [k] : []));
  const choices = [equations, ...(setting.thorough ? [...equations.map(k => [k]), []] : [])];
  for (const claim of claimsOf(guard)) {
    let found: readonly Product[] | null = null;
    for (const kept of choices) {
      const isKept = ({ guard: at }: Known) => term.guards[at]?.kind !== 'equation' || kept.includes(at);
      found ??= productsFor(claim, kept === equations ? facts : facts.filter(isKept), setting);
    }
    if (!found) return null;
    evidence.push(found);
  }
  return evidence;
}

export function dropped(line: Line, guard: number, setting: Setting): Line | null {
  const { term } = line;
  if (!term) return null;
  const evidence = evidenceFor(term.guards[guard]!, term, setting, guard);
  return evidence && taken(line, { rule: 'drop', guard, evidence }, setting);
}

export function added(line: Line, guard: Guard, setting: Setting): Line | null {
  const evidence = line.term && evidenceFor(guard, line.term, setting, -1);
  return evidence && taken(line, { rule: 'add', guard, evidence }, setting);
}

/** What the equations among guards say is 0. */
export const equationsOf = (guards: readonly Guard[]): Polynomial[] =>
  guards.flatMap(guard => (guard.kind === 'equation' ? [guard.zero] : []));

/** Whether a polynomial is an index times 1 or -1 plus what does not mention it. */
export function isSolvable(zero: Polynomial, name: string): boolean {
  const unit = zero.get(name);
  if (unit !== 1 && unit !== -1) return false;
  return [...zero.keys()].every(monomial => monomial === name || !monomial.split('*').includes(name));
}
