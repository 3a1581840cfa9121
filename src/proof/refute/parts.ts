/** A term as a product of sums that have no index in common, once some outer indices are fixed. */
import type { Atom, Guard, Range, Term } from '../../index-sum/term.js';

interface Piece {
  readonly names: ReadonlySet<string>;
  readonly bound: readonly Range[];
  readonly guards: readonly Guard[];
  readonly atoms: readonly Atom[];
}

/** The factors of a term without its coefficient, as sums: a loop over an index around such factors. */
export interface Factors {
  readonly range: Range;
  /** Sums that nothing splits, and further loops. */
  readonly parts: readonly (Term | Factors)[];
}

export const isTerm = (part: Term | Factors): part is Term => 'atoms' in part;

/** Sums over several indices are looped over one, where that leaves sums over fewer each. */
export function factored(term: Term): Factors['parts'] {
  return independentParts(term)
    .map(part => looped(part) ?? part)
    .sort((a, b) => Number(!isTerm(a)) - Number(!isTerm(b)) || sizeOf(a) - sizeOf(b));
}

const sizeOf = (part: Term | Factors): number => (isTerm(part) ? part.bound.length : 0);

function looped(part: Term): Factors | null {
  let [best, most] = [null as Range | null, 1];
  for (const range of part.bound) {
    const count = independentParts(without(part, range)).filter(one => one.bound.length > 0).length;
    if (count > most) [best, most] = [range, count];
  }
  return best && { range: best, parts: factored(without(part, best)) };
}

const without = (term: Term, range: Range): Term => ({
  ...term,
  bound: term.bound.filter(one => one !== range),
});

/** Terms with the coefficient 1, which multiplied with one another are the term without its own. */
function independentParts({ bound, guards, atoms }: Term): Term[] {
  const isBound = new Set(bound.map(range => range.name));
  const namesIn = (parts: readonly ReadonlyMap<string, unknown>[]) =>
    new Set(
      parts.flatMap(part => [...part.keys()].flatMap(key => key.split('*'))).filter(one => isBound.has(one)),
    );
  const none = { bound: [], guards: [], atoms: [] };
  const pieces: Piece[] = [
    ...bound.map(range => ({ ...none, names: new Set([range.name]), bound: [range] })),
    ...guards.map(guard => {
      const parts = guard.kind === 'equation' ? [guard.zero] : [guard.value, guard.extent];
      return { ...none, names: namesIn(parts), guards: [guard] };
    }),
    ...atoms.map(atom => ({ ...none, names: namesIn(atom.index), atoms: [atom] })),
  ];
  return pieces.reduce<Piece[]>(joined, []).map(piece => ({
    coefficient: 1,
    bound: piece.bound,
    guards: piece.guards,
    atoms: piece.atoms,
  }));
}

/** A piece becomes one with those that have a name of it; pieces without names are one. */
function joined(pieces: Piece[], piece: Piece): Piece[] {
  const isTied = ({ names }: Piece) =>
    names.size + piece.names.size === 0 || [...names].some(name => piece.names.has(name));
  const tied = [...pieces.filter(isTied), piece];
  return [
    ...pieces.filter(one => !isTied(one)),
    {
      names: new Set(tied.flatMap(({ names }) => [...names])),
      bound: tied.flatMap(one => one.bound),
      guards: tied.flatMap(one => one.guards),
      atoms: tied.flatMap(one => one.atoms),
    },
  ];
}
