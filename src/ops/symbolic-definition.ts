/** An operator's definition with its letters, tensors and stages replaced: what a statement is made of. */
import { BackproofError } from '../error.js';
import { type Polynomial, polynomial } from '../exact/index.js';
import type { Atom, Guard, Range, SumStage, Term } from '../index-sum/index.js';
import { definitionOf } from './cells.js';
import type { Operator } from './operator.js';
import type { SymbolicCall } from './symbolic.js';

/**
 * The stages of the definition, the output last. Terms that read an absent input are left out.
 * @param inputs what stands for each input that is present
 * @param stageName what to call the stage of this name
 * @throws BackproofError `not-a-product-sum`.
 */
export function symbolicDefinition(
  operator: Operator,
  call: SymbolicCall,
  inputs: Readonly<Record<string, string>>,
  stageName: (stage: string, isOutput: boolean) => string,
): SumStage[] {
  const { stages } = definitionOf(operator, call.modes, call.rank);
  const tensors = new Map(Object.entries(inputs));
  return stages.map((stage, k) => {
    if (stage.kind !== 'sum') throw notAProductSum(operator.name, stage.kind);
    const name = stageName(stage.name, k === stages.length - 1);
    const present = stage.terms.filter(term => term.atoms.every(atom => tensors.has(atom.tensor)));
    const result = rewritten({ ...stage, terms: present }, call.letters, tensors);
    tensors.set(stage.name, name);
    return { ...result, name };
  });
}

function rewritten(
  stage: SumStage,
  letters: ReadonlyMap<string, Polynomial>,
  tensors: ReadonlyMap<string, string>,
): SumStage {
  const clear = withoutNames(
    stage,
    new Set([...letters.values()].flatMap(value => [...polynomial.names(value)])),
  );
  const rename = ({ tensor, index }: Atom) => ({ tensor: tensors.get(tensor)!, index });
  const terms = clear.terms.map(term => ({ ...term, atoms: term.atoms.map(rename) }));
  return { ...substituted({ ...clear, terms }, letters) };
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

function notAProductSum(operator: string, kind: string): BackproofError {
  return new BackproofError({
    code: 'not-a-product-sum',
    where: operator,
    what: `its definition has a ${kind} stage, so it is no sum of products`,
    expected: 'an operator made of sums of products',
    got: kind,
    fix: 'Prove it at one shape.',
  });
}
