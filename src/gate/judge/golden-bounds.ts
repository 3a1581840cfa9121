/** How far off a kernel may be for what it declares, from what any kernel may be. */
import type { Offer } from '../subject/subject.js';
import type { Float } from '../vectors/values.js';
import { SIGNIFICAND } from './budget.js';
import { INEXACT } from './rounding.js';

/** Exact data stay exact in this kernel: they are held by float32 and wider sums. */
export const isExactIn = ({ declares: { arithmetic, accumulate } }: Offer): boolean =>
  arithmetic === 'exact' && (accumulate === null || SIGNIFICAND[accumulate] >= SIGNIFICAND.float32);

/** The smallest number with all its digits. */
const NORMAL: Readonly<Record<Float, number>> = { float64: 2 ** -1022, float32: 2 ** -126 };

/**
 * What comes below the smallest normal number may as well be 0: much hardware has no smaller ones, and exp(-x) is
 * infinite before 1 / (1 + exp(-x)) is 0. Two operands may enlarge it.
 */
export const flushed = (dtype: Float, largestOperand: number): number =>
  NORMAL[dtype] * (1 + Math.min(largestOperand, 1 / NORMAL[dtype] ** 0.25)) ** 2;

/** Sums in a narrower type slip by as many times more; inexact arithmetic by its constant, in any cell as in the worst. */
export function boundsIn(
  { declares: { arithmetic, accumulate } }: Offer,
  dtype: Float,
  bounds: readonly number[],
  flush: number,
): number[] {
  const narrower = Math.max(0, SIGNIFICAND[dtype] - SIGNIFICAND[accumulate ?? dtype]);
  const own = bounds.map(bound => bound * 2 ** narrower + flush);
  if (arithmetic === 'exact') return own;
  const worst = INEXACT * own.reduce((a, b) => Math.max(a, b), 0);
  return own.map(() => worst);
}
