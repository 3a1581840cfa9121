/**
 * Max unpooling as plain loops, with any number of spatial axes: every cell of x goes back to the place in its window
 * that the selection names: y[n, c, s p + d q - a] gains selection[n, c, p, q] x[n, c, p]. Where windows overlap the
 * parts add up. What falls outside y is left out. Sums run in float64; a float32 result is rounded once.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import { zeros } from '../tensor/index.js';
import { checkUpstream } from './conv-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, fromFloat64, toFloat64 } from './operands.js';
import { checkShape, type PoolGeometry, type PoolPlan, poolPlan } from './pool-plan.js';
import { forEachWindow } from './pool-windows.js';

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
  const [xs, chosen] = [toFloat64(x), toFloat64(selection)];
  const y = toFloat64(zeros(yShape));
  forEachCell(plan, (small, place, large) => {
    y[large]! += chosen[place]! * xs[small]!;
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
  const [upstream, chosen] = [toFloat64(yBar), toFloat64(selection)];
  const xBar = toFloat64(zeros(plan.yShape));
  forEachCell(plan, (small, place, large) => {
    xBar[small]! += chosen[place]! * upstream[large]!;
  });
  return fromFloat64(plan.yShape, xBar, yBar.dtype);
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
  const [upstream, xs] = [toFloat64(yBar), toFloat64(x)];
  const shape = selectionShape(plan);
  const bar = toFloat64(zeros(shape));
  forEachCell(plan, (small, place, large) => {
    bar[place] = xs[small]! * upstream[large]!;
  });
  return fromFloat64(shape, bar, x.dtype);
}

const selectionShape = ({ axes, yShape }: PoolPlan): Shape => [...yShape, ...axes.map(axis => axis.kernel)];

function checkSmall(where: string, plan: PoolPlan, x: Shape, selection: Shape): void {
  checkShape(where, 'x', x, plan.yShape);
  checkShape(where, 'selection', selection, selectionShape(plan));
}

/** The flat cells of the small side, of the selection and of the large side that meet. */
function forEachCell(plan: PoolPlan, visit: (small: number, place: number, large: number) => void): void {
  forEachWindow(plan, (window, cells, places) => {
    for (let plane = 0; plane < plan.planes; plane++) {
      const small = plane * plan.yPlane + window;
      for (let at = 0; at < cells.length; at++) {
        visit(small, small * plan.kernelCells + places[at]!, plane * plan.xPlane + cells[at]!);
      }
    }
  });
}
