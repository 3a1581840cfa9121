/**
 * A derivative from values of the function alone: central differences at shrinking steps, extrapolated to step 0, and
 * the entry of the table whose own error estimate is the smallest. Source: C. J. F. Ridders, "Accurate computation of
 * F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982).
 */
export interface Slope {
  readonly value: number;
  /** How far the neighbours in the table are off; infinite where there is no value. */
  readonly error: number;
}

const SHRINK = 2;
const ROWS = 8;
/** An extrapolation that is so much worse than the best ends the table. */
const WORSE = 4;

/** @param rise f(x + h v) - f(x - h v) at a step h; NaN where the function has no value */
export async function slopeBy(rise: (step: number) => Promise<number>, first: number): Promise<Slope> {
  let best: Slope = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let above: number[] = [];
  for (let row = 0, step = first; row < ROWS; row++, step /= SHRINK) {
    const entries = [(await rise(step)) / (2 * step)];
    for (let order = 1; order <= row; order++) {
      const power = SHRINK ** (2 * order);
      const entry = (entries[order - 1]! * power - above[order - 1]!) / (power - 1);
      const error = Math.max(Math.abs(entry - entries[order - 1]!), Math.abs(entry - above[order - 1]!));
      entries.push(entry);
      if (error <= best.error) best = { value: entry, error };
    }
    if (row > 0 && Math.abs(entries[row]! - above[row - 1]!) >= WORSE * best.error) break;
    above = entries;
  }
  return best;
}
