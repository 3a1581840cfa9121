/** Average pooling: the mean of each window. */

import type { ModuleKernel } from '../kernel.js';
import { numbersOf, product, tensorOf } from '../operands.js';
import { ALL_PADDINGS } from '../paddings.js';
import { type Cell, cellsOf, NOWHERE } from '../sliding/wiring.js';
import { type PoolForm, poolFormOf, type Walk } from './form.js';

/** Cells of a window by which its sum is divided; 0: the window does not count. */
export type Divisor = (window: Cell, form: PoolForm) => number;

/** What one fault changes. */
export interface AverageChange {
  readonly result: 'y' | 'dx';
  readonly divisor?: Divisor;
  readonly overlap?: 'last';
}

export const rightDivisor: Divisor = (window, form) =>
  product(window.map((_, k) => cellsAlong(window, form, k, form.countsPadding)));

/** Cells of a window along an axis in x, or in x and its padding. */
export function cellsAlong(window: Cell, form: PoolForm, k: number, countsPadding: boolean): number {
  const start = window[k]! * form.stride[k]! - form.before[k]!;
  const low = countsPadding ? -form.before[k]! : 0;
  const high = form.cells[k]! + (countsPadding ? form.after[k]! : 0);
  return Math.min(start + form.kernel[k]!, high) - Math.max(start, low);
}

export function averagePoolKernel(walk: Walk, fault: AverageChange | null): ModuleKernel {
  const changeTo = (result: 'y' | 'dx'): Partial<AverageChange> => (fault?.result === result ? fault : {});
  const divisors = (form: PoolForm, { divisor = rightDivisor }: Partial<AverageChange>) =>
    cellsOf(form.windows).map(window => divisor(window, form));
  return {
    declares: {
      dtypes: ['float64', 'float32', 'float16', 'bfloat16'],
      deterministic: true,
      strides: true,
      supports: ALL_PADDINGS,
    },
    forward({ x }, params) {
      const form = poolFormOf(x!, params);
      const [values, counts] = [numbersOf(x!), divisors(form, changeTo('y'))];
      const [cells, windows] = [product(form.cells), product(form.windows)];
      const y = new Float64Array(form.planes * windows);
      for (let plane = 0; plane < form.planes; plane++) {
        walk(form, (window, _, cell) => {
          const at = plane * windows + window;
          if (cell !== NOWHERE) y[at] = y[at]! + values[plane * cells + cell]!;
        });
      }
      const means = y.map((total, k) => total / counts[k % windows]!);
      return tensorOf([...x!.shape.slice(0, 2), ...form.windows], means, x!.dtype);
    },
    backward({ x }, upstream, params) {
      const form = poolFormOf(x!, params);
      const change = changeTo('dx');
      const xBar = spread(numbersOf(upstream), form, walk, divisors(form, change), change.overlap);
      return { x: tensorOf(x!.shape, xBar, x!.dtype) };
    },
  };
}

/** Every cell gets its share of the windows that it is in, or of the last of them only. */
function spread(
  yBar: Float64Array,
  form: PoolForm,
  walk: Walk,
  counts: readonly number[],
  overlap: 'last' | undefined,
): Float64Array {
  const [cells, windows] = [product(form.cells), product(form.windows)];
  const xBar = new Float64Array(form.planes * cells);
  for (let plane = 0; plane < form.planes; plane++) {
    const last = new Int32Array(cells);
    walk(form, (window, _, cell) => {
      if (cell === NOWHERE || counts[window] === 0) return;
      const at = plane * cells + cell;
      const share = yBar[plane * windows + window]! / counts[window]!;
      if (overlap !== 'last') xBar[at] = xBar[at]! + share;
      else if (window >= last[cell]!) {
        last[cell] = window;
        xBar[at] = share;
      }
    });
  }
  return xBar;
}
