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
import { callAt, modesOf, ranksOf } from '../calls.js';
import { drawnLetters, namedParameters } from './letters.js';
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
  // A mode such as an axis may have no value at all without axes.
  const ranks = ranksOf(operator).filter(one => modesOf(operator, one).length > 0);
  const rank = random.shuffled(ranks)[0]!;
  const modes = random.shuffled(modesOf(operator, rank))[0]!;
  const letters = drawnLetters(operator, modes, rank, random);
  return {
    rank,
    modes,
    letters,
    named: namedParameters(operator, modes, random),
    absent: operator.optional.filter(() => random.integer(0, 1) === 0),
    brief: random.integer(0, 2) === 0,
  };
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
