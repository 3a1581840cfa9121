/** Corrections of a written sum, term by term, in the writer's own notation. */
import { rational } from '../../exact/index.js';
import type { Formula, Term } from '../formula/tree.js';
import { type Atom, sameAtom } from './atom.js';
import { type Matching, type Pair, sortOf } from './match.js';
import { rewrite } from './rewrite.js';
import type { IdealTerm, WrittenTerm } from './terms.js';
import { atomFormula, sumFormula, termFormula, type Writer } from './write.js';

/** What a term in the place of another one got wrong; null where it lacks a factor or has one too many. */
type PairSlip = 'index' | 'sign' | 'coefficient' | 'swapped-names' | null;

export function pairSlip({ written, ideal }: Pair): PairSlip {
  const swaps = swapsOf({ written, ideal });
  if (swaps === null) return null;
  if (swaps.some(({ from, to }) => sortOf(from) !== sortOf(to))) return 'swapped-names';
  if (swaps.length > 0) return 'index';
  return rational.equal(written.coefficient, rational.negate(ideal.coefficient)) ? 'sign' : 'coefficient';
}

interface Swap {
  readonly from: Atom;
  readonly node: Formula;
  readonly to: Atom;
}

/** Which written factor becomes which; null where their numbers differ. */
function swapsOf({ written, ideal }: Pair): readonly Swap[] | null {
  const { factors } = written;
  if (factors === null || factors.length !== ideal.atoms.length) return null;
  const wanted = [...ideal.atoms];
  const take = (fits: (atom: Atom) => boolean): Atom | undefined => {
    const at = wanted.findIndex(fits);
    return at < 0 ? undefined : wanted.splice(at, 1)[0];
  };
  let open = factors.filter(({ atom }) => take(one => sameAtom(one, atom)) === undefined);
  const swaps: Swap[] = [];
  for (const fits of [(a: Atom, b: Atom) => sortOf(a) === sortOf(b), () => true]) {
    open = open.filter(({ atom, formula }) => {
      const to = take(one => fits(one, atom));
      if (to !== undefined) swaps.push({ from: atom, node: formula, to });
      return to === undefined;
    });
  }
  return swaps;
}

/** The sum with every wrong term replaced, extra ones left out and missing ones put in their place. */
export function correctedSum(
  side: Formula,
  { right, replaced, missing, extra }: Matching,
  ideals: readonly IdealTerm[],
  writer: Writer,
): Formula {
  // Where a 0 was written for terms, or before a term, it goes.
  const zeros = right.filter(({ written }) => written.coefficient.numerator === 0);
  const dropped = new Set([...extra, ...zeros.map(({ written }) => written)].map(term => term.formula));
  const pairs = new Map(replaced.map(pair => [pair.written.formula, pair]));
  const ideaOf = new Map(right.map(({ written, ideal }) => [written.formula, ideal]));
  const inner = side.kind === 'label' && side.of !== null ? side.of : side;
  const terms: readonly Term[] =
    inner.kind === 'sum' ? inner.terms : [{ sign: '+', written: false, formula: inner }];
  const kept = terms
    .filter(({ formula }) => !dropped.has(formula))
    .map(term => {
      const pair = pairs.get(term.formula);
      const ideal = pair?.ideal ?? ideaOf.get(term.formula) ?? null;
      return { ideal, term: pair ? correctedTerm(term, pair, writer) : term };
    });
  return sumFormula(inserted(kept, missing, ideals, writer));
}

function correctedTerm(term: Term, pair: Pair, writer: Writer): Term {
  const { written, ideal } = pair;
  const swaps = swapsOf(pair);
  const flipped = rational.equal(written.coefficient, rational.negate(ideal.coefficient));
  if (swaps === null || (!flipped && !rational.equal(written.coefficient, ideal.coefficient))) {
    return termFormula(writer, ideal);
  }
  const formula = rewrite(term.formula, node => {
    const swap = swaps.find(one => one.node === node);
    return swap ? atomFormula(writer, swap.to) : null;
  });
  if (!flipped) return { ...term, formula };
  if (formula.kind === 'negation') return { ...term, formula: formula.of };
  return { sign: term.sign === '+' ? '-' : '+', written: true, formula };
}

interface Kept {
  readonly ideal: IdealTerm | null;
  readonly term: Term;
}

/** Missing terms go before the first term that follows them in the definition. */
function inserted(
  kept: readonly Kept[],
  missing: readonly IdealTerm[],
  ideals: readonly IdealTerm[],
  writer: Writer,
): readonly Term[] {
  const rank = new Map(ideals.map((term, k) => [term, k]));
  const rankOf = (term: IdealTerm | null) => (term === null ? null : (rank.get(term) ?? null));
  const ranks = kept.map(({ ideal }) => rankOf(ideal)).filter(place => place !== null);
  const ordered = ranks.every((place, k) => k === 0 || place > ranks[k - 1]!);
  const result = [...kept];
  for (const ideal of missing) {
    const place = rank.get(ideal) ?? 0;
    const at = result.findIndex(one => (rankOf(one.ideal) ?? -1) > place);
    result.splice(ordered && at >= 0 ? at : result.length, 0, { ideal, term: termFormula(writer, ideal) });
  }
  // A term that moved away from the front needs its sign written.
  return result.map(({ term }, k) =>
    k > 0 && term.formula.kind !== 'ellipsis' && k !== indexAfterDots(result, k)
      ? { ...term, written: true }
      : term,
  );
}

/** A term behind dots may go without a sign, as it was written. */
function indexAfterDots(kept: readonly Kept[], k: number): number {
  return kept[k - 1]?.term.formula.kind === 'ellipsis' ? k : -1;
}

/** A term as a correction shows it, its minus in front. */
export function signedFormula({ formula, sign }: Pick<WrittenTerm, 'formula' | 'sign'>): Formula {
  return sign === '-' ? { kind: 'negation', of: formula, span: formula.span } : formula;
}
