/**
 * Whether the sides of a statement differ in value, once its opaque tensors are the functions that they stand for. As
 * polynomials they may differ and still agree: nothing tells a proof that u*(1/u) is 1.
 */
import type { Polynomial } from '../../exact/index.js';
import { float64 } from '../../expr/index.js';
import type { Guard, Range, Term } from '../../index-sum/index.js';
import type { OpaqueFunction } from '../statement/draft.js';
import type { Meaning } from '../statement/theorem.js';
import { type Statement, sidesOf } from '../trusted/statement.js';

/** Why a difference of formulas is no counterexample. */
export const SAME_VALUE =
  'the sides differ as formulas, but no values were found at which they differ: an identity of their functions, such as u*(1/u) = 1, may be missing';

type Names = ReadonlyMap<string, number>;

/** Positions that may be visited; beyond it nothing is said. */
const BUDGET = 20_000_000;

/** For what functions are of: cells that no function minds, cells of either sign, and cells at kinks and ties. */
const DRAWS: readonly ((hash: number) => number)[] = [
  hash => 0.05 + (0.9 * (hash % 9973)) / 9973,
  hash => (4 * (hash % 9967)) / 9967 - 2,
  hash => (hash % 3) - 1,
  hash => 0.1 + (0.8 * (hash % 9949)) / 9949,
  hash => (hash % 2) - 1,
  () => 0,
];

/**
 * @param sizes values of the parameters
 * @param index values of the statement's free indices
 * @returns null where it would take too long to tell
 */
export function differsInValue(
  statement: Statement,
  meaning: Meaning,
  sizes: Readonly<Record<string, number>>,
  index: readonly number[],
): boolean | null {
  const { left, right } = sidesOf(statement);
  const free = statement.free.map(({ name }, k) => [name, index[k]!] as const);
  const outer = new Map([...Object.entries(sizes), ...free]);
  const meter = { left: BUDGET };
  const inside = argumentsOf(meaning);
  for (const [seed, draw] of DRAWS.entries()) {
    const given = (tensor: string, cell: string) =>
      (inside.has(tensor) ? draw : DRAWS[0]!)(hashOf(cell, seed));
    const read = reader(meaning, new Map(Object.entries(sizes)), given, meter);
    const sides = [left, right].map(terms => total(terms, outer, read, meter));
    if (meter.left <= 0) return null;
    const [a, b] = [sides[0]!, sides[1]!];
    // Rounding is far below this, and a wrong term far above.
    if (Math.abs(a.value - b.value) > 1e-8 * (a.size + b.size)) return true;
  }
  return false;
}

/** The given tensors that functions and maxima are of. */
function argumentsOf({ definitions, opaques, maxima }: Meaning): ReadonlySet<string> {
  const parts: readonly { readonly atoms: Term['atoms'] }[] = [
    ...[...opaques.values()].flatMap(({ of }) => of),
    ...[...maxima.values()].map(({ term }) => term),
  ];
  const found = new Set(parts.flatMap(({ atoms }) => atoms.map(({ tensor }) => tensor)));
  for (const { name, terms } of definitions.toReversed()) {
    if (found.has(name)) for (const { atoms } of terms) for (const { tensor } of atoms) found.add(tensor);
  }
  return found;
}

type Read = (tensor: string, index: readonly number[]) => number;

/** The value of any tensor at any index. */
function reader(
  { definitions, opaques, maxima, units }: Meaning,
  sizes: Names,
  given: (tensor: string, cell: string) => number,
  meter: Meter,
): Read {
  const known = new Map<string, number>();
  const at = (free: readonly Range[], index: readonly number[]) =>
    new Map([...sizes, ...free.map(({ name }, k) => [name, index[k]!] as const)]);
  const selections = new Map([...maxima.values()].map(one => [one.selection, one]));
  const read: Read = (tensor, index) => {
    const cell = `${tensor}[${index}]`;
    const value = known.get(cell) ?? compute(tensor, index, cell);
    known.set(cell, value);
    return value;
  };
  const compute = (tensor: string, index: readonly number[], cell: string): number => {
    const count = units.get(tensor);
    if (count) return 1 / numberAt(count, sizes);
    const opaque = opaques.get(tensor);
    if (opaque) {
      const terms = opaque.of.map(one => ({ ...one, bound: [], guards: [] }));
      return FUNCTIONS[opaque.fn](total(terms, at(opaque.free, index), read, meter).value);
    }
    const maximum = maxima.get(tensor) ?? selections.get(tensor);
    if (maximum) {
      const { free, term } = maximum;
      const window: { place: string; value: number }[] = [];
      visit(term, at(free, index.slice(0, free.length)), read, meter, (value, names) => {
        window.push({ place: String(term.bound.map(({ name }) => names.get(name)!)), value });
      });
      const most = Math.max(...window.map(one => one.value));
      if (maxima.has(tensor)) return most;
      const chosen = window.find(one => one.value === most);
      return chosen?.place === String(index.slice(free.length)) ? 1 : 0;
    }
    const defined = definitions.find(one => one.name === tensor);
    return defined ? total(defined.terms, at(defined.free, index), read, meter).value : given(tensor, cell);
  };
  return read;
}

const FUNCTIONS: Readonly<Record<OpaqueFunction, (of: number) => number>> = {
  exp: float64.exp,
  log: float64.log,
  sqrt: float64.sqrt,
  tanh: float64.tanh,
  normcdf: float64.normcdf,
  normpdf: float64.normpdf,
  reciprocal: of => 1 / of,
  positive: of => (of > 0 ? 1 : of <= 0 ? 0 : Number.NaN),
};

interface Meter {
  left: number;
}

/** The value of a sum, and the sum of the sizes of its terms. */
function total(terms: readonly Term[], names: Names, read: Read, meter: Meter) {
  let [value, size] = [0, 0];
  for (const term of terms) {
    visit(term, names, read, meter, one => {
      value += one;
      size += Math.abs(one);
    });
  }
  return { value, size };
}

/** Every product of a term, at the positions where its guards hold. */
function visit(
  { coefficient, bound, guards, atoms }: Term,
  outer: Names,
  read: Read,
  meter: Meter,
  take: (value: number, names: Names) => void,
): void {
  const names = new Map(outer);
  const descend = (depth: number): void => {
    if (--meter.left <= 0) return;
    const range = bound[depth];
    if (range) {
      const extent = numberAt(range.extent, outer);
      for (let v = 0; v < extent; v++) {
        names.set(range.name, v);
        descend(depth + 1);
      }
      return;
    }
    if (!guards.every(guard => holds(guard, names))) return;
    const factors = atoms.map(({ tensor, index }) =>
      read(
        tensor,
        index.map(part => numberAt(part, names)),
      ),
    );
    take(
      factors.reduce((product, factor) => product * factor, Number(coefficient)),
      names,
    );
  };
  descend(0);
}

function holds(guard: Guard, names: Names): boolean {
  if (guard.kind === 'equation') return numberAt(guard.zero, names) === 0;
  const value = numberAt(guard.value, names);
  return value >= 0 && value < numberAt(guard.extent, names);
}

function numberAt(value: Polynomial, names: Names): number {
  let sum = 0;
  for (const [monomial, coefficient] of value) {
    let product = Number(coefficient);
    if (monomial !== '') for (const name of monomial.split('*')) product *= names.get(name)!;
    sum += product;
  }
  return sum;
}

function hashOf(cell: string, seed: number): number {
  let hash = 2166136261 ^ (seed * 7919);
  for (let k = 0; k < cell.length; k++) hash = Math.imul(hash ^ cell.charCodeAt(k), 16777619);
  return Math.imul(hash ^ (hash >>> 15), 2246822519) >>> 0;
}
