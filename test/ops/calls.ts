/** Numeric calls of an operator from values of its size letters. */
import { parameterPolynomial } from '../../src/index-sum/index.js';
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

/** The call of all sizes, settled once: a letter that no polynomial gives is called "... to be found". */
function settled(operator: Operator, modes: Params, rank: number): SymbolicCall {
  const calls = known.get(operator) ?? new Map<string, SymbolicCall>();
  known.set(operator, calls);
  const key = `${rank} ${JSON.stringify(modes)}`;
  const call = calls.get(key) ?? callOfAllSizes(operator, modes, rank, letter => `${letter} to be found`);
  calls.set(key, call);
  return call;
}

/** The letters that leave nothing to choose once they have values. */
export function freeLetters(operator: Operator, modes: Params, rank: number): string[] {
  const { letters } = settled(operator, modes, rank);
  return [...letters].filter(([name, value]) => value.get(name) === 1).map(([name]) => name);
}

/** The call at these values of the free letters. */
export function callAt(operator: Operator, modes: Params, rank: number, values: LetterValues): Example {
  const { letters } = settled(operator, modes, rank);
  const atValues = (letter: string) => parameterPolynomial(letters.get(letter)!, values);
  const shapes = Object.entries(operator.inputs).map(
    ([input, layout]) => [input, layoutNames(layout, rank).map(atValues)] as const,
  );
  const params = [...parameterLetters(operator, rank)]
    .filter(([name]) => typeof modes[name] !== 'string')
    .map(([name, own]) => [name, arranged(operator.letters[name]!, own.map(atValues))] as const);
  return { shapes: Object.fromEntries(shapes), params: { ...Object.fromEntries(params), ...modes } };
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
