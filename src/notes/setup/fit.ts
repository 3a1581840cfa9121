/** One way of explaining the forward equations, and which of them it explains exactly. */
import { type AxisFit, vote, type Votes, winners } from './axis-fit.js';
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
  /** Axes on which a window was seen to stop at the end of the input. */
  readonly cutAtEnd: readonly boolean[];
  readonly exact: readonly Observed[];
}

/** Null where the numbers are no sliding product: taps before the input, or both directions at once. */
export function fitWith(
  observed: readonly Observed[],
  reading: Reading,
  kernel: 0 | 1,
  axes: readonly AxisFit[],
): Fit | null {
  const near = observed.flatMap(equation => {
    const taps = equation.taps.filter(tap => follows(axes, equation.p, tap));
    return taps.length > 0 && taps.length * 2 >= equation.taps.length ? [{ equation, taps }] : [];
  });
  let best: Fit | null = null;
  for (const kernelShape of kernelShapes(near, reading)) {
    const fit = fitWithKernel(near, reading, kernel, axes, kernelShape);
    if (fit && fit.exact.length > (best?.exact.length ?? 0)) best = fit;
  }
  return best;
}

interface Near {
  readonly equation: Observed;
  /** The taps that follow the axes. */
  readonly taps: readonly Tap[];
}

const follows = (axes: readonly AxisFit[], p: Coordinates, { q, x }: Tap): boolean =>
  axes.every(({ step, stride, offset }, axis) => x[axis] === step * q[axis]! + stride * p[axis]! + offset);

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

function fitWithKernel(
  near: readonly Near[],
  reading: Reading,
  kernel: 0 | 1,
  axes: readonly AxisFit[],
  kernelShape: Coordinates,
): Fit | null {
  const inKernel = near.map(({ equation, taps }) => ({
    equation,
    taps: taps.filter(({ q }) => q.every((index, axis) => index < kernelShape[axis]!)),
  }));
  const before = paddingBefore(axes, kernelShape);
  if (before === null) return null;
  const { rank, widths } = reading;
  const extent = (axis: number, values: readonly number[], width: number | undefined) =>
    widths !== null && axis === 1 ? width! : largest(values) + 1;
  const perAxis = (of: (axis: number) => number) => Array.from({ length: rank }, (_, axis) => of(axis));
  const inputShape = perAxis(axis =>
    extent(axis, inKernel.flatMap(({ taps }) => taps.map(({ x }) => x[axis]!)), widths?.input),
  );
  const outputShape = perAxis(axis =>
    extent(axis, inKernel.map(({ equation }) => equation.p[axis]!), widths?.output),
  );
  const frame = { axes, kernelShape, inputShape };
  return {
    ...{ reading, kernel, axes, kernelShape, inputShape, outputShape, before },
    cutAtEnd: axes.map((axis, k) => near.some(({ equation }) => isCut(axis, equation.p[k]!, frame, k))),
    exact: near.filter(({ equation }) => isExact(equation, frame)).map(({ equation }) => equation),
  };
}

interface Frame {
  readonly axes: readonly AxisFit[];
  readonly kernelShape: Coordinates;
  readonly inputShape: Coordinates;
}

/** Padding is smaller than the window, or the first output would see nothing. */
function paddingBefore(axes: readonly AxisFit[], kernelShape: Coordinates): number[] | null {
  const observable = axes.filter((_, axis) => kernelShape[axis]! > 1);
  if (new Set(observable.map(({ step }) => Math.sign(step))).size > 1) return null;
  const before = axes.map(({ step, offset }, axis) => {
    const reach = kernelShape[axis]! - 1;
    return step < 0 ? -step * reach - offset : -offset;
  });
  const fits = before.every((pad, axis) => pad >= 0 && pad <= Math.abs(axes[axis]!.step) * (kernelShape[axis]! - 1));
  return fits ? before.map(pad => pad + 0) : null;
}

const isCut = ({ step, stride, offset }: AxisFit, p: number, frame: Frame, axis: number): boolean => {
  const start = stride * p + offset;
  return Math.max(start, start + step * (frame.kernelShape[axis]! - 1)) >= frame.inputShape[axis]!;
};

/** Every tap in its place, none twice, and none left out but where an ellipsis stands. */
function isExact({ p, taps, whole, gap }: Observed, frame: Frame): boolean {
  if (!whole || !taps.every(tap => follows(frame.axes, p, tap))) return false;
  const ranges = frame.axes.map((axis, k) => kernelRange(axis, p[k]!, frame.kernelShape[k]!, frame.inputShape[k]!));
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
  return [Math.max(0, Math.ceil(Math.min(first, last))), Math.min(kernel - 1, Math.floor(Math.max(first, last)))];
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
