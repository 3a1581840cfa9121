/** Which cell meets which: the index arithmetic of a layer, in pieces that a fault can replace one at a time. */
import type { Shape } from '../../../tensor/index.js';
import { product } from '../operands.js';
import type { Form } from './form.js';

/** Coordinates, one for each spatial axis. */
export type Cell = readonly number[];

/** So far outside every buffer that it stays outside, whatever is added: reads give 0, writes are lost. */
export const NOWHERE = -(2 ** 40);

/** Along an axis, window p and tap q meet at the cell stride p + dilation q - offset. */
export interface AxisRule {
  readonly stride: number;
  readonly dilation: number;
  readonly offset: number;
}

export interface Wiring {
  readonly rule: readonly AxisRule[];
  /** Extents that the loop over the taps runs through. */
  readonly taps: Shape;
  /** How often the product of a window and a tap counts. */
  readonly times: (window: Cell, tap: Cell) => number;
  /** Places within a channel. */
  readonly windowAt: (window: Cell) => number;
  readonly tapAt: (tap: Cell) => number;
  readonly cellAt: (cell: Cell) => number;
  /** The first place of a channel; batch n, group g, channel of the group. */
  readonly smallChannel: (n: number, g: number, a: number) => number;
  readonly largeChannel: (n: number, g: number, b: number) => number;
  readonly tapChannel: (g: number, a: number, b: number) => number;
  /** From one place of a channel of the larger tensor to the next. */
  readonly largeStep: number;
}

export function rightWiring(form: Form): Wiring {
  const { groups, smallChannels, largeChannels, small, large, kernel } = form;
  const [smallCells, largeCells, taps] = [product(small), product(large), product(kernel)];
  return {
    rule: form.stride.map((stride, k) => ({ stride, dilation: form.dilation[k]!, offset: form.before[k]! })),
    taps: kernel,
    times: () => 1,
    windowAt: window => place(small, window),
    tapAt: tap => place(kernel, tap),
    cellAt: cell => (isInside(large, cell) ? place(large, cell) : NOWHERE),
    smallChannel: (n, g, a) => ((n * groups + g) * smallChannels + a) * smallCells,
    largeChannel: (n, g, b) => ((n * groups + g) * largeChannels + b) * largeCells,
    tapChannel: (g, a, b) => ((g * smallChannels + a) * largeChannels + b) * taps,
    largeStep: 1,
  };
}

/** C order; outside the extents, the place that the same arithmetic gives. */
export function place(shape: Shape, cell: Cell): number {
  let at = 0;
  for (let axis = 0; axis < shape.length; axis++) at = at * shape[axis]! + cell[axis]!;
  return at;
}

export function isInside(shape: Shape, cell: Cell): boolean {
  for (let axis = 0; axis < shape.length; axis++) {
    if (!(cell[axis]! >= 0 && cell[axis]! < shape[axis]!)) return false;
  }
  return true;
}

/** All cells in C order. */
export function cellsOf(shape: Shape): Cell[] {
  let cells: Cell[] = [[]];
  for (const extent of shape) {
    cells = cells.flatMap(cell => Array.from({ length: extent }, (_, k) => [...cell, k]));
  }
  return cells;
}

/** For every pair of a window and a tap (window first), the place in its channel where they meet, and how often it counts. */
export interface Meetings {
  readonly places: Float64Array;
  readonly times: Float64Array;
}

export function meetingsOf(
  { rule, cellAt, times }: Wiring,
  windows: readonly Cell[],
  taps: readonly Cell[],
): Meetings {
  const pairs = windows.length * taps.length;
  const met = { places: new Float64Array(pairs), times: new Float64Array(pairs) };
  // One cell for all pairs: nobody keeps it.
  const cell = rule.map(() => 0);
  let at = 0;
  for (const window of windows) {
    for (const tap of taps) {
      for (let k = 0; k < cell.length; k++) {
        const { stride, dilation, offset } = rule[k]!;
        cell[k] = stride * window[k]! + dilation * tap[k]! - offset;
      }
      met.places[at] = cellAt(cell);
      met.times[at++] = times(window, tap);
    }
  }
  return met;
}

/** 0 outside. */
export const readAt = (values: Float64Array, at: number): number => (at < 0 ? 0 : (values[at] ?? 0));

/** Lost outside. */
export function addAt(values: Float64Array, at: number, value: number): void {
  if (at >= 0 && at < values.length) values[at] = values[at]! + value;
}
