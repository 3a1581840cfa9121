/**
 * Max pooling as plain loops, with any number of spatial axes: y[n, c, p] is the largest of x[n, c, s p + d q - a]
 * over the taps q that fall on x. Padding never wins, whatever the values. A NaN counts as larger than every
 * number, as in PyTorch, so that it is not lost.
 */
import type { Tensor } from '../tensor/index.js';
import { zeros } from '../tensor/index.js';
import { checkUpstream } from './conv-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, fromFloat64 } from './operands.js';
import { coveringPlan, type PoolGeometry } from './pool-plan.js';
import { forEachRun } from './pool-windows.js';

/** Which of several equal maxima is chosen, in C order of the window; `split`: each for its part. */
export type Ties = 'first' | 'last' | 'split';

/**
 * y [N, C, windows] from x [N, C, spatial]; float64 or float32, nothing is rounded.
 * @throws BackproofError the codes of `checkOperands` and `coveringPlan`.
 */
export function maxPoolForward<D extends FloatDType>(x: Tensor<D>, geometry: PoolGeometry): Tensor<D> {
  checkOperands('max pool', { x });
  const plan = coveringPlan('max pool', x.shape, geometry);
  const y = zeros(plan.yShape, x.dtype);
  const [from, to] = [x.data, y.data];
  forEachRun(plan, ({ windows, ends, cells }, xFrom, yFrom) => {
    for (let w = 0; w < windows; w++) {
      to[yFrom + w] = from[firstLargest(from, xFrom, cells, ends[w]!, ends[w + 1]!, 1)]!;
    }
  });
  return y;
}

/**
 * xBar [N, C, spatial] from yBar [N, C, windows]: each window hands its yBar to the cell that it chose, or in equal
 * parts to all its largest cells (`split`). Where windows overlap the parts add up, in float64.
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `coveringPlan`.
 */
export function maxPoolVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  geometry: PoolGeometry,
  ties: Ties,
): Tensor<D> {
  const where = 'max pool gradient to x';
  checkOperands(where, { yBar, x });
  const plan = coveringPlan(where, x.shape, geometry);
  checkUpstream(where, yBar.shape, plan.yShape);
  const [from, upstream, xBar] = [x.data, yBar.data, new Float64Array(x.data.length)];
  forEachRun(plan, ({ windows, ends, cells }, xFrom, yFrom) => {
    for (let w = 0; w < windows; w++) {
      const start = ends[w]!;
      const end = ends[w + 1]!;
      const value = upstream[yFrom + w]!;
      if (ties === 'first') xBar[firstLargest(from, xFrom, cells, start, end, 1)]! += value;
      else if (ties === 'last') xBar[firstLargest(from, xFrom, cells, end - 1, start - 1, -1)]! += value;
      else addShares(xBar, from, xFrom, cells, start, end, value);
    }
  });
  return fromFloat64([...x.shape], xBar, x.dtype);
}

/** The cell of x that is the first of the largest, or the first NaN, from entry `start` in steps until `stop`. */
function firstLargest(
  xs: Float64Array | Float32Array,
  xFrom: number,
  cells: Int32Array,
  start: number,
  stop: number,
  step: 1 | -1,
): number {
  let best = start;
  let top = xs[xFrom + cells[start]!]!;
  for (let at = start + step; at !== stop; at += step) {
    const value = xs[xFrom + cells[at]!]!;
    if (value <= top || Number.isNaN(top)) continue;
    best = at;
    top = value;
  }
  return xFrom + cells[best]!;
}

/** Adds equal parts of a value at all largest cells of a window. */
function addShares(
  xBar: Float64Array,
  xs: Float64Array | Float32Array,
  xFrom: number,
  cells: Int32Array,
  start: number,
  end: number,
  value: number,
): void {
  const top = xs[firstLargest(xs, xFrom, cells, start, end, 1)]!;
  let count = 0;
  for (let at = start; at < end; at++) if (isSame(xs[xFrom + cells[at]!]!, top)) count++;
  for (let at = start; at < end; at++) {
    const cell = xFrom + cells[at]!;
    if (isSame(xs[cell]!, top)) xBar[cell]! += value / count;
  }
}

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
