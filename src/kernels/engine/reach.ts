/**
 * How the cells of an output axis reach the cells of an input axis: cell t reads the input at step t + offset for
 * every tap, and zero where that is outside. Convolution is one such reach; its gradient to x is one for each
 * remainder of the stride (a phase), over yBar, without a single stuffed zero.
 */
import type { ConvAxis } from '../conv-plan.js';

export interface Tap {
  /** Kernel cell. */
  readonly cell: number;
  readonly offset: number;
}

export interface AxisReach {
  /** Output cells t. */
  readonly count: number;
  readonly step: number;
  /** By ascending offset; those that never meet a cell of the input are left out. */
  readonly taps: readonly Tap[];
  /** Cells of the input. */
  readonly input: number;
  /** Cell t lies at start + apart t of the output. */
  readonly start: number;
  readonly apart: number;
}

/** The reach over x of a cell of y: s t + d q - a. */
export function forwardReach({ input, kernel, output, stride, dilation, before }: ConvAxis): AxisReach {
  const taps = Array.from({ length: kernel }, (_, cell) => ({ cell, offset: dilation * cell - before }));
  return meeting({ count: output, step: stride, taps, input, start: 0, apart: 1 });
}

/**
 * The reaches over yBar of the cells of x, one for each remainder r by the stride: i = r + s t lies under y at
 * p = (i + a - d q) / s for the taps that divide.
 */
export function backwardReaches({
  input,
  kernel,
  output,
  stride,
  dilation,
  before,
}: ConvAxis): readonly AxisReach[] {
  return Array.from({ length: Math.min(stride, input) }, (_, start) => {
    const taps: Tap[] = [];
    for (let cell = kernel - 1; cell >= 0; cell--) {
      const distance = start + before - dilation * cell;
      if (distance % stride === 0) taps.push({ cell, offset: distance / stride });
    }
    const count = Math.ceil((input - start) / stride);
    return meeting({ count, step: 1, taps, input: output, start, apart: stride });
  });
}

function meeting(reach: AxisReach): AxisReach {
  const { count, step, input } = reach;
  const meets = ({ offset }: Tap): boolean => {
    const first = Math.max(0, Math.ceil(-offset / step));
    return first < count && step * first + offset < input;
  };
  return { ...reach, taps: reach.taps.filter(meets) };
}

/** The cells that reaches of one step touch: from input cell `low` on, which may be outside. */
export interface Span {
  readonly low: number;
  readonly step: number;
  /** Cells that the taps of one output cell span. */
  readonly window: number;
}

/** The span of several reaches together. At least one has a tap. */
export function spanOf(reaches: readonly AxisReach[]): Span {
  const offsets = reaches.flatMap(({ taps }) => taps.map(({ offset }) => offset));
  const low = offsets.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = offsets.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return { low, step: reaches[0]!.step, window: high - low + 1 };
}

/** Cells that `count` output cells touch. */
export const extentOf = ({ step, window }: Span, count: number): number => step * (count - 1) + window;
