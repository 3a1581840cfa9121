/**
 * Average pooling as plain loops, with any number of spatial axes: y[n, c, p] is the sum of x[n, c, s p + q - a] over
 * the taps q that fall on x, divided by a number of cells. Sums run in float64; a float32 result is rounded once.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import { size, zeros } from '../tensor/index.js';
import { checkUpstream } from './conv-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, checkRank, fromFloat64, toFloat64 } from './operands.js';
import { checkShape, coveringPlan, type PoolGeometry } from './pool-plan.js';
import { forEachWindow, type PoolAxis } from './pool-windows.js';

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
  const xs = toFloat64(x);
  const y = toFloat64(zeros(plan.yShape));
  forEachWindow(plan, (window, cells) => {
    const divisor = count === 'real' ? cells.length : paddedCells(plan.axes, window);
    for (let plane = 0; plane < plan.planes; plane++) {
      let sum = 0;
      for (const cell of cells) sum += xs[plane * plan.xPlane + cell]!;
      y[plane * plan.yPlane + window] = sum / divisor;
    }
  });
  return fromFloat64(plan.yShape, y, x.dtype);
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
  const upstream = toFloat64(yBar);
  const xBar = toFloat64(zeros(xShape));
  forEachWindow(plan, (window, cells) => {
    const divisor = count === 'real' ? cells.length : paddedCells(plan.axes, window);
    for (let plane = 0; plane < plan.planes; plane++) {
      const part = upstream[plane * plan.yPlane + window]! / divisor;
      for (const cell of cells) xBar[plane * plan.xPlane + cell]! += part;
    }
  });
  return fromFloat64([...xShape], xBar, yBar.dtype);
}

/** A window that ceil_mode lets reach beyond the padding counts what it covers up to the end of the padding. */
function paddedCells(axes: readonly PoolAxis[], window: number): number {
  let [rest, cells] = [window, 1];
  for (let k = axes.length - 1; k >= 0; k--) {
    const { input, kernel, output, stride, before, after } = axes[k]!;
    cells *= Math.min(kernel, before + input + after - stride * (rest % output));
    rest = Math.floor(rest / output);
  }
  return cells;
}

/**
 * y [N, C]: the mean of each plane of x [N, C, spatial]; NaN where a plane has no cells.
 * @throws BackproofError `rank-mismatch`, the codes of `checkOperands`.
 */
export function globalAvgForward<D extends FloatDType>(x: Tensor<D>): Tensor<D> {
  checkOperands('global average', { x });
  checkRank('global average', 'x', x.shape, 2);
  const plane = size(x.shape.slice(2));
  const xs = toFloat64(x);
  const means = toFloat64(zeros(x.shape.slice(0, 2))).map((_, row) => {
    let sum = 0;
    for (let at = row * plane; at < (row + 1) * plane; at++) sum += xs[at]!;
    return sum / plane;
  });
  return fromFloat64(x.shape.slice(0, 2), means, x.dtype);
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
  yBar.data.forEach((value, row) => {
    xBar.data.fill(value / plane, row * plane, (row + 1) * plane);
  });
  return xBar;
}
