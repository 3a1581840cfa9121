/** The small axes of each sliding operator: every combination of these numbers that makes a call. */
import type { AxisPadding } from '../../tensor/index.js';
import type { SlidingKind } from './sliding-call.js';

export interface AxisBox {
  readonly inputs: readonly number[];
  readonly kernels: readonly number[];
  readonly strides: readonly number[];
  /** Of a kernel with more than one tap. */
  readonly dilations: readonly number[];
  readonly paddings: readonly AxisPadding[];
  /** output_padding; those below stride or dilation. */
  readonly extras: readonly number[];
}

const [NONE, ONE_BEFORE, ONE_AFTER]: readonly AxisPadding[] = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;
const ONE_SIDE = [NONE!, ONE_BEFORE!, ONE_AFTER!];
/** Any of these before with any of these after. */
const sides = (before: readonly number[], after: readonly number[]): AxisPadding[] =>
  before.flatMap(first => after.map((last): AxisPadding => [first, last]));

const box = (
  inputs: readonly number[],
  kernels: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
  paddings: readonly AxisPadding[],
  extras: readonly number[] = [0],
): AxisBox => ({ inputs, kernels, strides, dilations, paddings, extras });

/** By the number of axes, from 1: as large as some 2000 calls allow. */
export const AXIS_BOXES: Readonly<Record<SlidingKind, readonly AxisBox[]>> = {
  conv: [
    box([1, 2, 3, 4, 5, 6], [1, 2, 3, 4], [1, 2, 3], [1, 2, 3], sides([0, 1, 2], [0, 1, 2])),
    box([1, 2, 3], [1, 2], [1, 2], [1, 2], ONE_SIDE),
    box([2, 3], [1, 2], [1, 2], [1, 2], [NONE!]),
  ],
  conv_transpose: [
    box([1, 2, 3, 4], [1, 2, 3], [1, 2, 3], [1, 2, 3], sides([0, 1, 2], [0, 1, 2]), [0, 1, 2]),
    box([1, 2], [1, 2], [1, 2], [1, 2], [NONE!, ONE_BEFORE!], [0, 1]),
    box([1, 2], [1, 2], [1, 2], [1, 2], [NONE!]),
  ],
  max_pool: [
    box([1, 2, 3, 4, 5, 6], [1, 2, 3, 4], [1, 2, 3], [1, 2], sides([0, 1, 2], [0, 1, 2])),
    box([2, 3], [1, 2], [1, 2], [1, 2], ONE_SIDE),
    box([2, 3], [1, 2], [1, 2], [1], [NONE!]),
  ],
  avg_pool: [
    box([1, 2, 3, 4, 5, 6], [1, 2, 3, 4], [1, 2, 3], [1], sides([0, 1], [0, 1])),
    box([2, 3], [1, 2], [1, 2], [1], ONE_SIDE),
    box([2, 3], [1, 2], [1, 2], [1], [NONE!]),
  ],
};
