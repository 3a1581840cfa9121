/** Sliding products between matrices of expressions, written out entry by entry. */
import { product, sum } from '../../expr/index.js';
import { misfit, refuse } from './refusal.js';
import { type Matrix, matrix, rotated, sizeText, width, ZERO } from './value.js';

export type Extent = 'valid' | 'full';

/** Beyond this many products a sliding product is not written out. */
const PRODUCT_CAP = 200_000;

/** The kernel slides over the image without a flip. `full` counts every overlap, from the first cell to the last. */
export function correlated(image: Matrix, kernel: Matrix, extent: Extent): Matrix {
  const [rows, columns] = [image.rows.length, width(image)];
  const [height, breadth] = [kernel.rows.length, width(kernel)];
  const pad = extent === 'full' ? ([height - 1, breadth - 1] as const) : ([0, 0] as const);
  const extents = [rows + 2 * pad[0] - height + 1, columns + 2 * pad[1] - breadth + 1] as const;
  if (extents[0] < 1 || extents[1] < 1) {
    return misfit(`a ${sizeText(kernel)} kernel does not fit inside a ${sizeText(image)} image`);
  }
  if (extents[0] * extents[1] * height * breadth > PRODUCT_CAP) {
    return refuse('not-covered', 'the sliding product is too large to be written out entry by entry');
  }
  const cell = (i: number, j: number) => image.rows[i]?.[j] ?? ZERO;
  const entry = (i: number, j: number) =>
    sum(
      kernel.rows.flatMap((row, u) => row.map((q, v) => product([cell(i + u - pad[0], j + v - pad[1]), q]))),
    );
  const result = Array.from({ length: extents[0] }, (_, i) =>
    Array.from({ length: extents[1] }, (_, j) => entry(i, j)),
  );
  return matrix(result, image.axes === 1 && kernel.axes === 1 ? 1 : 2);
}

/** True convolution: the kernel rotated by 180 degrees slides. */
export function convolved(image: Matrix, kernel: Matrix, extent: Extent): Matrix {
  return correlated(image, rotated(kernel), extent);
}

/** Whether `kernel` fits inside `image`. */
export function fitsInside(kernel: Matrix, image: Matrix): boolean {
  return kernel.rows.length <= image.rows.length && width(kernel) <= width(image);
}
