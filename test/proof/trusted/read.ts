/**
 * Terms, statements and steps from short text, read without help of src/index-sum, so that a planted fault in
 * its well-formedness leaves the reader as it is.
 */
import { type Polynomial, polynomial } from '../../../src/exact/index.js';
import type { Atom, Guard, Range, Term } from '../../../src/index-sum/term.js';
import type { Proof } from '../../../src/proof/trusted/check.js';
import type { Evidence, Step } from '../../../src/proof/trusted/rules.js';
import type { Statement, sidesOf } from '../../../src/proof/trusted/statement.js';

/** "2*a - b"; a name in quotes stands for itself, whatever its signs: `"a*b"`, `""`. */
export function poly(text: string): Polynomial {
  const trimmed = text.trim();
  const quoted = /^"([^"]*)"$/.exec(trimmed);
  const read = quoted ? new Map([[quoted[1]!, 1]]) : polynomial.parse(trimmed);
  if (!read) throw new Error(`not a polynomial: ${text}`);
  return read;
}

const list = (text: string) => (text.trim() === '' ? [] : text.split(',').map(part => part.trim()));
const unquoted = (name: string) => name.trim().replace(/^"(.*)"$/, '$1');

/** "n<N, p<P". */
export function ranges(text: string): Range[] {
  return list(text).map(part => {
    const [name, extent] = part.split('<');
    return { name: unquoted(name!), extent: poly(extent!) };
  });
}

/** "x[n, p + 1]". */
function atom(text: string): Atom {
  const [, tensor, index] = /^\s*([\w']+)\[([^\]]*)\]\s*$/.exec(text)!;
  return { tensor: tensor!, index: list(index!).map(poly) };
}

/** "v = e" or "0 <= v < N". */
function guard(text: string): Guard {
  const [left, right] = text.split('=');
  const range = /^\s*0\s*<=([^<]*)<([^<]*)$/.exec(text);
  if (range) return { kind: 'range', value: poly(range[1]!), extent: poly(range[2]!) };
  return { kind: 'equation', zero: polynomial.subtract(poly(left!), poly(right!)) };
}

const TERM = /^\s*(-?\d+)?\s*(?:sum\(([^)]*)\))?\s*((?:\[[^\]]*\]\s*)*)((?:[\w']+\[[^\]]*\]\s*)*)$/;

/** "2 sum(v<N) [v = e] [0 <= e < N] x[v] y[]". */
function term(text: string): Term {
  const parts = TERM.exec(text);
  if (!parts) throw new Error(`not a term: ${text}`);
  const [, coefficient = '1', bound = '', guards = '', atoms = ''] = parts;
  return {
    coefficient: Number(coefficient),
    bound: ranges(bound),
    guards: [...guards.matchAll(/\[([^\]]*)\]/g)].map(match => guard(match[1]!)),
    atoms: [...atoms.matchAll(/[\w']+\[[^\]]*\]/g)].map(match => atom(match[0])),
  };
}

/** For each claim, products joined by ";", their factors by "|": "a | b ; 2". */
function evidence(...claims: readonly string[]): Evidence {
  const products = (claim: string) => (claim.trim() === '' ? [] : claim.split(';'));
  return claims.map(claim => products(claim).map(product => product.split('|').map(poly)));
}

export const steps = {
  eliminate: (name: string): Step => ({ rule: 'eliminate', name }),
  introduce: (at: number, name: string): Step => ({ rule: 'introduce', guard: at, name }),
  drop: (at: number, ...shown: string[]): Step => ({ rule: 'drop', guard: at, evidence: evidence(...shown) }),
  add: (what: string, ...shown: string[]): Step => ({
    rule: 'add',
    guard: guard(what),
    evidence: evidence(...shown),
  }),
  split: (name: string, into: string, ...shown: string[]): Step => {
    const [high, low] = ranges(into);
    return { rule: 'split', name, into: [high!, low!], evidence: evidence(...shown) };
  },
  index: (at: number, axis: number, value: string, ...shown: string[]): Step => ({
    rule: 'index',
    atom: at,
    axis,
    value: poly(value),
    evidence: evidence(...shown),
  }),
  rename: (names: Readonly<Record<string, string>>): Step => ({
    rule: 'rename',
    names: new Map(Object.entries(names)),
  }),
  /** @param names "n, i" */
  unit: (at: number, names: string, times: number, ...shown: string[]): Step => ({
    rule: 'unit',
    atom: at,
    names: list(names),
    times,
    evidence: evidence(...shown),
  }),
  vanish: (...shown: string[]): Step => ({ rule: 'vanish', evidence: evidence(...shown) }),
};

/** A statement and its proof, as short as they can be written. */
export interface Sketch {
  /** "N, M"; names in quotes stand for themselves. */
  readonly parameters?: string;
  readonly assume?: readonly string[];
  /** Ranks by name; x, y and z are always there, of rank 1. */
  readonly tensors?: Readonly<Record<string, number>>;
  /** Reciprocals: what each tensor without axes is 1 over. */
  readonly units?: Readonly<Record<string, string>>;
  /** "d[i<N] := sum(q<K) x[q]", further terms after " & ". */
  readonly definitions?: readonly string[];
  readonly free?: string;
  readonly left: readonly string[];
  readonly by?: string;
  readonly right: readonly string[];
  /** Steps for each term of a side; none if absent. */
  readonly leftSteps?: readonly (readonly Step[])[];
  readonly rightSteps?: readonly (readonly Step[])[];
  /** What both sides are multiplied by first. */
  readonly factors?: readonly number[];
  /** 3 for every parameter if absent. */
  readonly witness?: Readonly<Record<string, number>>;
}

export function statementOf(sketch: Sketch): Statement {
  return {
    parameters: list(sketch.parameters ?? '').map(unquoted),
    assume: (sketch.assume ?? []).map(poly),
    tensors: new Map(Object.entries({ x: 1, y: 1, z: 1, ...sketch.tensors })),
    units: new Map(Object.entries(sketch.units ?? {}).map(([name, value]) => [name, poly(value)])),
    definitions: (sketch.definitions ?? []).map(text => {
      const [, name, free, body] = /^(\w+)\[([^\]]*)\] :=(.*)$/.exec(text)!;
      return { name: name!, free: ranges(free!), terms: body === '' ? [] : body!.split(' & ').map(term) };
    }),
    free: ranges(sketch.free ?? ''),
    left: sketch.left.map(term),
    by: sketch.by ? atom(sketch.by) : null,
    right: sketch.right.map(term),
  };
}

export function proofOf(sketch: Sketch, { left, right, scope }: ReturnType<typeof sidesOf>): Proof {
  const witness = sketch.witness ?? Object.fromEntries([...scope.parameters].map(name => [name, 3]));
  return {
    factors: sketch.factors ?? [],
    left: sketch.leftSteps ?? left.map(() => []),
    right: sketch.rightSteps ?? right.map(() => []),
    witness: new Map(Object.entries(witness)),
  };
}
