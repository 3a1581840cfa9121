/** Checks of a pooling call, and the sizes that follow from them. */
import { BackproofError } from '../error.js';
import type { AxisPadding, Shape } from '../tensor/index.js';
import {
  checkInteger,
  isList,
  perAxis,
  sameShape,
  shapeText,
  size,
  wrongAxisCount,
} from '../tensor/index.js';
import { checkRank } from './operands.js';
import { type PoolAxis, type PoolWindows, taps } from './pool-windows.js';

/** Resolved parameters, one entry per spatial axis; `output` is the number of windows. */
export interface PoolGeometry {
  readonly kernel: Shape;
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly AxisPadding[];
  readonly output: Shape;
}

export interface PoolPlan extends PoolWindows {
  readonly yShape: Shape;
}

/**
 * The walk of the windows over x [N, C, spatial], with any number of spatial axes.
 * @throws BackproofError `rank-mismatch`, `wrong-axis-count`, `kernel-size-not-positive`, `stride-not-positive`,
 * `dilation-not-positive`, `negative-padding`, `not-an-integer-parameter`, `bad-shape`.
 */
export function poolPlan(where: string, xShape: Shape, geometry: PoolGeometry): PoolPlan {
  size(xShape, `${where}: x`);
  checkRank(where, 'x', xShape, 2);
  const axes = poolAxes(where, xShape.slice(2), geometry);
  const output = axes.map(axis => axis.output);
  const [batch, channels] = xShape as [number, number];
  const yShape = [batch, channels, ...output];
  size(yShape, `${where}: y`);
  return {
    axes,
    planes: batch * channels,
    xPlane: size(xShape.slice(2)),
    kernelCells: size(axes.map(axis => axis.kernel)),
    yPlane: size(output),
    yShape,
  };
}

/** The same where every window must cover a cell of x. @throws BackproofError `window-outside-input`, as `poolPlan`. */
export function coveringPlan(where: string, xShape: Shape, geometry: PoolGeometry): PoolPlan {
  const plan = poolPlan(where, xShape, geometry);
  for (const [k, axis] of plan.axes.entries()) checkWindows(where, k, axis);
  return plan;
}

function poolAxes(where: string, input: Shape, geometry: PoolGeometry): PoolAxis[] {
  const rank = input.length;
  const kernel = perAxis(geometry.kernel, rank, 'kernel_size', where);
  const stride = perAxis(geometry.stride, rank, 'stride', where);
  const dilation = perAxis(geometry.dilation, rank, 'dilation', where);
  const { padding, output } = geometry;
  if (padding.length !== rank) throw wrongAxisCount('padding', where, rank, padding);
  if (output.length !== rank) throw wrongAxisCount('output', where, rank, output);
  size(output, `${where}: output`);
  return input.map((extent, k) => {
    const entry = padding[k];
    const [before, after] = isList(entry) ? entry : [entry, entry];
    return {
      input: extent,
      kernel: kernel[k]!,
      output: output[k]!,
      stride: stride[k]!,
      dilation: dilation[k]!,
      before: checkInteger(before!, 'padding', where),
      after: checkInteger(after!, 'padding', where),
    };
  });
}

/**
 * Every window covers a cell of x: neither a maximum nor an average of nothing is defined.
 * @throws BackproofError `window-outside-input`.
 */
export function checkWindows(where: string, k: number, axis: PoolAxis): void {
  for (let p = 0; p < axis.output; p++) {
    const [first, last] = taps(axis, p);
    if (first <= last) continue;
    const { input, kernel, stride, dilation, before } = axis;
    const start = stride * p - before;
    throw new BackproofError({
      code: 'window-outside-input',
      where,
      what: `window ${p} along spatial axis ${k} reads cells ${start} to ${start + dilation * (kernel - 1)} in steps of ${dilation}, none of them in x`,
      expected: `a cell from 0 to ${input - 1}`,
      got: 'padding only',
      fix: 'Make the padding smaller than the window, or leave ceil_mode out.',
      data: { axis: k, window: p, start, input },
    });
  }
}

/** @throws BackproofError `size-mismatch` unless a tensor has the shape that the others ask for. */
export function checkShape(where: string, name: string, found: Shape, expected: Shape): void {
  if (sameShape(found, expected)) return;
  throw new BackproofError({
    code: 'size-mismatch',
    where,
    what: `${name} has shape ${shapeText(found)}`,
    expected: shapeText(expected),
    got: shapeText(found),
    fix: `Pass ${name} in this shape; nothing is broadcast.`,
    data: { tensor: name, expected: [...expected], got: [...found] },
  });
}
