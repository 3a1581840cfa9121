/** The walk over the windows of a pooling: the cells of x that each one covers. */

/** One spatial axis: extents of x, window and y, stride, dilation, cells of padding. */
export interface PoolAxis {
  readonly input: number;
  readonly kernel: number;
  readonly output: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** All windows: N times C planes, and the cells of one window, of one plane of x and of one plane of y. */
export interface PoolWindows {
  readonly axes: readonly PoolAxis[];
  readonly planes: number;
  readonly kernelCells: number;
  readonly xPlane: number;
  readonly yPlane: number;
}

/** First and last tap of window p that fall on x; the first is beyond the last where none does. */
export function taps(
  { input, kernel, stride, dilation, before }: PoolAxis,
  p: number,
): readonly [number, number] {
  const start = stride * p - before;
  const first = Math.max(0, Math.ceil(-start / dilation));
  return [first, Math.min(kernel - 1, Math.floor((input - 1 - start) / dilation))];
}

/** Windows that are neighbours along the last axis. */
export interface WindowRun {
  /** The flat place of the first one in the plane of y, and their number. */
  readonly first: number;
  readonly windows: number;
  /** Window w of the run has the entries from ends[w] up to ends[w + 1]. */
  readonly ends: Int32Array;
  /** The cells of x that the windows cover: flat in the plane of x, and flat in the window; in C order. */
  readonly cells: Int32Array;
  readonly places: Int32Array;
}

/** Entries of a run, unless one window has more: the tables of a very long row would fit no cache. */
const RUN_ENTRIES = 2 ** 12;

/**
 * Calls `visit` for each run of windows, in C order, and each plane, with the flat places where that plane of x and
 * that run of y begin. The run is overwritten by the next.
 */
export function forEachRun(
  { axes, planes, kernelCells, xPlane, yPlane }: PoolWindows,
  visit: (run: WindowRun, xFrom: number, yFrom: number) => void,
): void {
  const [outer, last] = [axes.slice(0, -1), axes.at(-1) ?? ONE_CELL];
  const most = Math.min(last.output, Math.ceil(RUN_ENTRIES / kernelCells));
  const [cells, places] = [new Int32Array(most * kernelCells), new Int32Array(most * kernelCells)];
  const run = { first: 0, windows: 0, ends: new Int32Array(most + 1), cells, places };
  const [outerCells, outerPlaces] = [new Int32Array(kernelCells), new Int32Array(kernelCells)];
  const p = new Array<number>(outer.length).fill(0);
  while (run.first < yPlane) {
    let count = 1;
    [outerCells[0], outerPlaces[0]] = [0, 0];
    for (const [k, axis] of outer.entries()) count = spread(axis, p[k]!, outerCells, outerPlaces, count);
    for (let from = 0; from < last.output; from += most) {
      run.windows = Math.min(most, last.output - from);
      fill(run, last, from, outerCells.subarray(0, count), outerPlaces);
      for (let plane = 0; plane < planes; plane++) visit(run, plane * xPlane, plane * yPlane + run.first);
      run.first += run.windows;
    }
    for (let k = outer.length - 1; k >= 0; k--) {
      p[k] = (p[k]! + 1) % outer[k]!.output;
      if (p[k]! > 0) break;
    }
  }
}

/** What a window without spatial axes is. */
const ONE_CELL: PoolAxis = { input: 1, kernel: 1, output: 1, stride: 1, dilation: 1, before: 0, after: 0 };

/** The windows of a run from window `from` of the last axis, where the other axes give `cells` and `places`. */
function fill(run: WindowRun, axis: PoolAxis, from: number, cells: Int32Array, places: Int32Array): void {
  let next = 0;
  for (let w = 0; w < run.windows; w++) {
    const [first, last] = taps(axis, from + w);
    const start = axis.stride * (from + w) - axis.before;
    for (let entry = 0; entry < cells.length; entry++) {
      for (let q = first; q <= last; q++) {
        run.cells[next] = cells[entry]! * axis.input + start + axis.dilation * q;
        run.places[next++] = places[entry]! * axis.kernel + q;
      }
    }
    run.ends[w + 1] = next;
  }
}

/** One more axis: each entry becomes one entry per tap, from the back, so that none is overwritten unread. */
function spread(axis: PoolAxis, p: number, cells: Int32Array, places: Int32Array, count: number): number {
  const [first, last] = taps(axis, p);
  const width = Math.max(0, last - first + 1);
  for (let entry = count - 1; entry >= 0; entry--) {
    const cell = cells[entry]! * axis.input;
    const place = places[entry]! * axis.kernel;
    for (let q = last; q >= first; q--) {
      const to = entry * width + q - first;
      cells[to] = cell + axis.stride * p + axis.dilation * q - axis.before;
      places[to] = place + q;
    }
  }
  return count * width;
}
