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

/** All windows of one plane of y, and the cells of one window and of that plane. */
export interface PoolWindows {
  readonly axes: readonly PoolAxis[];
  readonly kernelCells: number;
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

/**
 * Calls `visit` for each window in C order with the flat cells of the x plane that it covers, in C order, and
 * with their flat places in the window. The two lists are overwritten by the next window.
 */
export function forEachWindow(
  { axes, kernelCells, yPlane }: PoolWindows,
  visit: (window: number, cells: Int32Array, places: Int32Array) => void,
): void {
  const [cells, places] = [new Int32Array(kernelCells), new Int32Array(kernelCells)];
  const outputs = axes.map(axis => axis.output);
  const p = new Array<number>(axes.length).fill(0);
  for (let window = 0; window < yPlane; window++) {
    let count = 1;
    [cells[0], places[0]] = [0, 0];
    for (const [k, axis] of axes.entries()) count = spread(axis, p[k]!, cells, places, count);
    visit(window, cells.subarray(0, count), places.subarray(0, count));
    for (let k = axes.length - 1; k >= 0; k--) {
      p[k] = (p[k]! + 1) % outputs[k]!;
      if (p[k]! > 0) break;
    }
  }
}

/** One more axis: each entry becomes one entry per tap, from the back, so that none is overwritten unread. */
function spread(axis: PoolAxis, p: number, cells: Int32Array, places: Int32Array, count: number): number {
  const [first, last] = taps(axis, p);
  const width = Math.max(0, last - first + 1);
  for (let entry = count - 1; entry >= 0; entry--) {
    const [cell, place] = [cells[entry]! * axis.input, places[entry]! * axis.kernel];
    for (let q = last; q >= first; q--) {
      const to = entry * width + q - first;
      cells[to] = cell + axis.stride * p + axis.dilation * q - axis.before;
      places[to] = place + q;
    }
  }
  return count * width;
}
