/** Update rules of optimisers: each is a x + b g, cell by cell, computed in float64 and rounded to the type once. */
import { BackproofError } from '../error.js';
import { sameShape, shapeText, type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, type FloatDType } from './operands.js';

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
  const y = zeros(x.shape, x.dtype);
  const [from, step, to] = [x.data, g.data, y.data];
  for (let cell = 0; cell < to.length; cell++) to[cell] = a * from[cell]! + b * step[cell]!;
  return y;
}

/** factor x. @throws BackproofError as `checkOperands`. */
export function scaledKernel<D extends FloatDType>(x: Tensor<D>, factor: number): Tensor<D> {
  checkOperands('scaling', { x });
  const y = zeros(x.shape, x.dtype);
  const [from, to] = [x.data, y.data];
  for (let cell = 0; cell < to.length; cell++) to[cell] = factor * from[cell]!;
  return y;
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
