/** What the names of a statement are called in Coq, and the numbers that stand for them in proofs. */
import type { Statement } from '../trusted/statement.js';

export interface Names {
  /** Of a parameter or an index. */
  readonly value: (name: string) => string;
  /** Of a tensor, given or defined. */
  readonly tensor: (name: string) => string;
  readonly valueNumber: (name: string) => number;
  readonly tensorNumber: (name: string) => number;
}

/** Coq's own words, and those of the prelude that theorems are written with. */
const WORDS = `as at by cofix do else end exists exists2 fix for forall fun if IF in let match mod of return then using
  where with Prop Set SProp Type _ Z bool carrier zero one sum when inside of_Z ring derivation partial
  eVar eInt eAdd eSub eMul eOpp tensors_of env_of check_derivative_sound check_equal_sound Forall_cons Forall_nil
  written steps statement satisfiable rules`;

const WORD = new Set(WORDS.split(/\s+/));

/** A name that no word, and none of those taken, has. */
export function apart(name: string, taken: ReadonlySet<string>): string {
  const clashes = taken.has(name) || WORD.has(name) || /^(ix|h|range|cell|unit)\d*$/.test(name);
  return clashes ? apart(`${name}_`, taken) : name;
}

/** Parameters come first in the numbering, then free indices; given tensors before defined ones. */
export function namesOf({ parameters, free, tensors, definitions }: Statement): Names {
  const taken = new Set<string>();
  const [values, cells] = [book(taken), book(taken)];
  for (const name of [...parameters, ...free.map(range => range.name)]) values.numberOf(name);
  for (const name of [...tensors.keys(), ...definitions.map(one => one.name)]) cells.numberOf(name);
  return {
    value: values.called,
    tensor: cells.called,
    valueNumber: values.numberOf,
    tensorNumber: cells.numberOf,
  };
}

/** Names by first use: an index must not be called as a tensor is, for it would hide it. */
function book(taken: Set<string>) {
  const entries = new Map<string, { readonly number: number; readonly text: string }>();
  const entry = (name: string) => {
    const known = entries.get(name);
    if (known) return known;
    const text = apart(name, taken);
    taken.add(text);
    const made = { number: entries.size + 1, text };
    entries.set(name, made);
    return made;
  };
  return { called: (name: string) => entry(name).text, numberOf: (name: string) => entry(name).number };
}

/** The names of the indices of a tensor where nothing else names them. */
export const indicesOf = (rank: number): string[] => Array.from({ length: rank }, (_, k) => `ix${k + 1}`);
