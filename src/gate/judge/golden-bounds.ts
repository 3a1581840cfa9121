/** How much more than the operator's own bound a kernel may be off by, for what it declares. */
import type { Offer } from '../subject/subject.js';
import type { Float } from '../vectors/values.js';
import { SIGNIFICAND } from './budget.js';
import { INEXACT } from './rounding.js';

/** Exact data stay exact in this kernel: they are held by float32 and wider sums. */
export const isExactIn = ({ declares: { arithmetic, accumulate } }: Offer): boolean =>
  arithmetic === 'exact' && (accumulate === null || SIGNIFICAND[accumulate] >= SIGNIFICAND.float32);

/** Sums in a narrower type slip by as many times more; inexact arithmetic by its constant. */
export function slackOf({ declares: { arithmetic, accumulate } }: Offer, dtype: Float): number {
  const narrower = Math.max(0, SIGNIFICAND[dtype] - SIGNIFICAND[accumulate ?? dtype]);
  return 2 ** narrower * (arithmetic === 'inexact' ? INEXACT : 1);
}
