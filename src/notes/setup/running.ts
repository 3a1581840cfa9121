/** Row widths that a running index may count through: proposed by votes, later judged by the equations. */
import { type Votes, vote, winners } from './axis-fit.js';
import { largest } from './fit.js';
import type { Observed, Widths } from './observed.js';

const MOST_DILATION = 8;
const MOST_WIDTHS = 8;
const MOST_CELLS = 10_000;

/** `flat` has one coordinate per cell. */
export function* widthCandidates(flat: readonly Observed[]): Generator<Widths> {
  const outputs = largest(flat.map(({ p }) => p[0]!)) + 1;
  for (const cells of kernelCells(flat)) {
    for (const kernel of divisors(cells)) {
      for (const [input, rowStep] of inputWidths(flat, kernel, cells)) {
        // Rows of one cell are no rows: that is the reading with one axis.
        if (input < 2) continue;
        for (const output of outputWidths(flat, { kernel, input, rowStep, outputs }))
          yield { input, kernel, output };
      }
    }
  }
}

/** Numbers of kernel cells worth trying. */
function kernelCells(flat: readonly Observed[]): number[] {
  const votes: Votes = new Map();
  for (const { taps } of flat) vote(votes, largest(taps.map(({ q }) => q[0]!)) + 1);
  // At the borders kernels are cut: the largest index counts however rare it is.
  return [...new Set([...winners(votes, 2), Math.min(MOST_CELLS, largest([...votes.keys()]))])];
}

function divisors(value: number): number[] {
  const found: number[] = [];
  for (let d = 1; d * d <= value && d <= 1000; d++) {
    if (value % d === 0) found.push(d, ...(d * d === value ? [] : [value / d]));
  }
  return found.sort((a, b) => a - b);
}

/** Widths, each with the distance in the input of two kernel rows. */
function inputWidths(
  flat: readonly Observed[],
  kernel: number,
  cells: number,
): (readonly [number, number])[] {
  if (kernel === cells) return singleRowWidths(flat);
  const votes: Votes = new Map();
  for (const { taps } of flat) {
    const at = new Map(taps.map(({ q, x }) => [q[0]!, x[0]!]));
    for (const [q, x] of at) {
      const below = at.get(q + kernel);
      if (below !== undefined && below !== x) vote(votes, below - x);
    }
  }
  // No equation sees two kernel rows: the image may be a single row.
  const whole = largest(flat.flatMap(({ taps }) => taps.map(({ x }) => x[0]!))) + 1;
  if (votes.size === 0) return [...singleRowWidths(flat), [whole, 0]];
  return winners(votes, 3).flatMap(rowStep =>
    Array.from({ length: MOST_DILATION }, (_, k) => Math.abs(rowStep) / (k + 1))
      .filter(width => Number.isInteger(width))
      .map(width => [width, rowStep] as const),
  );
}

/** A kernel of one row says nothing of rows; only the outputs' windows do. */
function singleRowWidths(flat: readonly Observed[]): (readonly [number, number])[] {
  const votes: Votes = new Map();
  const starts = windowStarts(flat, largest(flat.flatMap(({ taps }) => taps.map(({ q }) => q[0]!))) + 1, 0);
  for (let k = 0; k < starts.length; k++) {
    for (let other = k + 1; other <= k + MOST_WIDTHS && other < starts.length; other++) {
      const distance = starts[other]!.start - starts[k]!.start;
      if (distance > 1) vote(votes, distance);
    }
  }
  // A stride skips rows, so that the distance is a multiple of the width.
  const widths = winners(votes, MOST_WIDTHS).flatMap(distance => [distance, distance / 2, distance / 3]);
  return [...new Set(widths)].filter(width => Number.isInteger(width)).map(width => [width, 0] as const);
}

interface Start {
  readonly p: number;
  readonly start: number;
}

/** Where each output's window begins, by the majority of its taps. */
function windowStarts(flat: readonly Observed[], kernel: number, rowStep: number): Start[] {
  const steps: Votes = new Map();
  for (const { taps } of flat) {
    for (const [k, { q, x }] of taps.entries()) {
      const next = taps[k + 1];
      const sameRow = next !== undefined && Math.floor(next.q[0]! / kernel) === Math.floor(q[0]! / kernel);
      if (sameRow && next.q[0] === q[0]! + 1) vote(steps, next.x[0]! - x[0]!);
    }
  }
  const [step = 1] = winners(steps, 1);
  const starts = flat.flatMap(({ p, taps }) => {
    const votes: Votes = new Map();
    for (const { q, x } of taps)
      vote(votes, x[0]! - rowStep * Math.floor(q[0]! / kernel) - step * (q[0]! % kernel));
    return winners(votes, 1).map(start => ({ p: p[0]!, start }));
  });
  return starts.sort((a, b) => a.p - b.p);
}

interface OutputQuestion {
  readonly kernel: number;
  readonly input: number;
  readonly rowStep: number;
  readonly outputs: number;
}

/** Within a row the windows advance evenly; the uneven steps tell where rows end. */
function outputWidths(
  flat: readonly Observed[],
  { kernel, input, rowStep, outputs }: OutputQuestion,
): number[] {
  const starts = windowStarts(flat, kernel, rowStep);
  const neighbours = starts.flatMap((a, k) => {
    const b = starts[k + 1];
    return b !== undefined && b.p === a.p + 1 ? [{ p: b.p, advance: b.start - a.start }] : [];
  });
  const advances: Votes = new Map();
  for (const { advance } of neighbours) vote(advances, advance);
  const usual = winners(advances, 2);
  const direct = usual.flatMap(stride =>
    stride > 0 ? [Math.floor((input - kernel) / stride) + 1, Math.ceil(input / stride)] : [],
  );
  const scores: Votes = new Map();
  for (let width = 2; width < Math.min(outputs, 500); width++) {
    const right = neighbours.filter(({ p, advance }) => (p % width === 0) !== (advance === usual[0])).length;
    scores.set(width, right);
  }
  const proposed = [outputs, 1, ...direct, ...winners(scores, neighbours.length < 2 ? 30 : 4)];
  return [...new Set(proposed)].filter(width => width >= 1 && width <= outputs);
}
