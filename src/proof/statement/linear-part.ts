/** What of a tensor is linear in another: of y = x w + b in x, the term x w. */
import type { Definition, Term } from '../../index-sum/index.js';

export interface LinearPart {
  /** The tensor that stands for the linear part. */
  readonly name: string;
  readonly definitions: readonly Definition[];
}

/** The terms of `of` that read `by`, under a name of their own where there are others; null if any is not linear. */
export function linearPart(definitions: readonly Definition[], of: string, by: string): LinearPart | null {
  // What stands for the part of each tensor that depends on `by`.
  const parts = new Map([[by, by]]);
  const nonlinear = new Set<string>();
  const added: Definition[] = [];
  for (const definition of definitions) {
    const { name, terms } = definition;
    const reading = terms.filter(term => dependent(term, parts) > 0);
    added.push(definition);
    if (reading.length === 0) continue;
    const bad = reading.some(
      term => dependent(term, parts) > 1 || term.atoms.some(({ tensor }) => nonlinear.has(tensor)),
    );
    if (bad) nonlinear.add(name);
    const changed = reading.map(term => withParts(term, parts));
    const isWhole = reading.length === terms.length && changed.every((term, k) => term === reading[k]);
    const part = isWhole ? name : `${name}Of${by[0]!.toUpperCase()}${by.slice(1)}`;
    parts.set(name, part);
    if (!isWhole) added.push({ ...definition, name: part, terms: changed });
  }
  const name = parts.get(of);
  return name === undefined || nonlinear.has(of) ? null : { name, definitions: added };
}

const dependent = (term: Term, parts: ReadonlyMap<string, string>): number =>
  term.atoms.filter(({ tensor }) => parts.has(tensor)).length;

/** The same term if every tensor in it is its own part. */
function withParts(term: Term, parts: ReadonlyMap<string, string>): Term {
  if (term.atoms.every(({ tensor }) => (parts.get(tensor) ?? tensor) === tensor)) return term;
  return {
    ...term,
    atoms: term.atoms.map(atom => ({ ...atom, tensor: parts.get(atom.tensor) ?? atom.tensor })),
  };
}
