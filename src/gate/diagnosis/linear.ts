/** The coefficients of a linear function of many integers, from few values: many at once, as digits of one number. */
import type { Random } from '../vectors/random.js';
import { nonZeros } from './probe.js';

/** An exact integer where only these entries are not 0. */
export type LinearFunction = (entries: ReadonlyMap<number, number>) => Promise<number>;

export interface LinearOptions {
  readonly random: Random;
  /** Integers below 2 to this power come back exactly. */
  readonly bits: number;
  /** Coefficients are first taken to be below 2 to this power. */
  readonly firstBits: number;
  /** Of the random weights. */
  readonly weight: number;
}

/**
 * The coefficient of each entry, or null where the function is not linear. Entries that do not matter are found in
 * groups: a random combination of them is 0. Takes about 2 calls for every bits / firstBits entries that matter.
 */
export async function linearCoefficients(
  value: LinearFunction,
  among: readonly number[],
  options: LinearOptions,
): Promise<ReadonlyMap<number, number> | null> {
  // Twice one by one: only then is it not chance that something does not fit.
  for (let width = options.firstBits, single = 0; single < 2; width = Math.min(2 * width, options.bits)) {
    // New weights each time: what cancelled by chance does not do so again.
    const weighted = await weightedSum(value, among, options);
    if (!weighted) return new Map();
    const { weights, total } = weighted;
    const found = new Map<number, number>();
    const digits = Math.max(1, Math.floor(options.bits / (width + 1)));
    const whole = await search({ value, weights, digits, width, found }, among, total);
    if (whole && (await agrees(value, among, found, options))) return found;
    if (digits === 1) single++;
  }
  return null;
}

/** Weights below this cancel by chance often enough to look twice. */
const FEW = 1000;

/** A random combination of all entries that is not 0; null where there is none. */
async function weightedSum(value: LinearFunction, among: readonly number[], options: LinearOptions) {
  for (let looks = options.weight < FEW ? 2 : 1; looks > 0; looks--) {
    const weights = weightsOf(among, options);
    const total = await value(weights);
    if (total !== 0) return { weights, total };
  }
  return null;
}

interface Search {
  readonly value: LinearFunction;
  readonly weights: ReadonlyMap<number, number>;
  /** Entries that are read in one call. */
  readonly digits: number;
  readonly width: number;
  readonly found: Map<number, number>;
}

/** Null where the digits do not fit; `sum` is the weighted sum of these entries' coefficients. */
async function search(state: Search, entries: readonly number[], sum: number): Promise<boolean> {
  if (sum === 0) return true;
  const { value, weights, digits, found } = state;
  if (entries.length === 1) {
    const coefficient = sum / weights.get(entries[0]!)!;
    if (Number.isInteger(coefficient)) found.set(entries[0]!, coefficient);
    return Number.isInteger(coefficient);
  }
  if (entries.length <= digits) return readDigits(state, entries);
  const middle = digits * Math.ceil(entries.length / digits / 2);
  const [head, tail] = [entries.slice(0, middle), entries.slice(middle)];
  const first = await value(new Map(head.map(entry => [entry, weights.get(entry)!])));
  // What the first half does not account for is the second half's: half of the calls are saved.
  return (await search(state, head, first)) && search(state, tail, sum - first);
}

/** Signed digits: the coefficient of the k-th entry stands at the k-th place. */
async function readDigits({ value, width, found }: Search, entries: readonly number[]): Promise<boolean> {
  const base = 2 ** (width + 1);
  let rest = await value(new Map(entries.map((entry, place) => [entry, base ** place])));
  for (const entry of entries) {
    const low = ((rest % base) + base) % base;
    const digit = low >= base / 2 ? low - base : low;
    if (digit !== 0) found.set(entry, digit);
    rest = (rest - digit) / base;
  }
  return rest === 0;
}

async function agrees(
  value: LinearFunction,
  among: readonly number[],
  found: ReadonlyMap<number, number>,
  options: LinearOptions,
): Promise<boolean> {
  const weights = weightsOf(among, options);
  const expected = [...found].reduce((sum, [entry, one]) => sum + one * weights.get(entry)!, 0);
  return (await value(weights)) === expected;
}

function weightsOf(among: readonly number[], { random, weight }: LinearOptions): Map<number, number> {
  const drawn = nonZeros(random, among.length, weight);
  return new Map(among.map((entry, k) => [entry, drawn[k]!]));
}
