/** Kernels that take cells one by one, float64 or float32; computed in float64, so float32 is rounded once per cell. */
import { BackproofError } from '../error.js';
import { sameShape, shapeText, size, type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';

/** y = x + w for two tensors of one shape. @throws BackproofError `size-mismatch`, as `checkOperands`. */
export function addKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>): Tensor<D> {
  checkPair('add', x, w);
  const y = zeros(x.shape, x.dtype);
  const [a, b, to] = [x.data, w.data, y.data];
  for (let cell = 0; cell < to.length; cell++) to[cell] = a[cell]! + b[cell]!;
  return y;
}

/** y = x w, cell by cell, for two tensors of one shape. @throws BackproofError `size-mismatch`, as `checkOperands`. */
export function multiplyKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>): Tensor<D> {
  checkPair('multiply', x, w);
  const y = zeros(x.shape, x.dtype);
  const [a, b, to] = [x.data, w.data, y.data];
  for (let cell = 0; cell < to.length; cell++) to[cell] = a[cell]! * b[cell]!;
  return y;
}

/**
 * y[n, c, p] = x[n, c, p] + b[c] for x [N, C, spatial] with any number of spatial axes and b [C].
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, as `checkOperands`.
 */
export function biasKernel<D extends FloatDType>(x: Tensor<D>, b: Tensor<D>): Tensor<D> {
  checkOperands('bias', { x, b });
  checkRank('bias', 'x', x.shape, 2);
  const channels = x.shape[1]!;
  if (!sameShape(b.shape, [channels])) throw otherShape('bias', 'b', [channels], b.shape);
  const plane = size(x.shape.slice(2));
  const y = zeros(x.shape, x.dtype);
  const [from, to] = [x.data, y.data];
  for (let at = 0, index = 0; at < to.length; at += plane, index++) {
    const shift = b.data[index % channels]!;
    for (let cell = at; cell < at + plane; cell++) to[cell] = from[cell]! + shift;
  }
  return y;
}

function checkPair(where: string, x: Tensor, w: Tensor): void {
  checkOperands(where, { x, w });
  if (!sameShape(x.shape, w.shape)) throw otherShape(where, 'w', x.shape, w.shape);
}

function otherShape(where: string, name: string, expected: readonly number[], got: readonly number[]) {
  return new BackproofError({
    code: 'size-mismatch',
    where,
    what: `${name} has shape ${shapeText(got)}`,
    expected: shapeText(expected),
    got: shapeText(got),
    fix: 'Pass tensors whose shapes agree; nothing is broadcast.',
    data: { tensor: name, expected: [...expected], got: [...got] },
  });
}
