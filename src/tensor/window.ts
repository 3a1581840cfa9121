/** How many windows fit along one axis. */
import { checkInteger, safeInteger } from './axes.js';
import { size } from './shape.js';

/** One spatial axis of a sliding window; pads may be negative here, and then crop. */
export interface WindowAxis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

export interface WindowExtent {
  /** D = d(k - 1) + 1: cells from the first to the last tap. */
  readonly dilated: number;
  /** P: number of windows, 0 when the dilated kernel is wider than the padded input. */
  readonly output: number;
  /** r: cells at the end of the padded input that no window reaches, below the stride; 0 when P is 0. */
  readonly remainder: number;
}

/** D = d(k - 1) + 1. @throws BackproofError `kernel-size-not-positive`, `dilation-not-positive`. */
export function dilatedExtent(kernel: number, dilation: number): number {
  return checkInteger(dilation, 'dilation') * (checkInteger(kernel, 'kernel_size') - 1) + 1;
}

/**
 * D, P = max(0, floor((L + a + b - D) / s) + 1) and r = (L + a + b - D) mod s along one axis.
 * @throws BackproofError `bad-shape`, `not-an-integer-parameter`, `stride-not-positive`,
 * `dilation-not-positive`, `kernel-size-not-positive`.
 */
export function windowExtent(axis: WindowAxis): WindowExtent {
  const stride = checkInteger(axis.stride, 'stride');
  const dilated = dilatedExtent(axis.kernel, axis.dilation);
  const pads = safeInteger(axis.before, 'padding') + safeInteger(axis.after, 'padding');
  const room = size([axis.input], 'input') + pads - dilated;
  if (room < 0) return { dilated, output: 0, remainder: 0 };
  return { dilated, output: Math.floor(room / stride) + 1, remainder: room % stride };
}
