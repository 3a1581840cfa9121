/** Integer tensors for exact comparison, and the exact value of symbolic cells. */
import type { Cells } from '../../src/index-sum/index.js';
import type { FloatTensor, Inputs } from '../../src/ops/index.js';
import { cellTerms } from '../../src/proof/index.js';
import { fromArray, type Shape, size } from '../../src/tensor/index.js';

/** Integers from -9 to 9 without 0: a zero would hide a wrong coefficient. The same seed gives the same tensor. */
export function integerTensor(shape: Shape, seed: number): FloatTensor {
  let state = (seed + 1) * 2654435761;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = 1 + ((state >>> 16) % 9);
    return state & 0x8000 ? value : -value;
  };
  return fromArray(shape, Array.from({ length: size(shape) }, next));
}

/** The value of every cell at the given tensors; exact while everything stays below 2^53. */
export function cellValues(cells: Cells, tensors: Inputs): number[] {
  return Array.from({ length: size(cells.shape) }, (_, cell) =>
    cellTerms(cells, cell).reduce((sum, { coefficient, factors }) => {
      const product = factors.reduce((value, one) => value * tensors[one.tensor]!.data[one.cell]!, 1);
      return sum + Number(coefficient) * product;
    }, 0),
  );
}
