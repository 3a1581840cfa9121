/** Update rules of optimisers: each is a x + b g, cell by cell, computed in float64 and rounded to the type once. */
import { BackproofError } from '../error.js';
import { sameShape, shapeText, type Tensor } from '../tensor/index.js';
import { checkOperands, type FloatDType, fromFloat64 } from './operands.js';

/**
 * a x + b g for two tensors of one shape; a factor of 1 rounds nothing.
 * @throws BackproofError `size-mismatch`, the codes of `checkOperands`.
 */
export function combinedKernel<D extends FloatDType>(
  where: string,
  x: Tensor<D>,
  g: Tensor<D>,
  a: number,
  b: number,
): Tensor<D> {
  checkOperands(where, { x, g });
  if (!sameShape(x.shape, g.shape)) throw otherShape(where, x.shape, g.shape);
  const cells = new Float64Array(x.data.length);
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = a * x.data[cell]! + b * g.data[cell]!;
  return fromFloat64(x.shape, cells, x.dtype);
}

/** factor x. @throws BackproofError as `checkOperands`. */
export function scaledKernel<D extends FloatDType>(x: Tensor<D>, factor: number): Tensor<D> {
  checkOperands('scaling', { x });
  return fromFloat64(
    x.shape,
    Float64Array.from(x.data, value => factor * value),
    x.dtype,
  );
}

function otherShape(where: string, expected: readonly number[], got: readonly number[]): BackproofError {
  return new BackproofError({
    code: 'size-mismatch',
    where,
    what: `g has shape ${shapeText(got)}`,
    expected: `${shapeText(expected)}, as x has`,
    got: shapeText(got),
    fix: 'Pass two tensors of one shape; nothing is broadcast.',
    data: { expected: [...expected], got: [...got] },
  });
}
