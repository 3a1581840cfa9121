/**
 * The facts that tie an operator's size letters together, as polynomials:
 *
 *     C = G*I                       an equation for a letter
 *     s@ >= 1                       a bound; `@` stands for each spatial axis in turn
 *     F = C*prod(L@)                prod is the product over all spatial axes
 *     P@ = windows(L@ - 1, s@)      how many steps of s start within the room: floor(room / s) + 1, or 0 if room < 0
 */
import { BackproofError } from '../error.js';
import { type Polynomial, polynomial } from '../exact/index.js';
import { parsePolynomial } from '../index-sum/index.js';
import type { Operator, Params } from './operator.js';

export type Fact =
  | { readonly kind: 'equation'; readonly letter: string; readonly value: Polynomial }
  /** The value is at least 0. */
  | { readonly kind: 'bound'; readonly value: Polynomial }
  | {
      readonly kind: 'windows';
      readonly letter: string;
      readonly room: Polynomial;
      readonly step: Polynomial;
    };

/** The operator's domain at the given modes and number of spatial axes. @throws BackproofError `unreadable-domain`. */
export function domainOf(operator: Operator, modes: Params, rank: number): Fact[] {
  const texts = operator.domain({ ...operator.params, ...modes });
  return texts.flatMap(text =>
    spatial(text, rank).map(axis => {
      const fact = parseFact(text, axis, rank);
      if (fact) return fact;
      throw unreadable(operator.name, text);
    }),
  );
}

/** The letters that a fact computes from or bounds. */
export function factNames(fact: Fact): Set<string> {
  const parts = fact.kind === 'windows' ? [fact.room, fact.step] : [fact.value];
  return new Set(parts.flatMap(part => [...polynomial.names(part)]));
}

/** The axes for which a text with `@` is to be read, from 1; one reading without an axis for other texts. */
export function spatial(text: string, rank: number): (number | null)[] {
  return text.replace(/\bprod\([^()]*\)/g, '').includes('@')
    ? Array.from({ length: rank }, (_, k) => k + 1)
    : [null];
}

/** "L@" is L1 on axis 1. */
export const onAxis = (letter: string, axis: number | null): string =>
  axis === null ? letter : letter.replace('@', String(axis));

const WINDOWS = /^(\w+@?) = windows\((.+), ([^,]+)\)$/;
const RELATION = /^(.+) (=|>=) (.+)$/;

function parseFact(text: string, axis: number | null, rank: number): Fact | null {
  const read = (part: string) => parsePolynomial(part, axis, rank);
  const windows = WINDOWS.exec(text);
  if (windows) {
    const [, letter, room, step] = windows;
    const [within, by] = [read(room!), read(step!)];
    return { kind: 'windows', letter: onAxis(letter!, axis), room: within, step: by };
  }
  const relation = RELATION.exec(text);
  if (!relation) return null;
  const [, left, sign, right] = relation;
  const value = read(right!);
  if (sign === '=') return { kind: 'equation', letter: onAxis(left!, axis), value };
  return { kind: 'bound', value: polynomial.subtract(read(left!), value) };
}

function unreadable(operator: string, text: string): BackproofError {
  return new BackproofError({
    code: 'unreadable-domain',
    where: operator,
    what: 'a fact of its domain does not read',
    expected: 'letter = polynomial, polynomial >= polynomial, or letter = windows(room, step)',
    got: text,
    fix: 'Correct the record.',
  });
}
