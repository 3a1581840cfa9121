/** A pooling call, and two walks over all pairs of a window and one of its taps. */
import type { Params } from '../../../ops/index.js';
import type { Shape } from '../../../tensor/index.js';
import type { WireTensor } from '../../subject/subject.js';
import { product } from '../operands.js';
import { type Cell, cellsOf, isInside, NOWHERE, place } from '../sliding/wiring.js';

export interface PoolForm {
  /** Batch and channels together. */
  readonly planes: number;
  readonly cells: Shape;
  readonly windows: Shape;
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilation: Shape;
  readonly before: Shape;
  readonly after: Shape;
  readonly roundsUp: boolean;
  readonly countsPadding: boolean;
}

export function poolFormOf(x: WireTensor, params: Params): PoolForm {
  const cells = x.shape.slice(2);
  const kernel = axesOf(params.kernel_size);
  const base = {
    planes: product(x.shape.slice(0, 2)),
    cells,
    kernel,
    stride: axesOf(params.stride),
    dilation: params.dilation === undefined ? kernel.map(() => 1) : axesOf(params.dilation),
    roundsUp: params.ceil_mode === true,
    countsPadding: params.count_include_pad !== false,
  };
  const pads = cells.map((_, k) => padding(params.padding, base, k));
  const form = { ...base, before: pads.map(([first]) => first!), after: pads.map(([, last]) => last!) };
  return { ...form, windows: cells.map((_, k) => windowsAlong(form, k)) };
}

const axesOf = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

type Sizes = Omit<PoolForm, 'windows' | 'before' | 'after'>;

function padding(value: unknown, { cells, kernel, stride, dilation }: Sizes, k: number): readonly number[] {
  if (Array.isArray(value)) return value[k] as readonly number[];
  if (value !== 'same-upper' && value !== 'same-lower') return [0, 0];
  const steps = Math.ceil(cells[k]! / stride[k]!) - 1;
  const total = Math.max(0, steps * stride[k]! + dilation[k]! * (kernel[k]! - 1) + 1 - cells[k]!);
  const less = Math.floor(total / 2);
  return value === 'same-upper' ? [less, total - less] : [total - less, less];
}

function windowsAlong(form: Omit<PoolForm, 'windows'>, k: number): number {
  const count = roundedWindows(form, k);
  const start = (count - 1) * form.stride[k]!;
  return form.roundsUp && start >= form.cells[k]! + form.before[k]! ? count - 1 : count;
}

/** As many windows as the rounding gives, wherever the last one starts. */
export function roundedWindows(form: Omit<PoolForm, 'windows'>, k: number): number {
  const { cells, before, after, dilation, kernel, stride, roundsUp } = form;
  const room = cells[k]! + before[k]! + after[k]! - dilation[k]! * (kernel[k]! - 1) - 1;
  return Math.max(0, (roundsUp ? Math.ceil : Math.floor)(room / stride[k]!) + 1);
}

/** A window and a tap by number, and the cell under it in its plane, or NOWHERE. */
export type Visit = (window: number, tap: number, cell: number) => void;
export type Walk = (form: PoolForm, visit: Visit) => void;

/** Window by window, its taps in order. */
export const byWindow: Walk = (form, visit) => {
  const taps = cellsOf(form.kernel);
  cellsOf(form.windows).forEach((window, p) => {
    taps.forEach((tap, q) => {
      const cell = tap.map(
        (at, k) => form.stride[k]! * window[k]! + form.dilation[k]! * at - form.before[k]!,
      );
      visit(p, q, isInside(form.cells, cell) ? place(form.cells, cell) : NOWHERE);
    });
  });
};

/** Cell by cell, those of the padding too, and for each the windows that it is in. */
export const byCell: Walk = (form, visit) => {
  const taps = cellsOf(form.kernel);
  const reach = form.windows.map(
    (count, k) => form.stride[k]! * Math.max(0, count - 1) + form.dilation[k]! * (form.kernel[k]! - 1) + 1,
  );
  for (const padded of cellsOf(reach)) {
    const cell = padded.map((at, k) => at - form.before[k]!);
    const at = isInside(form.cells, cell) ? place(form.cells, cell) : NOWHERE;
    taps.forEach((tap, q) => {
      const window = windowOver(padded, tap, form);
      if (window) visit(place(form.windows, window), q, at);
    });
  }
};

function windowOver(padded: Cell, tap: Cell, { stride, dilation, windows }: PoolForm): Cell | null {
  const window: number[] = [];
  for (const [k, at] of padded.entries()) {
    const steps = at - dilation[k]! * tap[k]!;
    if (steps % stride[k]! !== 0) return null;
    window.push(steps / stride[k]!);
  }
  return isInside(windows, window) ? window : null;
}
