/**
 * Along one axis a sliding product obeys x = step q + stride p + offset: step is the dilation (negative for a true
 * convolution), offset the padding. Votes of the equations propose the three numbers; wrong lines are outvoted.
 */
import type { Observed } from './observed.js';

export interface AxisFit {
  readonly step: number;
  readonly stride: number;
  readonly offset: number;
  /** False where all outputs have one place along this axis: any stride would do. */
  readonly strideSeen: boolean;
  /** Number of equations whose window starts where this says. */
  readonly support: number;
}

/** How often each number was proposed. */
export type Votes = Map<number, number>;

export function vote(votes: Votes, value: number): void {
  votes.set(value, (votes.get(value) ?? 0) + 1);
}

/** The numbers with the most votes, most first. */
export function winners(votes: Votes, count: number): number[] {
  return [...votes]
    .sort((a, b) => b[1] - a[1] || Math.abs(a[0]) - Math.abs(b[0]))
    .slice(0, count)
    .map(([value]) => value);
}

const MOST_FITS = 6;

/** The likeliest fits along an axis that more than half of the equations share, the best first. */
export function axisFits(observed: readonly Observed[], axis: number): AxisFit[] {
  const fits = stepCandidates(observed, axis).flatMap(step => fitsWithStep(observed, axis, step));
  return fits
    .filter(({ support }) => support * 2 > observed.length)
    .sort((a, b) => b.support - a.support)
    .slice(0, MOST_FITS);
}

function stepCandidates(observed: readonly Observed[], axis: number): number[] {
  const votes: Votes = new Map();
  for (const { taps } of observed) {
    for (const [k, { q, x }] of taps.entries()) {
      for (const other of [taps[k + 1], taps[k + 2], taps[0]]) {
        if (other === undefined || other.q[axis] === q[axis]) continue;
        const step = (other.x[axis]! - x[axis]!) / (other.q[axis]! - q[axis]!);
        if (Number.isInteger(step) && step !== 0) vote(votes, step);
      }
    }
  }
  return votes.size === 0 ? [1] : winners(votes, 4);
}

function fitsWithStep(observed: readonly Observed[], axis: number, step: number): AxisFit[] {
  const windows = observed.flatMap(({ p, taps }) => {
    const starts: Votes = new Map();
    for (const { q, x } of taps) vote(starts, x[axis]! - step * q[axis]!);
    return winners(starts, 1).map(start => ({ p: p[axis]!, start }));
  });
  const seen = strideCandidates(windows);
  return (seen.length === 0 ? [1] : seen).flatMap(stride => {
    const offsets: Votes = new Map();
    for (const { p, start } of windows) vote(offsets, start - stride * p);
    return winners(offsets, 2).map(offset => ({
      ...{ step, stride, offset, strideSeen: seen.length > 0 },
      support: offsets.get(offset) ?? 0,
    }));
  });
}

interface Window {
  readonly p: number;
  readonly start: number;
}

/** Few equations are compared each with each, many with their neighbours. */
const COMPARE_ALL = 40;

function strideCandidates(windows: readonly Window[]): number[] {
  const sorted = [...windows].sort((a, b) => a.p - b.p || a.start - b.start);
  const reach = sorted.length <= COMPARE_ALL ? sorted.length : 3;
  const votes: Votes = new Map();
  const compare = (a: Window, b: Window | undefined) => {
    if (b === undefined || a.p === b.p) return;
    const stride = (b.start - a.start) / (b.p - a.p);
    if (Number.isInteger(stride) && stride > 0) vote(votes, stride);
  };
  for (const [k, window] of sorted.entries()) {
    for (let other = k + 1; other <= k + reach && other < sorted.length; other++)
      compare(window, sorted[other]);
    // In a long sorted list most neighbours share their p: look at the first with another one too.
    if (reach === 3) compare(window, sorted[firstAfter(sorted, window.p)]);
  }
  return winners(votes, 5);
}

function firstAfter(sorted: readonly Window[], p: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.p <= p) low = middle + 1;
    else high = middle;
  }
  return low;
}
