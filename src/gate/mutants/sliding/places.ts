/** Cells read in another order. */
import type { Shape } from '../../../tensor/index.js';
import { type Cell, place } from './wiring.js';

/** Rotated by 180 degrees, along these axes. */
export const mirrored =
  (extents: Shape, isMirrored: (axis: number) => boolean = () => true) =>
  (cell: Cell): number =>
    place(
      extents,
      cell.map((at, axis) => (isMirrored(axis) ? extents[axis]! - 1 - at : at)),
    );

/** An axis and the next one exchanged: the memory is read as if it were laid out so. */
export const turned =
  (extents: Shape, axis: number) =>
  (cell: Cell): number =>
    place(swapped(extents, axis), swapped(cell, axis));

const swapped = (list: readonly number[], axis: number): number[] => [
  ...list.slice(0, axis),
  list[axis + 1]!,
  list[axis]!,
  ...list.slice(axis + 2),
];
