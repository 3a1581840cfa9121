/**
 * Max unpooling as plain loops, with any number of spatial axes: every cell of x goes back to the place in its window
 * that the selection names: y[n, c, s p + d q - a] gains selection[n, c, p, q] x[n, c, p]. Where windows overlap the
 * parts add up. What falls outside y is left out. Sums run in float64; a float32 result is rounded once.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import { size, zeros } from '../tensor/index.js';
import { checkUpstream } from './conv-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, fromFloat64 } from './operands.js';
import { checkShape, type PoolGeometry, type PoolPlan, poolPlan } from './pool-plan.js';
import { forEachRun } from './pool-windows.js';

/**
 * y, of shape `yShape` [N, C, spatial], from x [N, C, windows] and the selection [N, C, windows, window].
 * @throws BackproofError `size-mismatch`, the codes of `checkOperands` and `poolPlan`.
 */
export function maxUnpoolForward<D extends FloatDType>(
  x: Tensor<D>,
  selection: Tensor<D>,
  yShape: Shape,
  geometry: PoolGeometry,
): Tensor<D> {
  checkOperands('max unpool', { x, selection });
  const plan = poolPlan('max unpool', yShape, geometry);
  checkSmall('max unpool', plan, x.shape, selection.shape);
  const [from, chosen, y] = [x.data, selection.data, new Float64Array(size(yShape))];
  forEachRun(plan, ({ windows, ends, cells, places }, yFrom, xFrom) => {
    for (let w = 0, at = 0; w < windows; w++) {
      const value = from[xFrom + w]!;
      const start = (xFrom + w) * plan.kernelCells;
      for (const end = ends[w + 1]!; at < end; at++) {
        y[yFrom + cells[at]!]! += chosen[start + places[at]!]! * value;
      }
    }
  });
  return fromFloat64([...yShape], y, x.dtype);
}

/**
 * xBar [N, C, windows] from yBar [N, C, spatial]: each window reads yBar where its selection is.
 * @throws BackproofError `size-mismatch`, the codes of `checkOperands` and `poolPlan`.
 */
export function maxUnpoolVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  selection: Tensor<D>,
  geometry: PoolGeometry,
): Tensor<D> {
  const where = 'max unpool gradient to x';
  checkOperands(where, { yBar, selection });
  const plan = poolPlan(where, yBar.shape, geometry);
  checkSmall(where, plan, plan.yShape, selection.shape);
  const xBar = zeros(plan.yShape, yBar.dtype);
  const [upstream, chosen, to] = [yBar.data, selection.data, xBar.data];
  forEachRun(plan, ({ windows, ends, cells, places }, yFrom, xFrom) => {
    for (let w = 0, at = 0; w < windows; w++) {
      const start = (xFrom + w) * plan.kernelCells;
      let sum = 0;
      for (const end = ends[w + 1]!; at < end; at++) {
        sum += chosen[start + places[at]!]! * upstream[yFrom + cells[at]!]!;
      }
      to[xFrom + w] = sum;
    }
  });
  return xBar;
}

/**
 * The gradient to the selection [N, C, windows, window], in which unpooling is linear too, from yBar [N, C, spatial]
 * and x [N, C, windows].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `poolPlan`.
 */
export function maxUnpoolSelectionVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  yShape: Shape,
  geometry: PoolGeometry,
): Tensor<D> {
  const where = 'max unpool gradient to selection';
  checkOperands(where, { yBar, x });
  const plan = poolPlan(where, yShape, geometry);
  checkUpstream(where, yBar.shape, yShape);
  checkShape(where, 'x', x.shape, plan.yShape);
  const bar = zeros(selectionShape(plan), x.dtype);
  const [upstream, from, to] = [yBar.data, x.data, bar.data];
  forEachRun(plan, ({ windows, ends, cells, places }, yFrom, xFrom) => {
    for (let w = 0, at = 0; w < windows; w++) {
      const value = from[xFrom + w]!;
      const start = (xFrom + w) * plan.kernelCells;
      for (const end = ends[w + 1]!; at < end; at++) {
        to[start + places[at]!] = value * upstream[yFrom + cells[at]!]!;
      }
    }
  });
  return bar;
}

const selectionShape = ({ axes, yShape }: PoolPlan): Shape => [...yShape, ...axes.map(axis => axis.kernel)];

function checkSmall(where: string, plan: PoolPlan, x: Shape, selection: Shape): void {
  checkShape(where, 'x', x, plan.yShape);
  checkShape(where, 'selection', selection, selectionShape(plan));
}
