/** Reads a corrected equation like one of the document: only what holds is shown as a correction. */
import type { Formula } from '../formula/tree.js';
import { equalPairs } from './compare.js';
import { read } from './read.js';
import { everyReading } from './readings.js';
import { nothingSeen, type Scope } from './scope.js';
import { aligned, matrix, type Value } from './value.js';

/** Whether both formulas are equal for all values, in some reading that the notation leaves open. */
export function equalSides(left: Formula, right: Formula, scope: Scope): boolean {
  const readings = everyReading(choose => {
    const fresh: Scope = { ...scope, choose, seen: nothingSeen() };
    return equalValues(read(left, fresh), read(right, fresh));
  });
  const meant = readings.filter(({ choices }) =>
    choices.every(({ policy, taken }) => policy !== 'loose' || taken === 0),
  );
  const ambiguous = meant.some(({ choices }) => choices.some(({ policy }) => policy === 'all'));
  const held = meant.filter(({ result }) => result === true);
  return ambiguous ? held.length === meant.length : held.length > 0;
}

function equalValues(left: Value, right: Value): boolean {
  const pair = aligned(asMatrix(left), asMatrix(right));
  if (pair === null) return false;
  const [a, b] = [pair[0].rows.flat(), pair[1].rows.flat()];
  return equalPairs(a.map((entry, k) => [entry, b[k]!] as const)).every(Boolean);
}

function asMatrix(value: Value) {
  return value.kind === 'matrix' ? value : matrix([[value.expr]]);
}
