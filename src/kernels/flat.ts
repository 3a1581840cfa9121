/** Cells read row by row as one axis, and back: float64 or float32, nothing is moved. */
import { BackproofError } from '../error.js';
import { type Shape, shapeText, size, type Tensor } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';

/** x [N, C, spatial] as [N, cells of a sample], row by row. @throws BackproofError `rank-mismatch`, as `checkOperands`. */
export function flattenKernel<D extends FloatDType>(x: Tensor<D>): Tensor<D> {
  checkOperands('flatten', { x });
  checkRank('flatten', 'x', x.shape, 2);
  return copied(x, [x.shape[0]!, size(x.shape.slice(1), 'flatten')]);
}

/**
 * x [N, F] as [N, ...sample] for a sample shape of F cells, row by row.
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, the codes of `checkOperands`.
 */
export function unflattenKernel<D extends FloatDType>(x: Tensor<D>, sample: Shape): Tensor<D> {
  checkOperands('unflatten', { x });
  checkRank('unflatten', 'x', x.shape, 2, 2);
  const [batch, cells] = [x.shape[0]!, x.shape[1]!];
  if (size(sample, 'unflatten') !== cells) throw otherCount(cells, sample);
  return copied(x, [batch, ...sample]);
}

const copied = <D extends FloatDType>(x: Tensor<D>, shape: Shape): Tensor<D> => ({
  shape,
  data: x.data.slice() as Tensor<D>['data'],
  dtype: x.dtype,
});

function otherCount(cells: number, sample: Shape): BackproofError {
  return new BackproofError({
    code: 'size-mismatch',
    where: 'unflatten',
    what: `a sample of x has ${cells} cells`,
    expected: `${size(sample)}, as ${shapeText(sample)} has`,
    got: String(cells),
    fix: 'Ask for a shape with as many cells.',
    data: { cells, sample: [...sample] },
  });
}
