/** The terms of two tensors' products: which columns matter, then the rows, each one named by the primes in its columns. */

import type { Random } from '../vectors/random.js';
import { type LinearFunction, linearCoefficients } from './linear.js';
import { giveUp, nonZeros } from './probe.js';

/** An exact integer that is linear in either argument. */
export type BilinearFunction = (
  rows: ReadonlyMap<number, number>,
  columns: ReadonlyMap<number, number>,
) => Promise<number>;

export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly coefficient: number;
}

export interface BilinearOptions {
  readonly rows: number;
  readonly columns: number;
  readonly random: Random;
  readonly bits: number;
  readonly amplitude: number;
  /** Of the random weights that find groups of cells that do not matter. */
  readonly weight: number;
  /** Coefficients of 1 come as this. */
  readonly scale: number;
}

/**
 * Every coefficient that is not 0. Takes about 2 (rows + columns) / digits calls where each row has one column, as in
 * convolutions; otherwise about one more for each row and some columns.
 * @throws BackproofError `not-recovered` where the function is not bilinear.
 */
export async function bilinearCoefficients(
  value: BilinearFunction,
  options: BilinearOptions,
): Promise<Entry[]> {
  const all = upTo(options.columns);
  const columns = await columnsThatMatter(value, all, options);
  if (columns.length === 0) return [];
  const rows = await rowsThatMatter(value, columns, options);
  const entries = await entriesOf(value, rows, columns, options);
  if (await agrees(value, entries, options)) return entries;
  // Some row looked like another one, or some column cancelled: every row again, one by one.
  const slow = await entriesOf(value, new Map(upTo(options.rows).map(row => [row, null])), all, options);
  return (await agrees(value, slow, options)) ? slow : giveUp('it is not the sum of its products');
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

async function columnsThatMatter(
  value: BilinearFunction,
  all: readonly number[],
  options: BilinearOptions,
): Promise<number[]> {
  const rows = randomOn(options.rows, options);
  const found = await linear(columns => value(rows, columns), all, options, 6);
  return [...found.keys()].sort((a, b) => a - b);
}

/** What each row that matters gives at primes in the columns: the one column that it has, or null if it has more. */
async function rowsThatMatter(
  value: BilinearFunction,
  columns: readonly number[],
  options: BilinearOptions,
): Promise<Map<number, Omit<Entry, 'row'> | null>> {
  const primes = primesAbove(Math.max(10, options.scale), columns.length);
  const given = new Map(columns.map((column, k) => [column, primes[k]!]));
  const width = Math.ceil(Math.log2(primes.at(-1)! + 1));
  const sums = await linear(rows => value(rows, given), upTo(options.rows), options, width);
  return new Map([...sums].map(([row, sum]) => [row, onlyColumn(sum, given, primes[0]!)]));
}

function onlyColumn(
  sum: number,
  primes: ReadonlyMap<number, number>,
  below: number,
): Omit<Entry, 'row'> | null {
  const fits = [...primes].filter(([, prime]) => sum % prime === 0 && Math.abs(sum / prime) < below);
  if (fits.length !== 1) return null;
  const [column, prime] = fits[0]!;
  return { column, coefficient: sum / prime };
}

async function entriesOf(
  value: BilinearFunction,
  rows: ReadonlyMap<number, Omit<Entry, 'row'> | null>,
  columns: readonly number[],
  options: BilinearOptions,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [row, only] of rows) {
    if (only) {
      entries.push({ row, ...only });
      continue;
    }
    const found = await linear(given => value(new Map([[row, 1]]), given), columns, options, 3);
    for (const [column, coefficient] of found) entries.push({ row, column, coefficient });
  }
  return entries;
}

/** Two random values are enough to tell: the whole formula is tried once more at the end. */
async function agrees(
  value: BilinearFunction,
  entries: readonly Entry[],
  options: BilinearOptions,
): Promise<boolean> {
  for (let k = 0; k < 2; k++) {
    const [rows, columns] = [randomOn(options.rows, options), randomOn(options.columns, options)];
    const expected = entries.reduce(
      (sum, one) => sum + one.coefficient * rows.get(one.row)! * columns.get(one.column)!,
      0,
    );
    if ((await value(rows, columns)) !== expected) return false;
  }
  return true;
}

async function linear(
  value: LinearFunction,
  among: readonly number[],
  { random, bits, weight }: BilinearOptions,
  firstBits: number,
): Promise<ReadonlyMap<number, number>> {
  const found = await linearCoefficients(value, among, { random, bits, firstBits, weight });
  return found ?? giveUp('it is not linear in one of its factors');
}

function randomOn(count: number, { random, amplitude }: BilinearOptions): Map<number, number> {
  return new Map(nonZeros(random, count, amplitude).map((value, k) => [k, value]));
}

function primesAbove(least: number, count: number): number[] {
  const primes: number[] = [];
  for (let candidate = least + 1; primes.length < count; candidate++) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor++;
    if (divisor * divisor > candidate) primes.push(candidate);
  }
  return primes;
}
