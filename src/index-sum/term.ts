/**
 * The terms that every definition is written in, and that a proof checker reads as they stand.
 * A term is  coefficient * sum over its bound indices of (product of guards) * (product of tensor atoms).
 * Tensors are total functions on integer indices: what lies outside is zero only where a guard says so.
 * Extents, guards and indices are polynomials over parameter and index names.
 */
import { type Integer, type Polynomial, polynomial } from '../exact/index.js';

/** An index that runs over 0 <= name < extent; the extent mentions parameters only. */
export interface Range {
  readonly name: string;
  readonly extent: Polynomial;
}

/** A factor that is 1 where its condition holds and 0 elsewhere. */
export type Guard =
  | { readonly kind: 'equation'; readonly zero: Polynomial }
  | { readonly kind: 'range'; readonly value: Polynomial; readonly extent: Polynomial };

export interface Atom {
  readonly tensor: string;
  readonly index: readonly Polynomial[];
}

export interface Term {
  readonly coefficient: Integer;
  readonly bound: readonly Range[];
  readonly guards: readonly Guard[];
  readonly atoms: readonly Atom[];
}

/** A tensor given by a formula for every integer index; the extents say where it is meant to be read. */
export interface Definition {
  readonly name: string;
  readonly free: readonly Range[];
  readonly terms: readonly Term[];
}

/** What a term may mention: parameters, the free indices around it, and tensors with their ranks. */
export interface Scope {
  readonly parameters: ReadonlySet<string>;
  readonly free: readonly Range[];
  readonly ranks: ReadonlyMap<string, number>;
}

/** The first fault of a term (an undeclared or shadowed name, a wrong rank), or null if it is well-formed. */
export function faultOf(term: Term, { parameters, free, ranks }: Scope): string | null {
  const visible = new Set(parameters);
  for (const { name, extent } of [...free, ...term.bound]) {
    const stranger = undeclared([extent], parameters);
    if (stranger !== undefined) return `the extent of ${name} mentions ${stranger}, which is not a parameter`;
    if (visible.has(name)) return `the name ${name} is declared twice`;
    if (!NAME.test(name)) return `${name} is not a name`;
    visible.add(name);
  }
  const guarded = term.guards.flatMap(one => ('zero' in one ? [one.zero] : [one.value, one.extent]));
  const stranger = undeclared([...guarded, ...term.atoms.flatMap(({ index }) => index)], visible);
  if (stranger !== undefined) return `a guard or an index mentions ${stranger}, which is not declared`;
  for (const { tensor, index } of term.atoms) {
    const rank = ranks.get(tensor);
    if (rank === undefined) return `the tensor ${tensor} is not declared`;
    if (rank !== index.length) return `${tensor} has ${rank} axes, but is read with ${index.length}`;
  }
  return null;
}

/** Names are the factors of monomial keys: no other sign may occur in them. */
const NAME = /^[A-Za-z_][\w']*$/;

const undeclared = (values: readonly Polynomial[], declared: ReadonlySet<string>) =>
  values.flatMap(value => [...polynomial.names(value)]).find(name => !declared.has(name));
