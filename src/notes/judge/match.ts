/** Pairs the terms as written with the terms of the definition. */
import { rational } from '../../exact/index.js';
import { type Atom, atomKey } from './atom.js';
import { formTexts } from './compare.js';
import type { Model } from './model.js';
import { asIdeal, exprOfTerm, type IdealTerm, type WrittenTerm } from './terms.js';

export interface Pair {
  readonly written: WrittenTerm;
  readonly ideal: IdealTerm;
}

interface Placed {
  readonly written: WrittenTerm;
  /** Null for a term that is 0. */
  readonly ideal: IdealTerm | null;
}

/** More terms than this on both sides are not paired up one by one. */
const PAIR_CAP = 400;

export interface Matching {
  /** Terms that the definition has, and terms that are 0. */
  readonly right: readonly Placed[];
  /** Terms that stand in the place of another one. */
  readonly replaced: readonly Pair[];
  readonly missing: readonly IdealTerm[];
  readonly extra: readonly WrittenTerm[];
}

export function matchTerms(
  model: Model,
  written: readonly WrittenTerm[],
  ideal: readonly IdealTerm[],
): Matching {
  const texts = textsOf(model, written, ideal);
  const open = new Map<string, number[]>();
  for (const [j, text] of texts.ideal.entries()) open.set(text, [...(open.get(text) ?? []), j]);
  const right: Placed[] = [];
  const left: WrittenTerm[] = [];
  for (const [k, term] of written.entries()) {
    const found = open.get(texts.written[k] ?? 'none')?.shift();
    if (found === undefined) left.push(term);
    else right.push({ written: term, ideal: ideal[found]! });
  }
  const rest = [...open.values()].flat().sort((a, b) => a - b);
  const unpaired = rest.map(place => ({ ideal: ideal[place]!, place }));
  const places = new Map(written.map((term, k) => [term, k]));
  const paired = pairUp(left, unpaired, places);
  const isZero = (term: WrittenTerm) => texts.written[places.get(term)!] === '';
  return {
    ...paired,
    right: [...right, ...paired.extra.filter(isZero).map(term => ({ written: term, ideal: null }))],
    extra: paired.extra.filter(term => !isZero(term)),
  };
}

/** The form of each term; null for a written term that is no product of known quantities. */
function textsOf(model: Model, written: readonly WrittenTerm[], ideal: readonly IdealTerm[]) {
  const terms = written.map(asIdeal);
  const known = terms.filter(term => term !== null);
  const texts = formTexts([...ideal, ...known].map(term => exprOfTerm(model, term)));
  let next = ideal.length;
  return {
    ideal: texts.slice(0, ideal.length),
    written: terms.map(term => (term === null ? null : texts[next++]!)),
  };
}

interface Open {
  readonly ideal: IdealTerm;
  readonly place: number;
}

interface Candidate {
  readonly written: WrittenTerm;
  readonly open: Open;
  readonly likeness: number;
}

/** The most alike first; among equals, those that stand in the same place. */
function pairUp(
  written: readonly WrittenTerm[],
  open: readonly Open[],
  places: ReadonlyMap<WrittenTerm, number>,
): Omit<Matching, 'right'> {
  const few = written.length <= PAIR_CAP && open.length <= PAIR_CAP;
  const candidates = (few ? written : [])
    .flatMap(term => open.map(one => ({ written: term, open: one, likeness: likeness(term, one.ideal) })))
    .filter(candidate => candidate.likeness > 0)
    .map(candidate => ({ ...candidate, likeness: candidate.likeness - distance(candidate, places) }))
    .sort((a, b) => b.likeness - a.likeness);
  const taken = new Set<WrittenTerm | Open>();
  const replaced: Pair[] = [];
  for (const candidate of candidates) {
    if (taken.has(candidate.written) || taken.has(candidate.open)) continue;
    taken.add(candidate.written).add(candidate.open);
    replaced.push({ written: candidate.written, ideal: candidate.open.ideal });
  }
  return {
    replaced: replaced.sort((a, b) => places.get(a.written)! - places.get(b.written)!),
    missing: open.filter(one => !taken.has(one)).map(one => one.ideal),
    extra: written.filter(term => !taken.has(term)),
  };
}

/** Below 1, so that it decides between equals only. */
function distance({ written, open }: Candidate, places: ReadonlyMap<WrittenTerm, number>): number {
  const gap = Math.abs((places.get(written) ?? 0) - open.place);
  return gap / (gap + 1);
}

/** Same factors count most, then the same tensors; 0 for terms that have nothing to do with each other. */
function likeness({ factors, coefficient }: WrittenTerm, ideal: IdealTerm): number {
  if (factors === null || Math.abs(factors.length - ideal.atoms.length) > 1) return 0;
  const atoms = factors.map(({ atom }) => atom);
  const same = shared(atoms.map(atomKey), ideal.atoms.map(atomKey));
  const alike = shared(atoms.map(sortOf), ideal.atoms.map(sortOf));
  const whole = factors.length === ideal.atoms.length;
  if (same === 0 && !(whole && (alike === atoms.length || atoms.length === 1))) return 0;
  const number = rational.equal(coefficient, ideal.coefficient) ? 1 : 0;
  return 2 + 20 * same + 6 * alike + (whole ? 3 : 0) + number;
}

/** The tensor, and the way it is used: X, dL/dX, dO/dX; a cell that does not exist counts as its tensor's. */
export function sortOf(atom: Atom): string {
  switch (atom.kind) {
    case 'given':
      return `given ${atom.of}`;
    case 'gradient':
    case 'local':
      return `${atom.kind} ${atom.of}`;
    case 'output':
      return 'output';
    case 'outside':
      return `given ${atom.role === 'output' ? 'upstream' : atom.role}`;
  }
}

function shared(a: readonly string[], b: readonly string[]): number {
  const rest = [...b];
  return a.filter(key => {
    const at = rest.indexOf(key);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
}
