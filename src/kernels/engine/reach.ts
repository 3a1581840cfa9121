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

/** All reaches of one axis: one for each remainder by `apart` whose cells meet a tap. */
export interface AxisReaches {
  readonly phases: readonly AxisReach[];
  readonly step: number;
  /** How far apart the cells of a phase lie on the output axis, and the most that a phase has. */
  readonly apart: number;
  readonly count: number;
  /** Some cells of the output are in no phase. */
  readonly leavesZeros: boolean;
}

/** The reach over x of a cell of y: s t + d q - a. */
export function forwardReaches({ input, kernel, output, stride, dilation, before }: ConvAxis): AxisReaches {
  const taps = Array.from({ length: kernel }, (_, cell) => ({ cell, offset: dilation * cell - before }));
  const phase = meeting({ count: output, step: stride, taps, input, start: 0, apart: 1 });
  return together([phase], 1, { step: stride, apart: 1, count: output });
}

/**
 * The reaches over yBar of the cells of x, one for each remainder r by the stride: i = r + s t lies under y at
 * p = (i + a - d q) / s for the taps that divide. A stride has no more such remainders than the kernel has cells.
 */
export function backwardReaches({ input, kernel, output, stride, dilation, before }: ConvAxis): AxisReaches {
  const taps = new Map<number, Tap[]>();
  for (let cell = kernel - 1; cell >= 0; cell--) {
    const distance = dilation * cell - before;
    const start = ((distance % stride) + stride) % stride;
    const own = taps.get(start) ?? [];
    own.push({ cell, offset: (start - distance) / stride });
    taps.set(start, own);
  }
  const phases = [...taps].map(([start, own]) => {
    const count = Math.max(0, Math.ceil((input - start) / stride));
    return meeting({ count, step: 1, taps: own, input: output, start, apart: stride });
  });
  const count = Math.ceil(input / stride);
  return together(phases, Math.min(stride, input), { step: 1, apart: stride, count });
}

/** Of `remainders` phases, those that have taps. */
function together(
  phases: readonly AxisReach[],
  remainders: number,
  facts: Pick<AxisReaches, 'step' | 'apart' | 'count'>,
): AxisReaches {
  const summing = phases.filter(({ taps }) => taps.length > 0);
  return { ...facts, phases: summing, leavesZeros: summing.length < remainders };
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

/** The span of all phases together; there is one. */
export function spanOf({ phases, step }: AxisReaches): Span {
  const offsets = phases.flatMap(({ taps }) => taps.map(({ offset }) => offset));
  const low = offsets.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = offsets.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return { low, step, window: high - low + 1 };
}

/** Cells that `count` output cells touch. */
export const extentOf = ({ step, window }: Span, count: number): number => step * (count - 1) + window;
