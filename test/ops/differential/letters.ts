/** Values of size letters and of parameters, mostly legal, with the traps of sliding windows. */
import { BackproofError } from '../../../src/error.js';
import type { Random } from '../../../src/gate/vectors/random.js';
import { type Operator, type Params, resolve } from '../../../src/ops/index.js';
import { parameterLetters } from '../../../src/ops/symbolic.js';
import { freeLetters } from '../calls.js';

type Letters = Record<string, number>;

const PER_STEP = [1, 1, 2, 2, 3, 4, 0];
const PER_SIDE = [0, 0, 1, 1, 2, 3, 4, -1];
const CHANNELS = [1, 2, 2, 3, 3, 4];

const PADDINGS = ['valid', 'same', 'same-upper', 'same-lower', 'full'];

export function drawnLetters(operator: Operator, modes: Params, rank: number, random: Random): Letters {
  const parameters = new Map(
    [...parameterLetters(operator, rank)].flatMap(([name, letters]) =>
      letters.map(one => [one, name] as const),
    ),
  );
  const letters: Letters = {};
  for (const letter of freeLetters(operator, modes, rank))
    letters[letter] = letterValue(operator, parameters.get(letter), letter, rank, random);
  if (random.integer(0, 1) === 0) springTrap(letters, rank, random);
  return letters;
}

function letterValue(
  operator: Operator,
  parameter: string | undefined,
  letter: string,
  rank: number,
  random: Random,
): number {
  const one = (list: readonly number[]) => list[random.integer(0, list.length - 1)]!;
  // Nothing at all, seldom: an empty batch, no channels, no cells.
  if (random.integer(0, 40) === 0) return 0;
  if (parameter !== undefined) {
    const value = operator.params[parameter];
    const startsAtZero = typeof operator.letters[parameter] !== 'string' || value === 0;
    return one(startsAtZero ? PER_SIDE : PER_STEP);
  }
  if (!/\d$/.test(letter)) return one(CHANNELS);
  const longest = [1, 9, 6, 4][rank] ?? 3;
  return letter.startsWith('K') ? random.integer(1, 3) : random.integer(1, longest);
}

/** What slips through tests with plain numbers: each changes the letters of one axis, where they are there. */
const traps: readonly ((at: (letter: string) => string, letters: Letters, random: Random) => Letters)[] = [
  (at, letters) => ({ [at('K')]: 1, [at('s')]: (letters[at('d')] ?? 1) + 1 }),
  (at, letters) => ({ [at('K')]: letters[at('L')] ?? 1, [at('d')]: 1, [at('a')]: 0, [at('b')]: 0 }),
  (at, letters) => ({ [at('s')]: (letters[at('K')] ?? 1) + 1 }),
  // A stride that leaves cells over which padding after the input uncovers.
  (at, letters, random) => {
    const [s, K] = [random.integer(2, 3), letters[at('K')] ?? 1];
    return {
      [at('s')]: s,
      [at('d')]: 1,
      [at('L')]: K + s + random.integer(1, s - 1) - 1,
      [at('a')]: 0,
      [at('b')]: 1,
    };
  },
  // The outer taps meet padding only.
  (at, letters, random) => {
    const d = (letters[at('L')] ?? 1) + random.integer(0, 1);
    return { [at('d')]: d, [at('K')]: 3, [at('a')]: d, [at('b')]: d };
  },
  (at, _, random) =>
    random.shuffled([
      { [at('a')]: 0, [at('b')]: 2 },
      { [at('a')]: 2, [at('b')]: 0 },
    ])[0]!,
  (at, letters) => ({ [at('d')]: 3, [at('s')]: 2, [at('L')]: (letters[at('L')] ?? 1) + 4 }),
];

function springTrap(letters: Letters, rank: number, random: Random): void {
  for (let axis = 1; axis <= rank; axis++) {
    const trap = random.shuffled(traps)[0]!;
    const changed = trap(letter => `${letter}${axis}`, letters, random);
    for (const [name, value] of Object.entries(changed)) if (name in letters) letters[name] = value;
  }
}

/** Paddings by name now and then, and the values of parameters that neither set letters nor are modes. */
export function namedParameters(operator: Operator, modes: Params, random: Random): Params {
  const entries = Object.entries(operator.params).flatMap(([name, value]) => {
    if (name in modes) return [];
    if (Array.isArray(operator.letters[name]))
      return random.integer(0, 7) === 0 ? [[name, random.shuffled(PADDINGS)[0]!] as const] : [];
    if (name in operator.letters || random.integer(0, 1) === 0) return [];
    return [[name, random.shuffled(otherValues(operator, name, value))[0]!] as const];
  });
  return Object.fromEntries(entries);
}

/** Both values of a switch, every name that the record would have, and what the examples show. */
function otherValues(operator: Operator, name: string, value: Params[string]): Params[string][] {
  if (typeof value === 'boolean') return [true, false];
  const shown = operator.examples.flatMap(({ params }) => (name in params ? [params[name]!] : []));
  return [value, ...shown, ...(typeof value === 'string' ? namesOf(operator, name) : [])];
}

/** The names that a parameter may have, as the refusal of another one lists them. */
function namesOf(operator: Operator, name: string): string[] {
  const { shapes, params } = operator.examples[0]!;
  try {
    resolve(operator, shapes, { ...params, [name]: '?' });
  } catch (error) {
    if (error instanceof BackproofError && error.code === 'bad-parameter')
      return error.expected.split(' or ');
  }
  return [];
}
