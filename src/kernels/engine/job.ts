/** A sliding product seen from its output: convolution and its gradient to x are both of this form. */
import type { ConvAxis, ConvSizes } from '../conv-plan.js';
import {
  type AxisReach,
  type AxisReaches,
  backwardReaches,
  forwardReaches,
  type Span,
  spanOf,
} from './reach.js';

export type Three<T> = readonly [depth: T, height: T, width: T];

export interface Job {
  readonly images: number;
  readonly groups: number;
  /** Channels of the input that one output sums over, and channels of the output, both of one group. */
  readonly channels: number;
  readonly columns: number;
  /** Extents of a plane. */
  readonly input: Three<number>;
  readonly output: Three<number>;
  readonly kernel: Three<number>;
  /** How far apart the weights of neighbouring columns, channels and groups are; the cells of a kernel are together. */
  readonly weight: { readonly column: number; readonly channel: number; readonly group: number };
  readonly reaches: Three<AxisReaches>;
  /** The slowest axis that can be cut into bands. */
  readonly outer: 0 | 1 | 2;
}

export const product = ([a, b, c]: Three<number>): number => a * b * c;

const SINGLE: ConvAxis = { input: 1, kernel: 1, output: 1, stride: 1, dilation: 1, before: 0 };

/** Fewer axes are leading axes of one cell. */
const threeAxes = (axes: readonly ConvAxis[]): Three<ConvAxis> => {
  const [a, b, c] = [SINGLE, SINGLE, ...axes].slice(-3);
  return [a!, b!, c!];
};

const mapThree = <S, T>([a, b, c]: Three<S>, change: (one: S) => T): Three<T> => [
  change(a),
  change(b),
  change(c),
];

const outerOf = (axes: readonly ConvAxis[]): 0 | 1 | 2 => (3 - axes.length) as 0 | 1 | 2;

/** y from x. */
export function forwardJob({ batch, groups, inPerGroup, outPerGroup, axes }: ConvSizes): Job {
  const three = threeAxes(axes);
  const kernel = mapThree(three, axis => axis.kernel);
  const cells = product(kernel);
  return {
    images: batch,
    groups,
    channels: inPerGroup,
    columns: outPerGroup,
    input: mapThree(three, axis => axis.input),
    output: mapThree(three, axis => axis.output),
    kernel,
    weight: { column: inPerGroup * cells, channel: cells, group: outPerGroup * inPerGroup * cells },
    reaches: mapThree(three, forwardReaches),
    outer: outerOf(axes),
  };
}

/** xBar from yBar: input and output change sides, and so do the channels. */
export function backwardJob(sizes: ConvSizes): Job {
  const forward = forwardJob(sizes);
  const { channel: column, column: channel, group } = forward.weight;
  return {
    ...forward,
    channels: forward.columns,
    columns: forward.channels,
    input: forward.output,
    output: forward.input,
    weight: { column, channel, group },
    reaches: mapThree(threeAxes(sizes.axes), backwardReaches),
  };
}

/** One phase of every axis, all with taps. */
export type Phase = Three<AxisReach>;

/** The phases in which something is summed; the cells of the others are zeros. */
export const phasesOf = ({ reaches: [depths, heights, widths] }: Job): Phase[] =>
  depths.phases.flatMap(depth =>
    heights.phases.flatMap(height => widths.phases.map((width): Phase => [depth, height, width])),
  );

/** Whether some cell of the output is in no phase. */
export const leavesZeros = ({ reaches }: Job): boolean => reaches.some(axis => axis.leavesZeros);

export const spansOf = ({ reaches }: Job): Three<Span> => mapThree(reaches, spanOf);

/** Kernel cells of a phase, row by row in the order of its taps. */
export function cellsOf([depth, height, width]: Phase, [, rows, columns]: Three<number>): number[] {
  return depth.taps.flatMap(d =>
    height.taps.flatMap(h => width.taps.map(w => (d.cell * rows + h.cell) * columns + w.cell)),
  );
}
