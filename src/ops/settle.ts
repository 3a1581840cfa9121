/** From facts about size letters to the letters themselves. */
import { type Polynomial, polynomial } from '../exact/index.js';
import { type Fact, factNames } from './domain.js';
import { quotient } from './quotient.js';

/** What a call needs that its letters alone do not show. */
export type Requirement =
  | { readonly kind: 'equal'; readonly left: Polynomial; readonly right: Polynomial }
  /** The value is at least 0. */
  | { readonly kind: 'bound'; readonly value: Polynomial };

/** How many steps start within the room. */
export interface Windows {
  readonly room: Polynomial;
  readonly step: Polynomial;
}

/** A name for what has to be a parameter of its own; the number of the same windows may have the same name. */
export type FreshName = (letter: string, windows?: Windows) => string;

/** A call whose letters are being found. */
export interface Settling {
  readonly letters: Map<string, Polynomial>;
  readonly defining: Polynomial[];
  readonly required: Requirement[];
  readonly freshName: FreshName;
}

/** Takes in what a fact says; false if its letters are not known yet. */
export function settle(fact: Fact, state: Settling): boolean {
  const { letters } = state;
  const unknown = [...factNames(fact)].filter(name => !letters.has(name));
  if (fact.kind === 'equation') return settleEquation(fact.letter, fact.value, unknown, state);
  if (unknown.length > 0) return false;
  if (fact.kind === 'windows')
    settleWindows(fact.letter, put(fact.room, letters), put(fact.step, letters), state);
  else state.required.push({ kind: 'bound', value: put(fact.value, letters) });
  return true;
}

const put = (value: Polynomial, letters: ReadonlyMap<string, Polynomial>) =>
  polynomial.substitute(value, letters);

function settleEquation(
  letter: string,
  value: Polynomial,
  unknown: readonly string[],
  state: Settling,
): boolean {
  const { letters, required, freshName } = state;
  const left = letters.get(letter);
  if (unknown.length === 0) {
    const right = put(value, letters);
    if (left === undefined) letters.set(letter, right);
    else required.push({ kind: 'equal', left, right });
    return true;
  }
  const [wanted, ...others] = unknown;
  if (left === undefined || others.length > 0) return false;
  // No name contains #, so that the letter cannot be taken for a parameter of the same name.
  const right = put(value, new Map([...letters, [wanted!, polynomial.variable('#')]]));
  const found = solved(polynomial.subtract(left, right)) ?? polynomial.variable(freshName(wanted!));
  letters.set(wanted!, found);
  required.push({ kind: 'equal', left, right: polynomial.substitute(right, new Map([['#', found]])) });
  return true;
}

/** The value of # that makes a polynomial 0, if it is linear in # and the division is exact. */
function solved(zero: Polynomial): Polynomial | null {
  const rest = polynomial.substitute(zero, new Map([['#', polynomial.constant(0)]]));
  const factor = quotient(polynomial.subtract(zero, rest), polynomial.variable('#'));
  return factor && quotient(polynomial.negate(rest), factor);
}

/** P = floor(room / s) + 1, or 0 if room < 0, for a step s of at least 1. */
function settleWindows(letter: string, room: Polynomial, step: Polynomial, state: Settling): void {
  const { letters, defining, required, freshName } = state;
  const ONE = polynomial.constant(1);
  const exact = quotient(room, step);
  if (exact && !letters.has(letter)) {
    // Below 0 it stands for 0: a range of negative extent is as empty as one of extent 0.
    letters.set(letter, polynomial.add(exact, ONE));
    return;
  }
  const known = letters.get(letter);
  const count = known ?? polynomial.variable(freshName(letter, { room, step }));
  letters.set(letter, count);
  // r = room - s(P - 1) is below s, and not below 0 unless P = 0: then P is above room / s and, unless it is 0,
  // at most room / s + 1. For P = 0 the first says room < 0. So exactly one P meets these three.
  const left = polynomial.subtract(room, polynomial.product(step, polynomial.subtract(count, ONE)));
  const facts = [
    count,
    polynomial.subtract(polynomial.subtract(step, ONE), left),
    polynomial.product(count, left),
  ];
  if (known) required.push(...facts.map(value => ({ kind: 'bound' as const, value })));
  else defining.push(...facts);
}
