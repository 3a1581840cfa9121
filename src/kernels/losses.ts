/** Losses of one cell at a time, reduced; float64 or float32, computed in float64 and rounded once. */
import { type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, type FloatDType } from './operands.js';
import { checkShape, pulledBack, type Reduction, reduced } from './reduction.js';

/** The loss of a prediction x against a target, and its derivative by each. */
export interface CellLoss {
  readonly name: string;
  readonly of: (x: number, target: number) => number;
  readonly byInput: (x: number, target: number) => number;
  readonly byTarget: (x: number, target: number) => number;
}

/** (x - target)². */
export const mseLoss: CellLoss = {
  name: 'mse',
  of: (x, target) => (x - target) * (x - target),
  byInput: (x, target) => 2 * (x - target),
  byTarget: (x, target) => 2 * (target - x),
};

/** |x - target|; at a tie both derivatives are 0. */
export const l1Loss: CellLoss = {
  name: 'l1',
  of: (x, target) => Math.abs(x - target),
  byInput: (x, target) => Math.sign(x - target),
  byTarget: (x, target) => Math.sign(target - x),
};

/** What PyTorch's BCELoss takes for log 0, and for x(1 - x) in the derivative where that is 0. */
const LOG_OF_ZERO = -100;
const ZERO_SPREAD = 1e-12;

const log = (x: number) => (x === 0 ? LOG_OF_ZERO : Math.log(x));
const logOfRest = (x: number) => (x === 1 ? LOG_OF_ZERO : Math.log1p(-x));

/**
 * -target log x - (1 - target) log(1 - x), for 0 < x < 1 without any clamping. A saturated x, exactly 0 or 1, is
 * outside the domain of the definition; it gets the finite numbers of PyTorch's BCELoss: log 0 = -100, and
 * 1e-12 for x(1 - x) in the derivative. Below 0 and above 1 the loss is NaN.
 */
export const bceLoss: CellLoss = {
  name: 'bce',
  of: (x, target) => -target * log(x) - (1 - target) * logOfRest(x),
  // One fraction: its numerator is exact near x = target, where -target/x + (1 - target)/(1 - x) cancels.
  byInput: (x, target) => (x - target) / (x === 0 || x === 1 ? ZERO_SPREAD : x * (1 - x)),
  byTarget: x => logOfRest(x) - log(x),
};

/** log(1 + exp(x)) - x target, without overflow and, for 0 <= target <= 1, without cancellation: both terms are >= 0. */
export const bceWithLogitsLoss: CellLoss = {
  name: 'bce_with_logits',
  of: (x, target) => (x < 0 ? -x * target : x * (1 - target)) + Math.log1p(Math.exp(-Math.abs(x))),
  byInput: (x, target) => (x < 0 ? falling(x) - target : 1 - target - falling(-x)),
  byTarget: x => -x,
};

/** The logistic function for x <= 0. */
function falling(x: number): number {
  const e = Math.exp(x);
  return e / (1 + e);
}

/** The reduced loss of x against a target of its shape. @throws BackproofError `size-mismatch`, `empty-mean`, as `checkOperands`. */
export function lossKernel<D extends FloatDType>(
  loss: CellLoss,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  checkOperands(loss.name, { x, target });
  checkShape(loss.name, 'target', target, x.shape);
  const [from, wanted, losses] = [x.data, target.data, new Float64Array(x.data.length)];
  for (let cell = 0; cell < losses.length; cell++) losses[cell] = loss.of(from[cell]!, wanted[cell]!);
  return reduced(loss.name, losses, x.shape, reduction, x.dtype);
}

/** xBar, shaped like x. @throws BackproofError as `lossKernel`. */
export function lossInputVjp<D extends FloatDType>(
  loss: CellLoss,
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  return vjp(`${loss.name} gradient to x`, loss.byInput, yBar, x, target, reduction);
}

/** The gradient by the target, shaped like it. @throws BackproofError as `lossKernel`. */
export function lossTargetVjp<D extends FloatDType>(
  loss: CellLoss,
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  return vjp(`${loss.name} gradient to target`, loss.byTarget, yBar, x, target, reduction);
}

function vjp<D extends FloatDType>(
  where: string,
  slope: (x: number, target: number) => number,
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  checkOperands(where, { yBar, x, target });
  checkShape(where, 'target', target, x.shape);
  const { bars, step, count } = pulledBack(where, yBar, x.shape, reduction);
  const bar = zeros(x.shape, x.dtype);
  const [from, wanted, to] = [x.data, target.data, bar.data];
  for (let cell = 0; cell < to.length; cell++) {
    to[cell] = (slope(from[cell]!, wanted[cell]!) * bars[step * cell]!) / count;
  }
  return bar;
}

/** strength/2 times the square of each cell, reduced; the sum is the usual penalty. @throws BackproofError `empty-mean`, as `checkOperands`. */
export function l2Kernel<D extends FloatDType>(
  x: Tensor<D>,
  strength: number,
  reduction: Reduction,
): Tensor<D> {
  checkOperands('l2_regularization', { x });
  const [from, losses] = [x.data, new Float64Array(x.data.length)];
  for (let cell = 0; cell < losses.length; cell++) losses[cell] = (strength * from[cell]! * from[cell]!) / 2;
  return reduced('l2_regularization', losses, x.shape, reduction, x.dtype);
}

/** xBar = strength x yBar, by the count for a mean. @throws BackproofError `size-mismatch`, `empty-mean`, as `checkOperands`. */
export function l2InputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  strength: number,
  reduction: Reduction,
): Tensor<D> {
  const where = 'l2_regularization gradient to x';
  checkOperands(where, { yBar, x });
  const { bars, step, count } = pulledBack(where, yBar, x.shape, reduction);
  const xBar = zeros(x.shape, x.dtype);
  const [from, to] = [x.data, xBar.data];
  for (let cell = 0; cell < to.length; cell++) {
    to[cell] = (strength * from[cell]! * bars[step * cell]!) / count;
  }
  return xBar;
}
