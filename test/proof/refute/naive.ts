/** Values of statements by loops over whole boxes: no narrowing, no order of loops, no fingerprints. */
import { type Integer, polynomial } from '../../../src/exact/index.js';
import type { Guard, Range, Term } from '../../../src/index-sum/term.js';
import { type Statement, sidesOf } from '../../../src/proof/trusted/statement.js';

type Values = ReadonlyMap<string, number>;

/** A polynomial as a function: the values are small, so that numbers are exact. */
function numberAt(value: ReadonlyMap<string, Integer>, values: Values): number {
  let sum = 0;
  for (const [monomial, coefficient] of value) {
    const names = monomial === '' ? [] : monomial.split('*');
    sum += names.reduce((product, name) => product * values.get(name)!, Number(coefficient));
  }
  return sum;
}

function holds(guard: Guard, values: Values): boolean {
  if (guard.kind === 'equation') return numberAt(guard.zero, values) === 0;
  const value = numberAt(guard.value, values);
  return value >= 0 && value < numberAt(guard.extent, values);
}

/** Every assignment of a box, in C order. */
export function box(ranges: readonly Range[], values: Values): Map<string, number>[] {
  let all = [new Map(values)];
  for (const { name, extent } of ranges) {
    const size = Math.max(0, numberAt(extent, values));
    all = all.flatMap(one => Array.from({ length: size }, (_, v) => new Map([...one, [name, v]])));
  }
  return all;
}

export function naiveSide(terms: readonly Term[], values: Values): Map<string, Integer> {
  const sum = new Map<string, Integer>();
  for (const { coefficient, bound, guards, atoms } of terms) {
    for (const point of box(bound, values)) {
      if (!guards.every(guard => holds(guard, point))) continue;
      const cells = atoms.map(({ tensor, index }) =>
        index.length === 0 ? tensor : `${tensor}[${index.map(part => numberAt(part, point))}]`,
      );
      polynomial.accumulate(sum, cells.sort().join('*'), coefficient);
    }
  }
  return sum;
}

export const meets = ({ assume }: Statement, values: Values): boolean =>
  assume.every(fact => numberAt(fact, values) >= 0);

/** The first free indices at which the sides differ, with both values; null if they agree at all. */
export function naiveDifference(statement: Statement, values: Values) {
  const { left, right } = sidesOf(statement);
  for (const point of box(statement.free, values)) {
    const sides = { left: naiveSide(left, point), right: naiveSide(right, point) };
    const index = statement.free.map(({ name }) => point.get(name)!);
    if (!polynomial.equal(sides.left, sides.right)) return { index, ...sides };
  }
  return null;
}
