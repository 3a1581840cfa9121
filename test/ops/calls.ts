/** Numeric calls of an operator from values of its size letters. */
import { polynomial } from '../../src/exact/index.js';
import { parameterPolynomial } from '../../src/index-sum/index.js';
import { domainOf, factNames } from '../../src/ops/domain.js';
import {
  callOfAllSizes,
  type Example,
  layoutNames,
  modesAt,
  type Operator,
  type Params,
  type SymbolicCall,
} from '../../src/ops/index.js';
import { parameterLetters } from '../../src/ops/symbolic.js';

export type LetterValues = Readonly<Record<string, number>>;

const known = new WeakMap<Operator, Map<string, SymbolicCall>>();

/** The call of all sizes, settled once; the suffix is for the letters that no polynomial gives. */
function settled(operator: Operator, modes: Params, rank: number, suffix = ''): SymbolicCall {
  const calls = known.get(operator) ?? new Map<string, SymbolicCall>();
  known.set(operator, calls);
  const key = `${rank} ${suffix} ${JSON.stringify(modes)}`;
  const call = calls.get(key) ?? callOfAllSizes(operator, modes, rank, letter => `${letter}${suffix}`);
  calls.set(key, call);
  return call;
}

/** The letters of a call that leave nothing to choose once they have values; theorems may leave others open. */
export function freeLetters(operator: Operator, modes: Params, rank: number): string[] {
  const { letters } = settled(operator, modes, rank, ' to be found');
  const layouts = Object.values(operator.inputs).flatMap(layout => layoutNames(layout, rank));
  const given = [...layouts, ...[...parameterLetters(operator, rank).values()].flat()];
  const chosen = new Set(given.flatMap(name => [...polynomial.names(letters.get(name)!)]));
  return [...letters]
    .filter(([name, value]) => chosen.has(name) && value.get(name) === 1)
    .map(([name]) => name);
}

/** The call at these values of the free letters. */
export function callAt(operator: Operator, modes: Params, rank: number, values: LetterValues): Example {
  const { letters } = settled(operator, modes, rank);
  const all = { ...windowCounts(operator, modes, rank, values), ...values };
  const atValues = (letter: string) => parameterPolynomial(letters.get(letter)!, all);
  const shapes = Object.entries(operator.inputs).map(
    ([input, layout]) => [input, layoutNames(layout, rank).map(atValues)] as const,
  );
  const params = [...parameterLetters(operator, rank)]
    .filter(([name]) => typeof modes[name] !== 'string')
    .map(([name, own]) => [name, arranged(operator.letters[name]!, own.map(atValues))] as const);
  return { shapes: Object.fromEntries(shapes), params: { ...Object.fromEntries(params), ...modes } };
}

/** The numbers of windows that follow from the free letters: an input may be as long as those say. */
function windowCounts(operator: Operator, modes: Params, rank: number, values: LetterValues): LetterValues {
  const counts = domainOf(operator, modes, rank).flatMap(fact => {
    if (fact.kind !== 'windows' || [...factNames(fact)].some(name => values[name] === undefined)) return [];
    const [room, step] = [fact.room, fact.step].map(value => parameterPolynomial(value, values));
    // No call has a step below 1, whatever the count.
    return [[fact.letter, Math.max(0, Math.floor(room! / Math.max(1, step!)) + 1)] as const];
  });
  return Object.fromEntries(counts);
}

/** One integer, one per axis, or one pair per axis. */
function arranged(letters: Operator['letters'][string], values: readonly number[]): Params[string] {
  if (typeof letters === 'string') return letters.includes('@') ? values : values[0]!;
  return values.flatMap((before, k) => (k % 2 === 0 ? [[before, values[k + 1]!] as const] : []));
}

/** Every combination of one value per mode. */
export function modesOf(operator: Operator, rank: number): Record<string, string>[] {
  return Object.entries(modesAt(operator, rank)).reduce<Record<string, string>[]>(
    (all, [name, values]) => all.flatMap(modes => values.map(value => ({ ...modes, [name]: value }))),
    [{}],
  );
}

export const ranksOf = (operator: Operator): readonly number[] =>
  typeof operator.rank === 'number' ? [operator.rank] : [0, 1, 2, 3];
