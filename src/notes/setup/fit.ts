/** One way of explaining the forward equations, and which of them it explains exactly. */
import { type AxisFit, type Votes, vote, winners } from './axis-fit.js';
import type { Coordinates, Observed, Reading, Tap } from './observed.js';

export interface Fit {
  readonly reading: Reading;
  /** Which operand of the group is the kernel. */
  readonly kernel: 0 | 1;
  readonly axes: readonly AxisFit[];
  readonly kernelShape: Coordinates;
  /** Extents that the equations themselves show. */
  readonly inputShape: Coordinates;
  readonly outputShape: Coordinates;
  /** Padding before each axis. */
  readonly before: Coordinates;
  /** Axes on which an exact equation stops at the end of the input. */
  readonly cutAtEnd: readonly boolean[];
  /** Whether some equation belongs to the last output. */
  readonly cornerSeen: boolean;
  /** Whether the equations that hold show every dilation. */
  readonly stepSeen: boolean;
  readonly exact: readonly Observed[];
  /** Places of outputs whose equations have nothing to do with the fit. */
  readonly stray: readonly Coordinates[];
}

/**
 * The kernel extents that explain most, each with an input that ends where it is last seen, and with one as long as
 * the last window. Empty where the numbers are no sliding product: taps before the input, or two directions at once.
 */
export function fitsWith(
  observed: readonly Observed[],
  reading: Reading,
  kernel: 0 | 1,
  axes: readonly AxisFit[],
): Fit[] {
  const found = observed.map(equation => nearest(axes, equation));
  const near = found.filter(one => one !== null);
  const stray = observed.filter((_, k) => found[k] === null).map(({ p }) => p);
  const trial = { near, stray, reading, kernel, axes };
  const fits = kernelShapes(near, reading).flatMap(kernelShape => {
    const fit = fitWithKernel({ ...trial, kernelShape }, null);
    return fit !== null && fit.exact.length > 0 ? [fit] : [];
  });
  const most = largest(fits.map(({ exact }) => exact.length));
  return fits
    .filter(({ exact }) => exact.length === most)
    .flatMap(fit => {
      const { kernelShape, cutAtEnd } = fit;
      const longer = cutAtEnd.includes(true) ? fitWithKernel({ ...trial, kernelShape }, fit) : null;
      return longer === null ? [fit] : [fit, longer];
    });
}

interface Trial {
  readonly near: readonly Near[];
  readonly stray: readonly Coordinates[];
  readonly reading: Reading;
  readonly kernel: 0 | 1;
  readonly axes: readonly AxisFit[];
  readonly kernelShape: Coordinates;
}

interface Near {
  readonly equation: Observed;
  /** The taps that follow the axes. */
  readonly taps: readonly Tap[];
}

/** The equation with its taps that follow the axes, if they are half of it or more; else as it may have been meant. */
function nearest(axes: readonly AxisFit[], equation: Observed): Near | null {
  const taps = equation.taps.filter(tap => follows(axes, equation.p, tap));
  if (taps.length > 0 && taps.length * 2 >= equation.taps.length) return { equation, taps };
  return repaired(axes, equation) ?? relocated(axes, equation);
}

const follows = (axes: readonly AxisFit[], p: Coordinates, { q, x }: Tap): boolean =>
  axes.every(({ step, stride, offset }, axis) => x[axis] === step * q[axis]! + stride * p[axis]! + offset);

/** The right cells in the wrong pairs still show where the window is. */
function repaired(axes: readonly AxisFit[], equation: Observed): Near | null {
  const { p, taps } = equation;
  const right = taps.map(({ q }) => ({
    q,
    x: axes.map(({ step, stride, offset }, axis) => step * q[axis]! + stride * p[axis]! + offset),
  }));
  const cells = (list: readonly Tap[]) => new Set(list.map(({ x }) => x.join()));
  const [written, meant] = [cells(taps), cells(right)];
  const same = written.size === meant.size && [...written].every(x => meant.has(x));
  return taps.length > 1 && same ? { equation, taps: right } : null;
}

/** The right products under the wrong output show that the output they belong to is there. */
function relocated(axes: readonly AxisFit[], equation: Observed): Near | null {
  const { taps, whole } = equation;
  const [first] = taps;
  if (first === undefined || taps.length < 2 || !whole) return null;
  const p = axes.map(
    ({ step, stride, offset }, axis) => (first.x[axis]! - step * first.q[axis]! - offset) / stride,
  );
  const there = p.every(place => Number.isInteger(place) && place >= 0);
  // No longer whole, so that it counts for the shapes and never as an equation that holds.
  return there && taps.every(tap => follows(axes, p, tap))
    ? { equation: { ...equation, p, whole: false }, taps }
    : null;
}

/** Extents of the kernel worth trying: the usual largest index of an equation, and the largest of all. */
function kernelShapes(near: readonly Near[], { rank, widths }: Reading): Coordinates[] {
  const extents = Array.from({ length: rank }, (_, axis) => {
    if (widths !== null && axis === 1) return [widths.kernel];
    const votes: Votes = new Map();
    for (const { taps } of near) vote(votes, largest(taps.map(({ q }) => q[axis]!)) + 1);
    return [...new Set([...winners(votes, 2), largest([...votes.keys()])])];
  });
  const [first = [], second] = extents;
  return second === undefined ? first.map(k => [k]) : first.flatMap(k => second.map(l => [k, l]));
}

/** `shorter` is a fit whose input is to be made as long as its last window. */
function fitWithKernel(trial: Trial, shorter: Fit | null): Fit | null {
  const { near, stray, reading, kernel, axes, kernelShape } = trial;
  const before = paddingBefore(axes, kernelShape);
  if (before === null) return null;
  const width = reading.widths?.output;
  const outputShape = axes.map((_, axis) =>
    axis === 1 && width !== undefined ? width : largest(near.map(({ equation }) => equation.p[axis]!)) + 1,
  );
  const inputShape = inputExtents(trial, outputShape, before, shorter);
  const frame = { axes, kernelShape, inputShape };
  const exact = near.flatMap(({ equation }) => (isExact(equation, frame) ? [equation] : []));
  if (!showsKernel(exact, frame)) return null;
  const cutAtEnd = axes.map((axis, k) => exact.some(({ p }) => isCut(axis, p[k]!, frame, k)));
  // Equations with one kernel cell along an axis do not tell its dilation.
  const stepSeen = kernelShape.every(
    (cells, axis) => cells === 1 || exact.some(one => spread(one.taps, axis)),
  );
  const cornerSeen = near.some(({ equation }) =>
    equation.p.every((at, axis) => at === outputShape[axis]! - 1),
  );
  const seen = { cutAtEnd, cornerSeen, stepSeen };
  return { reading, kernel, axes, kernelShape, inputShape, outputShape, before, ...seen, exact, stray };
}

function inputExtents(
  trial: Trial,
  outputShape: Coordinates,
  before: Coordinates,
  shorter: Fit | null,
): number[] {
  const { near, reading, axes, kernelShape } = trial;
  const cells = near.flatMap(({ taps }) =>
    taps.flatMap(({ q, x }) => (q.every((index, axis) => index < kernelShape[axis]!) ? [x] : [])),
  );
  return axes.map(({ step, stride }, axis) => {
    if (reading.widths !== null && axis === 1) return reading.widths.input;
    const seen = largest(cells.map(x => x[axis]!)) + 1;
    if (shorter === null) return seen;
    const window = Math.abs(step) * (kernelShape[axis]! - 1) + 1;
    return Math.max(seen, stride * (outputShape[axis]! - 1) + window - before[axis]!);
  });
}

interface Frame {
  readonly axes: readonly AxisFit[];
  readonly kernelShape: Coordinates;
  readonly inputShape: Coordinates;
}

/** Whether every kernel cell is in some equation that holds: a kernel with cells that nobody saw is a guess. */
function showsKernel(exact: readonly Observed[], { axes, kernelShape, inputShape }: Frame): boolean {
  const cells = kernelShape.reduce((product, extent) => product * extent, 1);
  const seen = new Set<string>();
  for (const { p, taps, gap } of exact) {
    for (const { q } of taps) seen.add(q.join());
    const uncut = (axis: AxisFit, k: number) => {
      const [low, high] = kernelRange(axis, p[k]!, kernelShape[k]!, inputShape[k]!);
      return low === 0 && high === kernelShape[k]! - 1;
    };
    if (seen.size === cells || (gap !== null && gap < taps.length && axes.every(uncut))) return true;
  }
  return false;
}

const spread = (taps: readonly Tap[], axis: number): boolean =>
  taps.some(({ q }) => q[axis] !== taps[0]!.q[axis]);

/** Padding is smaller than the window, or the first output would see nothing. */
function paddingBefore(axes: readonly AxisFit[], kernelShape: Coordinates): number[] | null {
  const observable = axes.filter((_, axis) => kernelShape[axis]! > 1);
  if (new Set(observable.map(({ step }) => Math.sign(step))).size > 1) return null;
  const before = axes.map(({ step, offset }, axis) => {
    const reach = kernelShape[axis]! - 1;
    return step < 0 ? -step * reach - offset : -offset;
  });
  const fits = before.every(
    (pad, axis) => pad >= 0 && pad <= Math.abs(axes[axis]!.step) * (kernelShape[axis]! - 1),
  );
  return fits ? before.map(pad => pad + 0) : null;
}

const isCut = ({ step, stride, offset }: AxisFit, p: number, frame: Frame, axis: number): boolean => {
  const start = stride * p + offset;
  return Math.max(start, start + step * (frame.kernelShape[axis]! - 1)) >= frame.inputShape[axis]!;
};

/** Every tap in its place, none twice, and none left out but where an ellipsis stands. */
function isExact({ p, taps, whole, gap }: Observed, frame: Frame): boolean {
  if (!whole || !taps.every(tap => follows(frame.axes, p, tap))) return false;
  const ranges = frame.axes.map((axis, k) =>
    kernelRange(axis, p[k]!, frame.kernelShape[k]!, frame.inputShape[k]!),
  );
  const ranks = taps.map(({ q }) => rankIn(ranges, q));
  const total = ranges.reduce((product, [low, high]) => product * Math.max(0, high - low + 1), 1);
  if (ranks.some(rank => rank < 0) || new Set(ranks).size !== ranks.length) return false;
  if (gap === null) return ranks.length === total;
  const upward = ranks.every((rank, k) => rank === (k < gap ? k : total - ranks.length + k));
  const downward = ranks.every((rank, k) => rank === (k < gap ? total - 1 - k : ranks.length - 1 - k));
  return ranks.length < total && (upward || downward);
}

/** Kernel cells that meet the input along one axis. */
function kernelRange(
  { step, stride, offset }: AxisFit,
  p: number,
  kernel: number,
  input: number,
): readonly [number, number] {
  const start = stride * p + offset;
  const [first, last] = [-start / step, (input - 1 - start) / step];
  return [
    Math.max(0, Math.ceil(Math.min(first, last))),
    Math.min(kernel - 1, Math.floor(Math.max(first, last))),
  ];
}

/** Place of a kernel cell in a box, row by row; -1 outside. */
function rankIn(ranges: readonly (readonly [number, number])[], q: Coordinates): number {
  let rank = 0;
  for (const [axis, [low, high]] of ranges.entries()) {
    const index = q[axis]!;
    if (index < low || index > high) return -1;
    rank = rank * (high - low + 1) + index - low;
  }
  return rank;
}

/** Without spreading, as the list may be long. */
export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -1);
