/** Class indices as the probabilities that definitions read: a definition itself looks nothing up. */
import { BackproofError } from '../error.js';
import { checkTensor, type DType, type Tensor, zeros } from './dense.js';

/**
 * Indices of any shape, each as a row of zeros with a 1 at its class: shape [...indices, classes], by default float64.
 * @throws BackproofError `not-an-integer-parameter`, `class-out-of-range`,
 * `bad-shape`, and the codes of `checkTensor`.
 */
export function oneHot(indices: Tensor, classes: number): Tensor<'float64'>;
export function oneHot<D extends DType>(indices: Tensor, classes: number, dtype: D): Tensor<D>;
export function oneHot(indices: Tensor, classes: number, dtype: DType = 'float64'): Tensor {
  checkTensor(indices, 'oneHot');
  const selection = zeros([...indices.shape, classes], dtype);
  for (const [row, index] of indices.data.entries()) {
    if (!Number.isInteger(index)) throw notAClass('not-an-integer-parameter', row, index, classes);
    if (index < 0 || index >= classes) throw notAClass('class-out-of-range', row, index, classes);
    selection.data[row * classes + index] = 1;
  }
  return selection;
}

function notAClass(code: string, row: number, index: number, classes: number): BackproofError {
  return new BackproofError({
    code,
    where: 'oneHot',
    what: `index ${row} names no class`,
    expected: `an integer from 0, below ${classes}`,
    got: String(index),
    fix: 'Classes count from 0; leave out the rows that have none.',
    data: { row, index, classes },
  });
}
