/** Forward equations as integer coordinates, counted from 0, under one way of reading their indices. */
import type { Group } from './group.js';
import { type Subscript, splits } from './subscript.js';

export type Coordinates = readonly number[];

/** One product: kernel cell and input cell. */
export interface Tap {
  readonly q: Coordinates;
  readonly x: Coordinates;
}

export interface Observed {
  readonly line: number;
  readonly p: Coordinates;
  readonly taps: readonly Tap[];
  /** Whether every term is one of the taps. */
  readonly whole: boolean;
  readonly gap: number | null;
}

/** Widths of the rows that a running index counts through. */
export interface Widths {
  readonly input: number;
  readonly kernel: number;
  readonly output: number;
}

/** How indices are read: 1 or 2 numbers per name, or one running number through rows of these widths. */
export interface Reading {
  readonly rank: 1 | 2;
  readonly base: 0 | 1;
  readonly widths: Widths | null;
}

/** Numbers as written; null where the index does not have so many. */
export function numbersOf(subscript: Subscript, count: number): readonly number[] | null {
  if (subscript.kind === 'numbers') return subscript.numbers.length === count ? subscript.numbers : null;
  if (subscript.kind !== 'digits') return null;
  const ways = splits(subscript.digits, count);
  return ways.length === 1 ? ways[0]! : null;
}

/** Coordinates of an index in an array whose rows have this width, if it is a running one. */
export function coordinates(
  subscript: Subscript,
  { rank, base, widths }: Reading,
  role: keyof Widths,
): Coordinates | null {
  const numbers = numbersOf(subscript, widths === null ? rank : 1)?.map(number => number - base);
  if (numbers === undefined || numbers.some(number => number < 0)) return null;
  return widths === null ? numbers : rowAndColumn(numbers[0]!, widths[role]);
}

const rowAndColumn = (flat: number, width: number): Coordinates => [Math.floor(flat / width), flat % width];

/** The equations under a reading with one operand as the kernel; an unreadable output leaves no equation. */
export function observe(group: Group, reading: Reading, kernel: 0 | 1): Observed[] {
  const cache = new Map<string, Coordinates | null>();
  const read = (subscript: Subscript, role: keyof Widths) => {
    const key = `${role}${subscript.kind === 'digits' ? subscript.digits : JSON.stringify(subscript)}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const found = coordinates(subscript, reading, role);
    cache.set(key, found);
    return found;
  };
  return group.equations.flatMap(({ line, output, terms, whole, gap }) => {
    const p = read(output, 'output');
    if (p === null) return [];
    const taps = terms.flatMap(term => {
      const [q, x] = [read(term[kernel], 'kernel'), read(term[1 - kernel]!, 'input')];
      return q && x ? [{ q, x }] : [];
    });
    return [{ line, p, taps, whole: whole && taps.length === terms.length, gap }];
  });
}
