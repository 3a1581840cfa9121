/** Statements that differ from a given one in one place. */
import { integer, type Polynomial, polynomial } from '../../../src/exact/index.js';
import type { Atom, Guard, Term } from '../../../src/index-sum/index.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';

export const kinds = [
  'index',
  'axes',
  'tensor',
  'guard removed',
  'guard',
  'extent',
  'coefficient',
  'assumption',
] as const;

export type Kind = (typeof kinds)[number];

/** Every statement that one change of a kind makes of this one. */
export function mutantsOf(statement: Statement, kind: Kind): Statement[] {
  if (kind === 'assumption')
    return statement.assume.map((_, k) => ({ ...statement, assume: without(statement.assume, k) }));
  const changed = (terms: readonly Term[]) => changedOnce(terms, term => changedTerms(term, kind, statement));
  const { left, right, definitions } = statement;
  return [
    ...changed(left).map(terms => ({ ...statement, left: terms })),
    ...changed(right).map(terms => ({ ...statement, right: terms })),
    ...changedOnce(definitions, one => changed(one.terms).map(terms => ({ ...one, terms }))).map(all => ({
      ...statement,
      definitions: all,
    })),
  ];
}

/** The lists in which one element has given way to one of its changes. */
function changedOnce<T>(list: readonly T[], changes: (one: T) => readonly T[]): T[][] {
  return list.flatMap((one, k) => changes(one).map(next => list.with(k, next)));
}

const without = <T>(list: readonly T[], at: number) => list.filter((_, k) => k !== at);

/** One more and one less. */
const shifted = (value: Polynomial) => [1, -1].map(by => polynomial.add(value, polynomial.constant(by)));

function changedTerms(term: Term, kind: Exclude<Kind, 'assumption'>, { tensors }: Statement): Term[] {
  const { coefficient, bound, guards, atoms } = term;
  const withAtoms = (changes: (atom: Atom) => readonly Atom[]) =>
    changedOnce(atoms, changes).map(next => ({ ...term, atoms: next }));
  switch (kind) {
    case 'index':
      return withAtoms(atom => changedOnce(atom.index, shifted).map(index => ({ ...atom, index })));
    case 'axes':
      return withAtoms(atom => exchanged(atom.index).map(index => ({ ...atom, index })));
    case 'tensor':
      return withAtoms(atom =>
        [...tensors]
          .filter(([name, rank]) => name !== atom.tensor && rank === atom.index.length)
          .map(([tensor]) => ({ ...atom, tensor })),
      );
    case 'guard removed':
      return guards.map((_, k) => ({ ...term, guards: without(guards, k) }));
    case 'guard':
      return changedOnce(guards, changedGuards).map(next => ({ ...term, guards: next }));
    case 'extent':
      return changedOnce(bound, range => shifted(range.extent).map(extent => ({ ...range, extent }))).map(
        next => ({ ...term, bound: next }),
      );
    case 'coefficient':
      return [2, -1].map(by => ({ ...term, coefficient: integer.multiply(coefficient, by) }));
  }
}

function changedGuards(guard: Guard): Guard[] {
  if (guard.kind === 'equation') return shifted(guard.zero).map(zero => ({ ...guard, zero }));
  return [
    ...shifted(guard.value).map(value => ({ ...guard, value })),
    ...shifted(guard.extent).map(extent => ({ ...guard, extent })),
  ];
}

/** Two neighbours exchanged that differ. */
function exchanged(index: readonly Polynomial[]): Polynomial[][] {
  return index.slice(1).flatMap((value, k) => {
    const before = index[k]!;
    return polynomial.equal(before, value) ? [] : [index.with(k, value).with(k + 1, before)];
  });
}
