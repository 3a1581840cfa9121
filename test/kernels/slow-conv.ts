/** Convolution and its gradients by the component formula, one index at a time; slow and meant to be obvious. */
import type { AxisPadding, FloatTensor } from './values.js';
import { cellAt } from './values.js';

export interface Case {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly AxisPadding[];
  readonly groups: number;
}

/** Extents of y: windows are counted until one does not fit. */
export function outputShape(it: Case): number[] {
  const spatial = it.stride.map((stride, axis) => {
    const [before, after] = it.padding[axis]!;
    const padded = it.x[axis + 2]! + before + after;
    const lastTap = (p: number) => p * stride + (it.w[axis + 2]! - 1) * it.dilation[axis]!;
    let windows = 0;
    while (lastTap(windows) < padded) windows++;
    return windows;
  });
  return [it.x[0]!, it.w[0]!, ...spatial];
}

/** Every index of a shape. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  if (shape.length === 0) return yield [];
  for (let at = 0; at < shape[0]!; at++) for (const rest of indices(shape.slice(1))) yield [at, ...rest];
}

/** Every product of the sum: the flat cells of y, w and x that it joins. */
function* products(it: Case): Generator<readonly [y: number, w: number, x: number]> {
  const yShape = outputShape(it);
  const outPerGroup = it.w[0]! / it.groups;
  for (const yIndex of indices(yShape)) {
    const [n, o, ...p] = yIndex as [number, number, ...number[]];
    const group = Math.floor(o / outPerGroup);
    for (const [c, ...q] of indices(it.w.slice(1)) as Generator<[number, ...number[]]>) {
      const i = q.map((tap, axis) => {
        return it.stride[axis]! * p[axis]! + it.dilation[axis]! * tap - it.padding[axis]![0];
      });
      if (!i.every((cell, axis) => cell >= 0 && cell < it.x[axis + 2]!)) continue;
      const xIndex = [n, group * it.w[1]! + c, ...i];
      yield [cellAt(yShape, yIndex), cellAt(it.w, [o, c, ...q]), cellAt(it.x, xIndex)];
    }
  }
}

export interface Slow {
  readonly y: number[];
  readonly xBar: number[];
  readonly wBar: number[];
  readonly bBar: number[];
}

type Values = Pick<FloatTensor, 'data'>;

export function slowConv(it: Case, x: Values, w: Values, b: Values, yBar: Values): Slow {
  const [, outChannels, ...spatial] = outputShape(it) as [number, number, ...number[]];
  const plane = spatial.reduce((a, extent) => a * extent, 1);
  const y = Array.from(yBar.data, (_, at) => b.data[Math.floor(at / plane) % outChannels]!);
  const [xBar, wBar] = [Array.from(x.data, () => 0), Array.from(w.data, () => 0)];
  for (const [atY, atW, atX] of products(it)) {
    y[atY]! += w.data[atW]! * x.data[atX]!;
    xBar[atX]! += w.data[atW]! * yBar.data[atY]!;
    wBar[atW]! += x.data[atX]! * yBar.data[atY]!;
  }
  const bBar = new Array<number>(outChannels).fill(0);
  for (const [at, value] of yBar.data.entries()) bBar[Math.floor(at / plane) % outChannels]! += value;
  return { y, xBar, wBar, bBar };
}
