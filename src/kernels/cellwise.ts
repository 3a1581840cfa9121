/** Kernels that take cells one by one, float64 or float32; computed in float64, so float32 is rounded once per cell. */
import { BackproofError } from '../error.js';
import { sameShape, shapeText, size, type Tensor } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64 } from './operands.js';

/** y = x + w for two tensors of one shape. @throws BackproofError `size-mismatch`, as `checkOperands`. */
export function addKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>): Tensor<D> {
  return ofPairs('add', x, w, (a, b) => a + b);
}

/** y = x w, cell by cell, for two tensors of one shape. @throws BackproofError `size-mismatch`, as `checkOperands`. */
export function multiplyKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>): Tensor<D> {
  return ofPairs('multiply', x, w, (a, b) => a * b);
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
  const cells = Float64Array.from(x.data);
  for (let at = 0, index = 0; at < cells.length; at += plane, index++) {
    const shift = b.data[index % channels]!;
    for (let cell = at; cell < at + plane; cell++) cells[cell]! += shift;
  }
  return fromFloat64(x.shape, cells, x.dtype);
}

function ofPairs<D extends FloatDType>(
  where: string,
  x: Tensor<D>,
  w: Tensor<D>,
  of: (a: number, b: number) => number,
): Tensor<D> {
  checkOperands(where, { x, w });
  if (!sameShape(x.shape, w.shape)) throw otherShape(where, 'w', x.shape, w.shape);
  const cells = new Float64Array(x.data.length);
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = of(x.data[cell]!, w.data[cell]!);
  return fromFloat64(x.shape, cells, x.dtype);
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
