/** Vectors of a small square block, turned: rows become columns. */
import type { Lane } from './lane.js';

/** A vector whose lanes are picked from two others, counted through both. */
function pick({ bytes }: Lane, a: string, b: string, lanes: readonly number[]): string {
  const places = lanes.flatMap(lane => Array.from({ length: bytes }, (_, k) => lane * bytes + k));
  return `(i8x16.shuffle ${places.join(' ')} ${a} ${b})`;
}

/** The columns of as many rows as a vector has lanes. Each row is named more than once: pass locals. */
export function columnsOf(lane: Lane, rows: readonly string[]): string[] {
  const [a, b, c, d] = rows as [string, string, string, string];
  if (lane.lanes === 2) return [pick(lane, a, b, [0, 2]), pick(lane, a, b, [1, 3])];
  const [low, high] = [
    [0, 4, 1, 5],
    [2, 6, 3, 7],
  ];
  return [low!, high!].flatMap(half => {
    const [first, second] = [pick(lane, a, b, half), pick(lane, c, d, half)];
    return [pick(lane, first, second, [0, 1, 4, 5]), pick(lane, first, second, [2, 3, 6, 7])];
  });
}
