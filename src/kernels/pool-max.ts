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
      const value = upstream[plane * plan.yPlane + window]!;
      if (ties === 'split') addShares(xBar, xs, from, cells, value);
      else xBar[chosenCell(xs, from, cells, ties)]! += value;
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

/** The flat cell of x that the window chooses. */
function chosenCell(xs: Float64Array, from: number, cells: Int32Array, ties: 'first' | 'last'): number {
  const top = largest(xs, from, cells);
  const last = cells.length - 1;
  for (let k = 0; k < last; k++) {
    const cell = from + cells[ties === 'first' ? k : last - k]!;
    if (isSame(xs[cell]!, top)) return cell;
  }
  return from + cells[ties === 'first' ? last : 0]!;
}

/** Adds equal parts of a value at all largest cells of a window. */
function addShares(
  xBar: Float64Array,
  xs: Float64Array,
  from: number,
  cells: Int32Array,
  value: number,
): void {
  const top = largest(xs, from, cells);
  let count = 0;
  for (const cell of cells) if (isSame(xs[from + cell]!, top)) count++;
  for (const cell of cells) if (isSame(xs[from + cell]!, top)) xBar[from + cell]! += value / count;
}

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
