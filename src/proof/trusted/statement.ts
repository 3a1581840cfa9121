/** What a theorem says: two sums of terms are equal wherever the parameters meet the assumptions. */
import { BackproofError } from '../../error.js';
import { integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom, Definition, Guard, Range, Scope, Term } from '../../index-sum/term.js';
import { faultOf } from '../../index-sum/term.js';

export interface Statement {
  /** Names of integers. */
  readonly parameters: readonly string[];
  /** Polynomials over the parameters, each assumed to be at least 0. */
  readonly assume: readonly Polynomial[];
  /** Elements of a commutative ring at every integer index: number of axes by name. */
  readonly tensors: ReadonlyMap<string, number>;
  /** Tensors without axes, each times its polynomial over the parameters being 1 in the ring. */
  readonly units: ReadonlyMap<string, Polynomial>;
  /** Further tensors, each a formula over those before it. */
  readonly definitions: readonly Definition[];
  /** The indices that both sides mention. */
  readonly free: readonly Range[];
  readonly left: readonly Term[];
  /** The cell by which the left side is differentiated, if it is. */
  readonly by: Atom | null;
  readonly right: readonly Term[];
}

export function reject(code: string, what: string, got: unknown): never {
  const [where, expected, fix] = ['certificate', 'a premise that holds', 'Nothing is shown by it.'];
  throw new BackproofError({ code, where, what, expected, got: String(got).slice(0, 200), fix });
}

/** @throws BackproofError `ill-formed-term`. */
export function wellFormed(term: Term, scope: Scope): Term {
  const fault = faultOf(term, scope);
  return fault === null ? term : reject('ill-formed-term', 'a term is not well-formed', fault);
}

const ONE: Term = { coefficient: 1, bound: [], guards: [], atoms: [] };
export const equation = (zero: Polynomial): Guard => ({ kind: 'equation', zero });
export const range = (value: Polynomial, extent: Polynomial): Guard => ({ kind: 'range', value, extent });

/** Both sides over the tensors alone: checks every part, puts the definitions in, differentiates. */
export function sidesOf(statement: Statement) {
  const { assume, tensors, units, definitions, free, by } = statement;
  const parameters = new Set(statement.parameters);
  const names = statement.parameters.map((name): Range => ({ name, extent: new Map() }));
  wellFormed({ ...ONE, bound: names }, { parameters: new Set(), free: [], ranks: tensors });
  const facts = [...assume, ...units.values()].map(equation);
  const atoms = [...units.keys()].map((tensor): Atom => ({ tensor, index: [] }));
  wellFormed({ ...ONE, guards: facts, atoms }, { parameters, free: [], ranks: tensors });
  if (by && units.has(by.tensor)) reject('ill-formed-term', 'a derivative by what is fixed', by.tensor);
  const ranks = new Map(tensors);
  for (const { name, free, terms } of definitions) {
    for (const term of [ONE, ...terms]) wellFormed(term, { parameters, free, ranks });
    if (ranks.has(name)) reject('ill-formed-term', 'a tensor is declared twice', name);
    ranks.set(name, free.length);
  }
  const scope = { parameters, free, ranks };
  wellFormed({ ...ONE, atoms: by ? [by] : [] }, { ...scope, ranks: tensors });
  for (const term of [...statement.left, ...statement.right]) wellFormed(term, scope);
  const left = unfold(statement.left, definitions, scope);
  const right = unfold(statement.right, definitions, scope);
  return { left: by ? left.flatMap(term => derivative(term, by)) : left, right, scope };
}

/** Puts definitions in the place of their atoms, first atom first, until none is left. */
function unfold(terms: readonly Term[], definitions: readonly Definition[], scope: Scope): Term[] {
  const [done, open] = [[] as Term[], [...terms].reverse()];
  for (let term = open.pop(); term; term = open.pop()) {
    const known = term.atoms.map(atom => definitions.find(({ name }) => name === atom.tensor));
    const at = known.findIndex(definition => definition);
    if (at < 0) done.push(term);
    else open.push(...inlined(term, at, known[at]!, scope).reverse());
    if (done.length + open.length + term.atoms.length > 200) reject('too-large', 'it unfolds too far', '');
  }
  return done;
}

function inlined(term: Term, at: number, { free, terms }: Definition, scope: Scope): Term[] {
  return terms.map(body => {
    const values = new Map(free.map(({ name }, k) => [name, term.atoms[at]!.index[k]!]));
    const bound = [...term.bound];
    for (const { name, extent } of body.bound) {
      const taken = [...scope.parameters, ...[...scope.free, ...bound].map(one => one.name)];
      const own = fresh(name, new Set(taken));
      values.set(name, polynomial.variable(own));
      bound.push({ name: own, extent });
    }
    const inner = substitute(body, values);
    const coefficient = integer.multiply(term.coefficient, body.coefficient);
    const atoms = term.atoms.toSpliced(at, 1, ...inner.atoms);
    return { coefficient, bound, guards: [...term.guards, ...inner.guards], atoms };
  });
}

/** The name itself, or with as many primes after its letters as make it new: q1, q'1, q''1. */
function fresh(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? fresh(name.replace(/\d*$/, "'$&"), taken) : name;
}

/** Puts polynomials for names into guards and atoms. */
export function substitute(term: Term, values: ReadonlyMap<string, Polynomial>): Term {
  const put = (part: Polynomial) => polynomial.substitute(part, values);
  const guards = term.guards.map(one =>
    one.kind === 'equation' ? equation(put(one.zero)) : range(put(one.value), put(one.extent)),
  );
  return { ...term, guards, atoms: term.atoms.map(atom => ({ ...atom, index: atom.index.map(put) })) };
}

/** Leibniz: each atom of the tensor in turn gives way to equations between its index and the cell's. */
function derivative(term: Term, by: Atom): Term[] {
  return term.atoms.flatMap(({ tensor, index }, at) => {
    if (tensor !== by.tensor) return [];
    const zeros = index.map((part, k) => equation(polynomial.subtract(part, by.index[k]!)));
    return [{ ...term, guards: [...term.guards, ...zeros], atoms: term.atoms.toSpliced(at, 1) }];
  });
}
