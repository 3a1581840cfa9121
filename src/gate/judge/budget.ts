/**
 * How large integers may be for every sum to stay exact, and how likely a wrong kernel is to pass all the same. A sum
 * of L products of numbers up to A, and a bias, stays exact in any order while L A^2 + |b| is at most 2^p, where p is
 * the number of significand bits of the narrower of sum and result. A kernel whose results are polynomials of degree d
 * passes a probe by chance with probability at most d / |S|, where values are drawn from a set S without 0
 * (Schwartz and Zippel).
 */
import type { WireDType } from '../subject/subject.js';

/** Significand bits, the leading one included; integers of so many bits are exact. */
export const SIGNIFICAND: Readonly<Record<WireDType, number>> = {
  float64: 53,
  float32: 24,
  float16: 11,
  bfloat16: 8,
  int32: 31,
  uint8: 8,
  bool: 1,
};

export interface Budget {
  /** Values are drawn from -A to -1 and 1 to A. */
  readonly amplitude: number;
  /** |S| = 2 A. */
  readonly values: number;
  readonly probes: number;
  /** Of all probes together, for a kernel of this degree. */
  readonly missProbability: number;
  /** p, and the largest size that a sum can reach. */
  readonly bits: number;
  readonly largest: number;
}

export interface BudgetCall {
  /** L: products of one sum, of the longest one. */
  readonly products: number;
  /** Further terms of degree one: 1 with a bias. */
  readonly single: number;
  readonly bits: number;
  /** Degree of the results in what is drawn. */
  readonly degree: number;
  /** What the probes together should not exceed. */
  readonly missProbability: number;
}

/** Larger values say no more, and hide less. */
const LARGEST_AMPLITUDE = 2 ** 20;
const MOST_PROBES = 64;
/** What is right on the first call alone has to be called again. */
const LEAST_PROBES = 2;

/** The largest amplitude that stays exact, and as many probes as that takes; null where not even +-1 does. */
export function budgetFor({ products, single, bits, degree, missProbability }: BudgetCall): Budget | null {
  const room = 2 ** bits;
  const sizeAt = (amplitude: number): number => products * amplitude ** 2 + single * amplitude;
  // L A^2 + b A = room, solved in floating point: the root may be off by one.
  const root = (2 * room) / (single + Math.sqrt(single ** 2 + 4 * products * room));
  let amplitude = Math.min(LARGEST_AMPLITUDE, Math.floor(root) + 1);
  while (amplitude > 0 && sizeAt(amplitude) > room) amplitude--;
  if (amplitude < 1) return null;
  const largest = sizeAt(amplitude);
  const values = 2 * amplitude;
  const one = degree / values;
  // With one or two values a single probe proves nothing: it still finds what it finds.
  const probes = one >= 1 ? MOST_PROBES : Math.ceil(Math.log(missProbability) / Math.log(one));
  const count = Math.min(MOST_PROBES, Math.max(LEAST_PROBES, probes));
  return { amplitude, values, probes: count, missProbability: Math.min(1, one ** count), bits, largest };
}
