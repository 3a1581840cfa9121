/**
 * Max pooling as plain loops, with any number of spatial axes: y[n, c, p] is the largest of x[n, c, s p + d q - a]
 * over the taps q that fall on x. Padding never wins, whatever the values. A NaN counts as larger than every
 * number, as in PyTorch, so that it is not lost.
 */
import type { Tensor } from '../tensor/index.js';
import { zeros } from '../tensor/index.js';
import { checkUpstream } from './conv-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, fromFloat64, toFloat64 } from './operands.js';
import { coveringPlan, type PoolGeometry } from './pool-plan.js';
import { forEachWindow } from './pool-windows.js';

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
  forEachWindow(plan, (window, cells) => {
    for (let plane = 0; plane < plan.planes; plane++) {
      y.data[plane * plan.yPlane + window] = largest(x.data, plane * plan.xPlane, cells);
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
  const [xs, upstream] = [toFloat64(x), toFloat64(yBar)];
  const xBar = new Float64Array(xs.length);
  forEachWindow(plan, (window, cells) => {
    for (let plane = 0; plane < plan.planes; plane++) {
      const from = plane * plan.xPlane;
      const chosen = winners(xs, from, cells, ties);
      const part = upstream[plane * plan.yPlane + window]! / chosen.length;
      for (const cell of chosen) xBar[from + cell]! += part;
    }
  });
  return fromFloat64([...x.shape], xBar, x.dtype);
}

function largest(xs: Float64Array | Float32Array, from: number, cells: Int32Array): number {
  let top = xs[from + cells[0]!]!;
  for (let at = 1; at < cells.length; at++) {
    const value = xs[from + cells[at]!]!;
    if (value > top || Number.isNaN(value)) top = value;
  }
  return top;
}

/** The cells that hold the maximum, as far as the ties leave them. */
function winners(xs: Float64Array, from: number, cells: Int32Array, ties: Ties): Int32Array {
  const top = largest(xs, from, cells);
  const wins = (cell: number) =>
    xs[from + cell] === top || (Number.isNaN(top) && Number.isNaN(xs[from + cell]));
  if (ties === 'split') return cells.filter(wins);
  const at = ties === 'first' ? cells.findIndex(wins) : cells.findLastIndex(wins);
  return cells.subarray(at, at + 1);
}
