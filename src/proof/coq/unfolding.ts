/** Where definitions are put in, in the order of the checker, and what their indices are called there. */
import type { Definition, Term } from '../../index-sum/term.js';
import type { Statement } from '../trusted/statement.js';

/** For one open term: null where it is done, else which atom gives way and the names of the indices of each part. */
export type Unfolding = { readonly atom: number; readonly names: readonly (readonly string[])[] } | null;

interface Open {
  readonly bound: readonly string[];
  readonly tensors: readonly string[];
}

/** What `sidesOf` does to a side, as a list of instructions. */
export function unfoldings(
  terms: readonly Term[],
  { parameters, free, definitions }: Statement,
): Unfolding[] {
  const outer = [...parameters, ...free.map(range => range.name)];
  const open = terms.map(openOf).reverse();
  const defined = new Set(definitions.map(one => one.name));
  const steps: Unfolding[] = [];
  for (let term = open.pop(); term; term = open.pop()) {
    const atom = term.tensors.findIndex(tensor => defined.has(tensor));
    if (atom < 0) {
      steps.push(null);
      continue;
    }
    const definition = definitions.find(one => one.name === term.tensors[atom])!;
    const parts = inlined(term, atom, definition, outer);
    steps.push({ atom, names: parts.map(part => part.bound.slice(term.bound.length)) });
    open.push(...parts.reverse());
  }
  return steps;
}

const openOf = ({ bound, atoms }: Term): Open => ({
  bound: bound.map(range => range.name),
  tensors: atoms.map(atom => atom.tensor),
});

function inlined(term: Open, at: number, { terms }: Definition, outer: readonly string[]): Open[] {
  return terms.map(openOf).map(body => {
    const bound = [...term.bound];
    for (const name of body.bound) bound.push(fresh(name, new Set([...outer, ...bound])));
    return { bound, tensors: term.tensors.toSpliced(at, 1, ...body.tensors) };
  });
}

/** As the checker names them: the steps that follow speak of these names. */
function fresh(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? fresh(name.replace(/\d*$/, "'$&"), taken) : name;
}
