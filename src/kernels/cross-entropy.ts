/** Cross entropy of the softmax of each row of logits; float64 or float32, computed in float64 and rounded once. */
import type { Tensor } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64, toFloat64 } from './operands.js';
import { checkShape, pulledBack, type Reduction, reduced } from './reduction.js';

/** What one row of logits needs: everything is relative to its largest, so that exp cannot overflow. */
interface Row {
  readonly from: number;
  readonly to: number;
  readonly largest: number;
  /** Sum of exp(x - largest) without the first largest logit, whose 1 would drown the others. */
  readonly others: number;
}

/**
 * The loss of row n: sum over k of target[n, k] (log sum over j of exp(x[n, j]) - x[n, k]), reduced over the rows
 * (none: shape [N]), for logits x and targets [N, K]. A target of 0 takes no part, whatever its logit.
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, `empty-mean`, the codes of `checkOperands`.
 */
export function crossEntropyKernel<D extends FloatDType>(
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  const where = 'softmax_cross_entropy';
  checkOperands(where, { x, target });
  const classes = checkRows(where, x, target);
  const [logits, wanted] = [toFloat64(x), toFloat64(target)];
  const losses = new Float64Array(x.shape[0]!);
  for (const [n, row] of rowsOf(logits, losses.length, classes).entries()) {
    for (let cell = row.from; cell < row.to; cell++) {
      if (wanted[cell] !== 0) losses[n]! += wanted[cell]! * surprise(logits[cell]!, row);
    }
  }
  return reduced(where, losses, [losses.length], reduction, x.dtype);
}

/**
 * xBar [N, K] = yBar (softmax(x) times the sum of the row's targets, minus target), by N for a mean.
 * @throws BackproofError as `crossEntropyKernel`.
 */
export function crossEntropyInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  const where = 'softmax_cross_entropy gradient to x';
  return vjp(where, yBar, x, target, reduction, (logits, wanted, { from, to, largest, others }) => {
    const total = wanted.subarray(from, to).reduce((sum, one) => sum + one, 0);
    return cell => (Math.exp(logits[cell]! - largest) / (1 + others)) * total - wanted[cell]!;
  });
}

/** The gradient by the target [N, K]: yBar times -log softmax(x), by N for a mean. @throws BackproofError as `crossEntropyKernel`. */
export function crossEntropyTargetVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  const where = 'softmax_cross_entropy gradient to target';
  return vjp(where, yBar, x, target, reduction, (logits, _, row) => cell => surprise(logits[cell]!, row));
}

function vjp<D extends FloatDType>(
  where: string,
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
  slopeOf: (logits: Float64Array, wanted: Float64Array, row: Row) => (cell: number) => number,
): Tensor<D> {
  checkOperands(where, { yBar, x, target });
  const classes = checkRows(where, x, target);
  const rows = x.shape[0]!;
  const back = pulledBack(where, yBar, [rows], reduction);
  const [logits, wanted] = [toFloat64(x), toFloat64(target)];
  const cells = new Float64Array(logits.length);
  for (const [n, row] of rowsOf(logits, rows, classes).entries()) {
    const slope = slopeOf(logits, wanted, row);
    for (let cell = row.from; cell < row.to; cell++) cells[cell] = back(slope(cell), n);
  }
  return fromFloat64(x.shape, cells, x.dtype);
}

/** The number of classes. */
function checkRows(where: string, x: Tensor, target: Tensor): number {
  checkRank(where, 'x', x.shape, 2, 2);
  checkShape(where, 'target', target, x.shape);
  return x.shape[1]!;
}

/** -log softmax: two terms >= 0, so nothing cancels. */
function surprise(logit: number, { largest, others }: Row): number {
  return Math.log1p(others) - (logit - largest);
}

function rowsOf(logits: Float64Array, rows: number, classes: number): Row[] {
  return Array.from({ length: rows }, (_, n) => {
    const [from, to] = [n * classes, (n + 1) * classes];
    let first = from;
    for (let cell = from; cell < to; cell++) {
      if (!(logits[cell]! <= logits[first]!)) first = cell;
    }
    let others = 0;
    for (let cell = from; cell < to; cell++) {
      if (cell !== first) others += Math.exp(logits[cell]! - logits[first]!);
    }
    return { from, to, largest: logits[first]!, others };
  });
}
