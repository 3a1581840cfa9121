/** An operator's definition with its letters, tensors and stages replaced: what a statement is made of. */
import { type Polynomial, polynomial } from '../exact/index.js';
import {
  type Atom,
  type Guard,
  type Program,
  type Range,
  type Stage,
  type Term,
  termsOf,
} from '../index-sum/index.js';
import type { SymbolicCall } from './symbolic.js';

/**
 * The stages of a program over the letters of a call, each handed to `define` with the output last. Terms that read
 * an absent tensor are left out.
 * @param tensors what stands for each tensor that is given
 * @param define takes a stage in and says what to call it from there on
 */
export function symbolicStages(
  { stages }: Program,
  letters: SymbolicCall['letters'],
  tensors: Readonly<Record<string, string>>,
  define: (stage: Stage, isOutput: boolean) => string,
): void {
  const known = new Map(Object.entries(tensors));
  for (const [k, stage] of stages.entries()) {
    const name = define(rewritten(stage, letters, known), k === stages.length - 1);
    known.set(stage.name, name);
  }
}

function rewritten(
  stage: Stage,
  letters: ReadonlyMap<string, Polynomial>,
  tensors: ReadonlyMap<string, string>,
): Stage {
  const present = termsOf(stage).filter(term => term.atoms.every(atom => tensors.has(atom.tensor)));
  const clear = withoutNames(
    { free: stage.free, terms: present },
    new Set([...letters.values()].flatMap(value => [...polynomial.names(value)])),
  );
  const rename = ({ tensor, index }: Atom) => ({ tensor: tensors.get(tensor)!, index });
  const renamed = clear.terms.map(term => ({ ...term, atoms: term.atoms.map(rename) }));
  const { free, terms } = substituted({ ...clear, terms: renamed }, letters);
  switch (stage.kind) {
    case 'sum':
      return { ...stage, free, terms };
    case 'max':
      return { ...stage, free, term: terms[0]! };
    case 'pointwise':
      return { ...stage, free, arguments: terms.map(term => term.atoms[0]!) };
    case 'reciprocal':
      return { ...stage, free, of: polynomial.substitute(stage.of, letters) };
  }
}

/** The stage with its indices renamed where they are called like one of the names. */
export function withoutNames<Stage extends { free: readonly Range[]; terms: readonly Term[] }>(
  stage: Stage,
  names: ReadonlySet<string>,
): Stage {
  const ranges = [...stage.free, ...stage.terms.flatMap(term => term.bound)];
  const taken = new Set([...names, ...ranges.map(range => range.name)]);
  const values = new Map<string, Polynomial>();
  for (const { name } of ranges) {
    if (!names.has(name) || values.has(name)) continue;
    const own = unusedName(name, taken);
    taken.add(own);
    values.set(name, polynomial.variable(own));
  }
  return values.size === 0 ? stage : substituted(stage, values);
}

/** The name, with as many primes after its letters as make it new: q1, q'1, q''1. */
export function unusedName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? unusedName(name.replace(/\d*$/, "'$&"), taken) : name;
}

/** Puts polynomials for parameters, and variables for indices. */
function substituted<Stage extends { free: readonly Range[]; terms: readonly Term[] }>(
  stage: Stage,
  values: ReadonlyMap<string, Polynomial>,
): Stage {
  const put = (value: Polynomial) => polynomial.substitute(value, values);
  const range = ({ name, extent }: Range) => ({
    name: [...polynomial.names(values.get(name) ?? new Map())][0] ?? name,
    extent: put(extent),
  });
  const guard = (one: Guard): Guard =>
    one.kind === 'equation'
      ? { ...one, zero: put(one.zero) }
      : { ...one, value: put(one.value), extent: put(one.extent) };
  const terms = stage.terms.map(({ coefficient, bound, guards, atoms }) => ({
    coefficient,
    bound: bound.map(range),
    guards: guards.map(guard),
    atoms: atoms.map(({ tensor, index }) => ({ tensor, index: index.map(put) })),
  }));
  return { ...stage, free: stage.free.map(range), terms };
}
