/** A smaller draw that still fails, step by step, until no step is left. */
import { modesAt, type Operator } from '../../../src/ops/index.js';
import { accepted, type Draw } from './draw.js';

/** @returns the smallest draw found; @param fails whether the trial of a legal draw still shows the fault */
export function smallest(operator: Operator, draw: Draw, fails: (smaller: Draw) => boolean): Draw {
  const next = steps(operator, draw).find(smaller => accepted(operator, smaller) && fails(smaller));
  return next ? smallest(operator, next, fails) : draw;
}

/** The largest steps first; each leaves fewer or smaller letters, so that the search ends. */
function* stepsOf(operator: Operator, draw: Draw): Generator<Draw> {
  const { letters, named, absent } = draw;
  const missing = operator.optional.filter(name => !absent.includes(name));
  if (missing.length > 0) yield { ...draw, absent: operator.optional };
  for (const name of Object.keys(named)) {
    const { [name]: _, ...rest } = named;
    yield { ...draw, named: rest };
  }
  for (const [name, values] of Object.entries(modesAt(operator, draw.rank)))
    if (draw.modes[name] !== values[0]) yield { ...draw, modes: { ...draw.modes, [name]: values[0]! } };
  if (!draw.brief) yield { ...draw, brief: true };
  for (const [name, value] of Object.entries(letters)) {
    // An empty tensor may be what it takes, but a cell to look at is better.
    if (value === 0 && !isPlace(operator, draw, name)) yield { ...draw, letters: { ...letters, [name]: 1 } };
    for (const smaller of new Set([0, 1, Math.floor(value / 2), value - 1, -1])) {
      if (Math.abs(smaller) >= Math.abs(value) || (smaller === 0 && !isPlace(operator, draw, name))) continue;
      yield { ...draw, letters: { ...letters, [name]: smaller } };
    }
  }
}

const steps = (operator: Operator, draw: Draw): Draw[] => [...stepsOf(operator, draw)];

/** A place or an amount of padding may well be 0; an extent of 0 hides what is wrong. */
function isPlace(operator: Operator, { rank }: Draw, letter: string): boolean {
  return Object.values(operator.letters)
    .flat()
    .flatMap(one => Array.from({ length: Math.max(1, rank) }, (_, k) => one.replace('@', String(k + 1))))
    .includes(letter);
}
