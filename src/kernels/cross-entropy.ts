/** Cross entropy of the softmax of each row of logits; float64 or float32, computed in float64 and rounded once. */
import { type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';
import { checkShape, pulledBack, type Reduction, reduced } from './reduction.js';

/** What one row of logits needs: everything is relative to its largest, so that exp cannot overflow. */
interface Row {
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
  const [logits, wanted, losses] = [x.data, target.data, new Float64Array(x.shape[0]!)];
  for (let n = 0, cell = 0; n < losses.length; n++) {
    const row = rowFrom(logits, cell, classes);
    let loss = 0;
    for (const end = cell + classes; cell < end; cell++) {
      if (wanted[cell] !== 0) loss += wanted[cell]! * surprise(logits[cell]!, row);
    }
    losses[n] = loss;
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
  const { classes, upstream, bar } = wayBack(where, yBar, x, target, reduction);
  const [logits, wanted, to] = [x.data, target.data, bar.data];
  for (let from = 0, n = 0; from < to.length; from += classes, n++) {
    const { largest, others } = rowFrom(logits, from, classes);
    const factor = upstream.bars[upstream.step * n]!;
    let total = 0;
    for (let cell = from; cell < from + classes; cell++) total += wanted[cell]!;
    for (let cell = from; cell < from + classes; cell++) {
      const slope = (Math.exp(logits[cell]! - largest) / (1 + others)) * total - wanted[cell]!;
      to[cell] = (slope * factor) / upstream.count;
    }
  }
  return bar;
}

/** The gradient by the target [N, K]: yBar times -log softmax(x), by N for a mean. @throws BackproofError as `crossEntropyKernel`. */
export function crossEntropyTargetVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
): Tensor<D> {
  const where = 'softmax_cross_entropy gradient to target';
  const { classes, upstream, bar } = wayBack(where, yBar, x, target, reduction);
  const [logits, to] = [x.data, bar.data];
  for (let from = 0, n = 0; from < to.length; from += classes, n++) {
    const row = rowFrom(logits, from, classes);
    const factor = upstream.bars[upstream.step * n]!;
    for (let cell = from; cell < from + classes; cell++) {
      to[cell] = (surprise(logits[cell]!, row) * factor) / upstream.count;
    }
  }
  return bar;
}

/** What both gradients check, and the zeros that they fill. */
function wayBack<D extends FloatDType>(
  where: string,
  yBar: Tensor<D>,
  x: Tensor<D>,
  target: Tensor<D>,
  reduction: Reduction,
) {
  checkOperands(where, { yBar, x, target });
  const classes = checkRows(where, x, target);
  const upstream = pulledBack(where, yBar, [x.shape[0]!], reduction);
  return { classes, upstream, bar: zeros(x.shape, x.dtype) };
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

function rowFrom(logits: Float64Array | Float32Array, from: number, classes: number): Row {
  let first = from;
  for (let cell = from; cell < from + classes; cell++) {
    if (!(logits[cell]! <= logits[first]!)) first = cell;
  }
  const largest = logits[first]!;
  let others = 0;
  for (let cell = from; cell < from + classes; cell++) {
    if (cell !== first) others += Math.exp(logits[cell]! - largest);
  }
  return { largest, others };
}
