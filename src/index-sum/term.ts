/**
 * The terms that every definition is written in, and that a proof checker reads as they stand.
 *
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

/** What a term may mention: parameters, the free indices around it, and tensors with their ranks. */
export interface Scope {
  readonly parameters: ReadonlySet<string>;
  readonly free: readonly Range[];
  readonly ranks: ReadonlyMap<string, number>;
}

/** The first fault of a term (an undeclared or shadowed name, a wrong rank), or null if it is well-formed. */
export function faultOf(term: Term, scope: Scope): string | null {
  const visible = new Set(scope.parameters);
  for (const { name, extent } of [...scope.free, ...term.bound]) {
    const stranger = undeclared(extent, scope.parameters);
    if (stranger !== null) return `the extent of ${name} mentions ${stranger}, which is not a parameter`;
    if (visible.has(name)) return `the name ${name} is declared twice`;
    visible.add(name);
  }
  for (const guard of term.guards) {
    const parts = guard.kind === 'equation' ? [guard.zero] : [guard.value, guard.extent];
    for (const part of parts) {
      const stranger = undeclared(part, visible);
      if (stranger !== null) return `a guard mentions ${stranger}, which is not declared`;
    }
  }
  for (const { tensor, index } of term.atoms) {
    const rank = scope.ranks.get(tensor);
    if (rank === undefined) return `the tensor ${tensor} is not declared`;
    if (rank !== index.length) return `${tensor} has ${rank} axes, but is read with ${index.length}`;
    for (const part of index) {
      const stranger = undeclared(part, visible);
      if (stranger !== null) return `an index of ${tensor} mentions ${stranger}, which is not declared`;
    }
  }
  return null;
}

function undeclared(value: Polynomial, declared: ReadonlySet<string>): string | null {
  for (const name of polynomial.names(value)) if (!declared.has(name)) return name;
  return null;
}
