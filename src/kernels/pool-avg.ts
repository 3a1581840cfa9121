/**
 * Average pooling as plain loops, with any number of spatial axes: y[n, c, p] is the sum of x[n, c, s p + q - a] over
 * the taps q that fall on x, divided by a number of cells. Sums run in float64; a float32 result is rounded once.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import { size, zeros } from '../tensor/index.js';
import { checkUpstream } from './conv-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, checkRank, fromFloat64 } from './operands.js';
import { checkShape, coveringPlan, type PoolGeometry, type PoolPlan } from './pool-plan.js';
import { forEachRun, type PoolAxis, taps } from './pool-windows.js';

/**
 * What a window's sum is divided by: the number of its cells that lie in the padded input (`padded`, as
 * count_include_pad=true), or that lie in x itself (`real`). Neither counts cells beyond the padding.
 */
export type AverageCount = 'padded' | 'real';

/**
 * y [N, C, windows] from x [N, C, spatial]; the dilation must be 1.
 * @throws BackproofError the codes of `checkOperands` and `coveringPlan`.
 */
export function avgPoolForward<D extends FloatDType>(
  x: Tensor<D>,
  geometry: PoolGeometry,
  count: AverageCount,
): Tensor<D> {
  checkOperands('avg pool', { x });
  const plan = coveringPlan('avg pool', x.shape, geometry);
  const [divisors, y] = [divisorsOf(plan, count), zeros(plan.yShape, x.dtype)];
  const [from, to] = [x.data, y.data];
  forEachRun(plan, ({ first, windows, ends, cells }, xFrom, yFrom) => {
    for (let w = 0, at = 0; w < windows; w++) {
      let sum = 0;
      for (const end = ends[w + 1]!; at < end; at++) sum += from[xFrom + cells[at]!]!;
      to[yFrom + w] = sum / divisors[first + w]!;
    }
  });
  return y;
}

/**
 * xBar, of shape `xShape` [N, C, spatial], from yBar [N, C, windows]: each cell gets yBar, divided as in the forward
 * pass, of every window that covers it.
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `coveringPlan`.
 */
export function avgPoolVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  xShape: Shape,
  geometry: PoolGeometry,
  count: AverageCount,
): Tensor<D> {
  const where = 'avg pool gradient to x';
  checkOperands(where, { yBar });
  const plan = coveringPlan(where, xShape, geometry);
  checkUpstream(where, yBar.shape, plan.yShape);
  const [divisors, upstream] = [divisorsOf(plan, count), yBar.data];
  const xBar = new Float64Array(size(xShape));
  forEachRun(plan, ({ first, windows, ends, cells }, xFrom, yFrom) => {
    for (let w = 0, at = 0; w < windows; w++) {
      const part = upstream[yFrom + w]! / divisors[first + w]!;
      for (const end = ends[w + 1]!; at < end; at++) xBar[xFrom + cells[at]!]! += part;
    }
  });
  return fromFloat64([...xShape], xBar, yBar.dtype);
}

/** What each window's sum is divided by. */
function divisorsOf(plan: PoolPlan, count: AverageCount): Float64Array {
  let divisors = Float64Array.of(1);
  for (const axis of plan.axes) {
    const wider = new Float64Array(divisors.length * axis.output);
    for (let at = 0; at < wider.length; at++) {
      const cells =
        count === 'real' ? realCells(axis, at % axis.output) : paddedCells(axis, at % axis.output);
      wider[at] = divisors[Math.floor(at / axis.output)]! * cells;
    }
    divisors = wider;
  }
  return divisors;
}

function realCells(axis: PoolAxis, p: number): number {
  const [first, last] = taps(axis, p);
  return last - first + 1;
}

/** A window that ceil_mode lets reach beyond the padding counts what it covers up to the end of the padding. */
function paddedCells({ input, kernel, stride, before, after }: PoolAxis, p: number): number {
  return Math.min(kernel, before + input + after - stride * p);
}

/**
 * y [N, C]: the mean of each plane of x [N, C, spatial]; NaN where a plane has no cells.
 * @throws BackproofError `rank-mismatch`, the codes of `checkOperands`.
 */
export function globalAvgForward<D extends FloatDType>(x: Tensor<D>): Tensor<D> {
  checkOperands('global average', { x });
  checkRank('global average', 'x', x.shape, 2);
  const plane = size(x.shape.slice(2));
  const y = zeros(x.shape.slice(0, 2), x.dtype);
  const [from, to] = [x.data, y.data];
  for (let row = 0, at = 0; row < to.length; row++) {
    let sum = 0;
    for (const end = at + plane; at < end; at++) sum += from[at]!;
    to[row] = sum / plane;
  }
  return y;
}

/**
 * xBar, of shape `xShape` [N, C, spatial], from yBar [N, C]: yBar over the number of cells, at every cell.
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, the codes of `checkOperands`.
 */
export function globalAvgVjp<D extends FloatDType>(yBar: Tensor<D>, xShape: Shape): Tensor<D> {
  const where = 'global average gradient to x';
  checkOperands(where, { yBar });
  checkRank(where, 'x', xShape, 2);
  checkShape(where, 'yBar', yBar.shape, xShape.slice(0, 2));
  const plane = size(xShape.slice(2));
  const xBar = zeros(xShape, yBar.dtype);
  for (let row = 0; row < yBar.data.length; row++) {
    xBar.data.fill(yBar.data[row]! / plane, row * plane, (row + 1) * plane);
  }
  return xBar;
}
