/** Max pooling: the largest cell of each window; of equal ones the first takes the gradient, and a NaN beats numbers. */

import type { ModuleKernel } from '../kernel.js';
import { numbersOf, product, tensorOf } from '../operands.js';
import { ALL_PADDINGS } from '../paddings.js';
import { NOWHERE } from '../sliding/wiring.js';
import { type PoolForm, poolFormOf, type Walk } from './form.js';

/** What one fault changes. */
export interface MaxChange {
  readonly result: 'y' | 'dx';
  readonly form?: (form: PoolForm) => PoolForm;
  /** What the padding holds. */
  readonly padding?: 0;
  /** Whether a value takes the place of the largest so far. */
  readonly beats?: (value: number, best: number) => boolean;
  /** Which cells of its plane get the gradient of a window. */
  readonly winners?: 'all-largest' | 'all-of-this-value';
  /** Where the gradient of a window goes, from the cell that won. */
  readonly place?: (winner: number, window: number, tap: number, form: PoolForm) => number;
  readonly overlap?: 'last';
}

const RIGHT: MaxChange = { result: 'y' };

const isLarger = (value: number, best: number): boolean =>
  value > best || (Number.isNaN(value) && !Number.isNaN(best));

export function maxPoolKernel(walk: Walk, fault: MaxChange | null): ModuleKernel {
  const changeTo = (result: 'y' | 'dx') => (fault?.result === result ? fault : RIGHT);
  return {
    declares: {
      ...{ dtypes: ['float64', 'float32', 'float16', 'bfloat16'], ties: 'first', deterministic: true },
      ...{ strides: true, specialValues: true, supports: ALL_PADDINGS },
    },
    forward({ x }, params) {
      const change = changeTo('y');
      const right = poolFormOf(x!, params);
      const form = change.form?.(right) ?? right;
      const values = planesOf(numbersOf(x!), form);
      const y = values.flatMap(plane => largest(plane, form, walk, change).map(({ value }) => value));
      return tensorOf([...x!.shape.slice(0, 2), ...form.windows], y, x!.dtype);
    },
    backward({ x }, upstream, params) {
      const change = changeTo('dx');
      const right = poolFormOf(x!, params);
      const form = change.form?.(right) ?? right;
      const yBar = numbersOf(upstream);
      const windows = product(form.windows);
      const xBar = planesOf(numbersOf(x!), form).flatMap((plane, k) => [
        ...routed(plane, yBar.subarray(k * windows, (k + 1) * windows), form, walk, change),
      ]);
      return { x: tensorOf(x!.shape, xBar, x!.dtype) };
    },
  };
}

function planesOf(values: Float64Array, { planes, cells }: PoolForm): Float64Array[] {
  const size = product(cells);
  return Array.from({ length: planes }, (_, k) => values.subarray(k * size, (k + 1) * size));
}

interface Best {
  value: number;
  cell: number;
  tap: number;
}

function largest(plane: Float64Array, form: PoolForm, walk: Walk, change: MaxChange): Best[] {
  const nothing = () => ({ value: Number.NEGATIVE_INFINITY, cell: NOWHERE, tap: 0 });
  const best: Best[] = Array.from({ length: product(form.windows) }, nothing);
  const beats = change.beats ?? isLarger;
  walk(form, (window, tap, cell) => {
    if (cell === NOWHERE && change.padding === undefined) return;
    const value = cell === NOWHERE ? change.padding! : plane[cell]!;
    const so = best[window]!;
    const isFirst = so.cell === NOWHERE && value === so.value;
    if (isFirst || beats(value, so.value)) best[window] = { value, cell, tap };
  });
  return best;
}

function routed(
  plane: Float64Array,
  yBar: Float64Array,
  form: PoolForm,
  walk: Walk,
  change: MaxChange,
): Float64Array {
  const xBar = new Float64Array(plane.length);
  const give = (at: number, value: number): void => {
    if (at < 0 || at >= xBar.length) return;
    xBar[at] = change.overlap === 'last' ? value : xBar[at]! + value;
  };
  const best = largest(plane, form, walk, change);
  if (change.winners === 'all-largest') {
    walk(form, (window, _, cell) => {
      if (cell !== NOWHERE && plane[cell] === best[window]!.value) give(cell, yBar[window]!);
    });
    return xBar;
  }
  best.forEach(({ value, cell, tap }, window) => {
    if (change.winners === 'all-of-this-value') {
      plane.forEach((one, at) => {
        if (one === value) give(at, yBar[window]!);
      });
    } else give(change.place?.(cell, window, tap, form) ?? cell, yBar[window]!);
  });
  return xBar;
}
