/** Reciprocals of counts, taken out with the sums whose values they count. */
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Range, Term } from '../../index-sum/term.js';
import { type Line, type Setting, shown, taken } from './line.js';

/** Of more indices than these, the first ones are looked at alone. */
const MOST = 8;

/** A reciprocal without the indices that it counts, the fewest that will do. */
export function withoutUnit(line: Line, setting: Setting): Line | null {
  const term = line.term!;
  if (setting.units.size === 0) return null;
  const choices = subsets(idle(term).slice(0, MOST)).sort((a, b) => a.length - b.length);
  for (const [atom, { tensor }] of term.atoms.entries()) {
    const value = setting.units.get(tensor);
    for (const gone of value ? choices : []) {
      const next = without(line, { atom, value: value!, gone }, setting);
      if (next) return next;
    }
  }
  return null;
}

/** Numbers to multiply both sides by, so that no reciprocal of a number is left: as often as a term has it. */
export function factorsOf(terms: readonly Term[], units: Setting['units']): Integer[] {
  return [...units].flatMap(([name, value]) => {
    const size = [...value.values()].reduce(integer.gcd, 0);
    const times = terms.map(({ atoms }) => atoms.filter(({ tensor }) => tensor === name).length);
    const most = size === 0 || size === 1 ? 0 : Math.max(0, ...times);
    return Array.from({ length: most }, () => size);
  });
}

interface Choice {
  readonly atom: number;
  readonly value: Polynomial;
  readonly gone: readonly Range[];
}

function without(line: Line, { atom, value, gone }: Choice, setting: Setting): Line | null {
  const term = line.term!;
  const extents = gone.map(range => range.extent);
  const count = extents.reduce(polynomial.product, polynomial.constant(term.coefficient));
  const times = quotient(count, value);
  if (times === null) return null;
  const names = gone.map(range => range.name);
  const rest = { ...term, bound: term.bound.filter(range => !gone.includes(range)) };
  const evidence = shown(extents, rest, setting);
  return evidence && taken(line, { rule: 'unit', atom, names, times, evidence }, setting);
}

/** Indices that no guard and no atom mentions. */
function idle({ bound, guards, atoms }: Term): Range[] {
  const parts = [
    ...guards.flatMap(one => (one.kind === 'equation' ? [one.zero] : [one.value, one.extent])),
    ...atoms.flatMap(({ index }) => index),
  ];
  const mentioned = new Set(parts.flatMap(part => [...polynomial.names(part)]));
  return bound.filter(({ name }) => !mentioned.has(name));
}

const subsets = (ranges: readonly Range[]): Range[][] =>
  Array.from({ length: 2 ** ranges.length }, (_, choice) => ranges.filter((_, k) => (choice >> k) & 1));

/** The integer by which a polynomial that is not zero is to be multiplied to make another, or null. */
function quotient(of: Polynomial, by: Polynomial): Integer | null {
  const [first] = by;
  if (!first || of.size !== by.size) return null;
  const [monomial, divisor] = first;
  const dividend = of.get(monomial) ?? 0;
  if (dividend === 0 || integer.remainder(dividend, divisor) !== 0) return null;
  const times = integer.divide(dividend, divisor);
  return polynomial.equal(of, polynomial.scale(by, times)) ? times : null;
}
