/** Random calls of any record: from its layouts, letters, facts and modes, with the traps of sliding windows. */

import { BackproofError } from '../../../src/error.js';
import { type Random, randomFrom } from '../../../src/gate/vectors/random.js';
import { parameterPolynomial, termsOf, walkTerm } from '../../../src/index-sum/index.js';
import {
  definitionOf,
  type Example,
  type Operator,
  type Params,
  type Resolved,
  resolve,
} from '../../../src/ops/index.js';
import { parameterLetters } from '../../../src/ops/symbolic.js';
import { callAt, freeLetters, modesOf, ranksOf } from '../calls.js';
import { dtypes, fillings, type Trial } from './trial.js';

/** What a trial is made from, and what a failing one is made smaller in. */
export interface Draw {
  readonly rank: number;
  readonly modes: Params;
  readonly letters: Readonly<Record<string, number>>;
  /** Parameters given by name instead of through their letters, or that set no letter. */
  readonly named: Params;
  readonly absent: readonly string[];
  /** Whether parameters are written as briefly as they can be. */
  readonly brief: boolean;
}

/** Of the loops of a definition, at most: a trial takes a few milliseconds. */
const POSITIONS = 1000;
const ATTEMPTS = 200;
const PADDINGS = ['valid', 'same', 'same-upper', 'same-lower', 'full'];

/** The call that a draw means. */
export function exampleOf(operator: Operator, { rank, modes, letters, named, absent, brief }: Draw): Example {
  const { shapes, params } = callAt(operator, modes, rank, letters);
  const present = Object.entries(shapes).filter(([name]) => !absent.includes(name));
  const given = Object.entries({ ...params, ...named }).map(([name, value]) => {
    const own = typeof operator.params[name] === 'boolean' ? String(value) === 'true' : value;
    return [name, brief ? briefly(own) : own] as const;
  });
  const wanted = given.filter(([name, value]) => !brief || !same(value, operator.params[name]));
  return { shapes: Object.fromEntries(present), params: Object.fromEntries(wanted) };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One entry for a list, or a pair, of equal ones. */
function briefly(value: Params[string]): Params[string] {
  if (!Array.isArray(value) || value.length === 0) return value;
  const flat = value.flat();
  return flat.every(one => one === flat[0]) ? flat[0] : value;
}

/** A legal call of the record, and what it resolves to; null if none was found. */
export function drawCall(operator: Operator, random: Random): { draw: Draw; call: Resolved } | null {
  for (let k = 0; k < ATTEMPTS; k++) {
    const draw = oneDraw(operator, random);
    const call = accepted(operator, draw);
    if (call && isSmall(operator, call)) return { draw, call };
  }
  return null;
}

/** The resolved call, or null if the record refuses it. */
export function accepted(operator: Operator, draw: Draw): Resolved | null {
  const { shapes, params } = exampleOf(operator, draw);
  try {
    return resolve(operator, shapes, params);
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

/** The trial that a draw and the words of a seed give, or one with an easier element type or filling. */
export function trialOf(
  operator: Operator,
  draw: Draw,
  words: string,
  easier: Partial<Pick<Trial, 'dtype' | 'filling'>> = {},
): Trial {
  const random = randomFrom(`${words} values`);
  const seed = random.integer(1, 2 ** 31);
  const dtype = dtypes[random.integer(0, 3) === 0 ? 1 : 0];
  const filling = fillings[[0, 0, 1, 1, 2, 3][random.integer(0, 5)]!]!;
  return { op: operator.name, ...exampleOf(operator, draw), dtype, filling, seed, ...easier };
}

function oneDraw(operator: Operator, random: Random): Draw {
  const rank = random.shuffled(ranksOf(operator))[0]!;
  const modes = random.shuffled(modesOf(operator, rank))[0]!;
  const parameters = new Map(
    [...parameterLetters(operator, rank)].flatMap(([name, letters]) =>
      letters.map(one => [one, name] as const),
    ),
  );
  const letters: Record<string, number> = {};
  for (const letter of freeLetters(operator, modes, rank))
    letters[letter] = letterValue(operator, parameters.get(letter), letter, rank, random);
  if (random.integer(0, 1) === 0) springTrap(letters, rank, random);
  return {
    rank,
    modes,
    letters,
    named: namedParameters(operator, modes, random),
    absent: operator.optional.filter(() => random.integer(0, 1) === 0),
    brief: random.integer(0, 2) === 0,
  };
}

const PER_STEP = [1, 1, 2, 2, 3, 4, 0];
const PER_SIDE = [0, 0, 1, 1, 2, 3, 4, -1];
const CHANNELS = [1, 2, 2, 3, 3, 4];

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

type Letters = Record<string, number>;

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
function namedParameters(operator: Operator, modes: Params, random: Random): Params {
  const entries = Object.entries(operator.params).flatMap(([name, value]) => {
    if (name in modes) return [];
    if (Array.isArray(operator.letters[name]))
      return random.integer(0, 7) === 0 ? [[name, random.shuffled(PADDINGS)[0]!] as const] : [];
    if (name in operator.letters || random.integer(0, 1) === 0) return [];
    return [[name, random.shuffled(otherValues(operator, name, value))[0]!] as const];
  });
  return Object.fromEntries(entries);
}

/** Both values of a switch; otherwise what the examples show. */
function otherValues(operator: Operator, name: string, value: Params[string]): Params[string][] {
  if (typeof value === 'boolean') return [true, false];
  const shown = operator.examples.flatMap(({ params }) => (name in params ? [params[name]!] : []));
  return [value, ...shown];
}

/** Whether the loops of the definition visit few enough positions. */
function isSmall(operator: Operator, { params, rank, sizes, inputs }: Resolved): boolean {
  const { stages } = definitionOf(operator, params, rank);
  const shapes = new Map(Object.entries(inputs));
  let left = POSITIONS;
  const count = () => {
    if (--left < 0) throw TOO_MANY;
  };
  try {
    for (const stage of stages) {
      const present = termsOf(stage).filter(({ atoms }) => atoms.every(({ tensor }) => shapes.has(tensor)));
      for (const term of present) walkTerm(term, stage.free, sizes, name => shapes.get(name)!, count);
      shapes.set(
        stage.name,
        stage.free.map(({ extent }) => Math.max(0, parameterPolynomial(extent, sizes))),
      );
    }
  } catch (error) {
    if (error !== TOO_MANY) throw error;
  }
  return left >= 0;
}

const TOO_MANY = new RangeError('too many positions');
