/**
 * The inner loops of convolution: one kernel tap against one channel plane of x and one of y, in three
 * dimensions (fewer are leading axes of extent 1). Output cell p meets input cell s p + d q - a, per axis.
 */
import type { ConvAxis } from './conv-plan.js';

/** One kernel cell that meets real input, and the box of output cells for which it does. */
interface Tap {
  /** Flat kernel cell. */
  readonly cell: number;
  /** Flat input cell below output cell 0; often outside x, which is why the box is needed. */
  readonly x: number;
  readonly depth: Range;
  readonly height: Range;
  readonly width: Range;
}

/** From `from` up to, not including, `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** How far one step in y moves in the flat planes of y and x, for the three axes. */
interface Steps {
  readonly xDepth: number;
  readonly xHeight: number;
  readonly xWidth: number;
  readonly yDepth: number;
  readonly yHeight: number;
}

export interface TapTable {
  readonly taps: readonly Tap[];
  readonly steps: Steps;
  /** Cells of one plane. */
  readonly xPlane: number;
  readonly yPlane: number;
  readonly kernelPlane: number;
}

const SINGLE: ConvAxis = { input: 1, kernel: 1, output: 1, stride: 1, dilation: 1, before: 0 };

/** All taps of a kernel that meet real input somewhere, so that the loops below need no bounds test. */
export function tapTable(axes: readonly ConvAxis[]): TapTable {
  const three = [SINGLE, SINGLE, ...axes].slice(-3);
  const [depth, height, width] = [three[0]!, three[1]!, three[2]!];
  const xRow = width.input;
  const xSlab = height.input * xRow;
  const taps: Tap[] = [];
  for (const d of axisTaps(depth)) {
    for (const h of axisTaps(height)) {
      for (const w of axisTaps(width)) {
        const cell = (d.q * height.kernel + h.q) * width.kernel + w.q;
        const x = d.first * xSlab + h.first * xRow + w.first;
        taps.push({ cell, x, depth: d.range, height: h.range, width: w.range });
      }
    }
  }
  const yHeight = width.output;
  const yDepth = height.output * yHeight;
  return {
    taps,
    steps: {
      xDepth: depth.stride * xSlab,
      xHeight: height.stride * xRow,
      xWidth: width.stride,
      yDepth,
      yHeight,
    },
    xPlane: depth.input * xSlab,
    yPlane: depth.output * yDepth,
    kernelPlane: depth.kernel * height.kernel * width.kernel,
  };
}

interface AxisTap {
  readonly q: number;
  /** Input cell met at output cell 0. */
  readonly first: number;
  readonly range: Range;
}

function axisTaps(axis: ConvAxis): AxisTap[] {
  const found: AxisTap[] = [];
  for (let q = 0; q < axis.kernel; q++) {
    const first = axis.dilation * q - axis.before;
    const from = Math.max(0, Math.ceil(-first / axis.stride));
    const to = Math.min(axis.output, Math.floor((axis.input - 1 - first) / axis.stride) + 1);
    if (from < to) found.push({ q, first, range: { from, to } });
  }
  return found;
}

/** y[p] += weight * x[s p + d q - a]; xAt and yAt are where the planes start. */
export function addTap(
  y: Float64Array,
  yAt: number,
  weight: number,
  x: Float64Array,
  xAt: number,
  tap: Tap,
  steps: Steps,
): void {
  const { width } = tap;
  for (let d = tap.depth.from; d < tap.depth.to; d++) {
    for (let h = tap.height.from; h < tap.height.to; h++) {
      const row = yAt + d * steps.yDepth + h * steps.yHeight;
      let from = xAt + tap.x + d * steps.xDepth + h * steps.xHeight + width.from * steps.xWidth;
      for (let to = row + width.from; to < row + width.to; to++) {
        y[to]! += weight * x[from]!;
        from += steps.xWidth;
      }
    }
  }
}

/** xBar[s p + d q - a] += weight * yBar[p]: the transpose of `addTap` in x. */
export function scatterTap(
  xBar: Float64Array,
  xAt: number,
  weight: number,
  yBar: Float64Array,
  yAt: number,
  tap: Tap,
  steps: Steps,
): void {
  const { width } = tap;
  for (let d = tap.depth.from; d < tap.depth.to; d++) {
    for (let h = tap.height.from; h < tap.height.to; h++) {
      const row = yAt + d * steps.yDepth + h * steps.yHeight;
      let to = xAt + tap.x + d * steps.xDepth + h * steps.xHeight + width.from * steps.xWidth;
      for (let from = row + width.from; from < row + width.to; from++) {
        xBar[to]! += weight * yBar[from]!;
        to += steps.xWidth;
      }
    }
  }
}

/** Sum over p of yBar[p] * x[s p + d q - a]: the transpose of `addTap` in the weight. */
export function dotTap(
  yBar: Float64Array,
  yAt: number,
  x: Float64Array,
  xAt: number,
  tap: Tap,
  steps: Steps,
): number {
  const { width } = tap;
  let sum = 0;
  for (let d = tap.depth.from; d < tap.depth.to; d++) {
    for (let h = tap.height.from; h < tap.height.to; h++) {
      const row = yAt + d * steps.yDepth + h * steps.yHeight;
      let other = xAt + tap.x + d * steps.xDepth + h * steps.xHeight + width.from * steps.xWidth;
      for (let at = row + width.from; at < row + width.to; at++) {
        sum += yBar[at]! * x[other]!;
        other += steps.xWidth;
      }
    }
  }
  return sum;
}
