/** The differential of a tensor, stage by stage: sums by the rule of Leibniz, opaque functions by their own rule. */

import { polynomial } from '../../exact/index.js';
import type { Atom, Definition, Range, Term } from '../../index-sum/index.js';
import { type Draft, type Monomial, newTensor, type Opaque, type Value } from './draft.js';
import { collected, opaque, type Place, reciprocalOf, scaled, termsFrom, times, unitAtom } from './opaque.js';

export interface Differential {
  /** The differential of the output, and of the tensor it is differentiated by. */
  readonly of: Value;
  readonly by: Value;
}

/** Null where every tensor between the two is a sum of products: then the derivative needs no differentials. */
export function differential(draft: Draft, of: Value, by: Value): Differential | null {
  if (!readsOpaquely(draft, of.tensor, by.tensor)) return null;
  const tangent = newTensor(draft, `${by.tensor}Dot`);
  draft.tensors.set(tangent, by.free.length);
  const known = new Map<string, string | null>([[by.tensor, tangent]]);
  const tensor = tangentOf(draft, of.tensor, known);
  return tensor === null ? null : { of: { ...of, tensor }, by: { ...by, tensor: tangent } };
}

/** Whether an opaque function stands between a tensor and another. */
function readsOpaquely(draft: Draft, of: string, by: string): boolean {
  const below = (tensor: string, found = new Set<string>()): ReadonlySet<string> => {
    if (!found.has(tensor)) {
      found.add(tensor);
      for (const source of sourcesOf(draft, tensor)) below(source, found);
    }
    return found;
  };
  return [...below(of)].some(tensor => tensor !== by && isOpaque(draft, tensor) && below(tensor).has(by));
}

const isOpaque = (draft: Draft, tensor: string) => draft.opaques.has(tensor) || draft.maxima.has(tensor);

const definitionNamed = ({ definitions }: Draft, name: string): Definition | undefined =>
  definitions.find(one => one.name === name);

function sourcesOf(draft: Draft, tensor: string): string[] {
  const terms: readonly { readonly atoms: readonly Atom[] }[] =
    definitionNamed(draft, tensor)?.terms ??
    draft.opaques.get(tensor)?.of ??
    (draft.maxima.has(tensor) ? [draft.maxima.get(tensor)!.term] : []);
  return terms.flatMap(({ atoms }) => atoms.map(atom => atom.tensor));
}

/** The name of a tensor's differential; null where it is 0. */
function tangentOf(draft: Draft, tensor: string, known: Map<string, string | null>): string | null {
  const found = known.get(tensor);
  if (found !== undefined) return found;
  const { free, terms } = tangentTerms(draft, tensor, known);
  if (terms.length === 0) {
    known.set(tensor, null);
    return null;
  }
  const name = newTensor(draft, `${tensor}Dot`);
  draft.definitions.push({ name, free, terms });
  known.set(tensor, name);
  return name;
}

function tangentTerms(
  draft: Draft,
  tensor: string,
  known: Map<string, string | null>,
): { free: readonly Range[]; terms: readonly Term[] } {
  // Like terms gathered: the two that a square makes are one, which halves what is to be proved of a variance.
  const leibniz = (term: Term): Term[] => {
    const parts = term.atoms.flatMap((atom, at) => {
      const tangent = tangentOf(draft, atom.tensor, known);
      if (tangent === null) return [];
      const atoms = term.atoms.map((one, k) => (k === at ? { ...one, tensor: tangent } : one));
      return [{ coefficient: term.coefficient, atoms }];
    });
    return collected(parts).map(part => ({ ...term, ...part }));
  };
  const defined = definitionNamed(draft, tensor);
  if (defined) return { free: defined.free, terms: defined.terms.flatMap(leibniz) };
  const maximum = draft.maxima.get(tensor);
  if (maximum) {
    const { free, term, selection } = maximum;
    const index = [...free, ...term.bound].map(range => polynomial.variable(range.name));
    const chosen = { ...term, atoms: [{ tensor: selection, index }, ...term.atoms] };
    return { free, terms: leibniz(chosen) };
  }
  const own = draft.opaques.get(tensor);
  if (!own) return { free: [], terms: [] };
  const inner = termsFrom(own.of).flatMap(leibniz);
  if (inner.length === 0) return { free: own.free, terms: [] };
  const slope = slopeOf(draft, tensor, own);
  const outer = times(
    slope,
    inner.map(({ coefficient, atoms }) => ({ coefficient, atoms })),
  );
  return { free: own.free, terms: termsFrom(outer) };
}

/** The derivative of an opaque function, over its own indices. */
function slopeOf(draft: Draft, tensor: string, { fn, free, of }: Opaque): readonly Monomial[] {
  const place: Place = { arguments: [], free, name: null };
  const value: readonly Monomial[] = [
    { coefficient: 1, atoms: [{ tensor, index: free.map(range => polynomial.variable(range.name)) }] },
  ];
  switch (fn) {
    case 'exp':
      return value;
    case 'log':
      return reciprocalOf(draft, of, place);
    case 'reciprocal':
      return scaled(times(value, value), -1);
    case 'sqrt': {
      const half = [{ coefficient: 1, atoms: [unitAtom(draft, polynomial.constant(2), 'unit')] }];
      return times(half, reciprocalOf(draft, value, place));
    }
    case 'tanh':
      return [{ coefficient: 1, atoms: [] }, ...scaled(times(value, value), -1)];
    case 'normcdf':
      return opaque(draft, 'normpdf', of, place);
    case 'normpdf':
      return scaled(times(of, value), -1);
    case 'positive':
      return [];
  }
}
