/** The bias of a layer: one number for each output channel. */
import { product } from '../operands.js';
import type { Change } from './change.js';
import type { Form } from './form.js';

/** Adds b [O] to every cell of y [N, O, cells], in place. */
export function addBias(y: Float64Array, b: Float64Array, form: Form, { biasAt }: Change): void {
  const transposed = form.kind === 'conv_transpose';
  const outputs = form.groups * (transposed ? form.largeChannels : form.smallChannels);
  const cells = product(transposed ? form.large : form.small);
  for (let k = 0; k < y.length; k++) {
    const channel = Math.floor(k / cells);
    const [n, o] = [Math.floor(channel / outputs), channel % outputs];
    y[k] = y[k]! + (biasAt?.(b, n, o, form) ?? b[o]!);
  }
}

/** b's gradient [O]: yBar [N, O, cells] summed over images and cells. */
export function biasGradient(
  yBar: Float64Array,
  batch: number,
  outputs: number,
  cells: number,
  { biasSum }: Change,
): Float64Array {
  if (biasSum) return biasSum(yBar, batch, outputs, cells);
  const totals = new Float64Array(outputs);
  for (let k = 0; k < yBar.length; k++) {
    const o = Math.floor(k / cells) % outputs;
    totals[o] = totals[o]! + yBar[k]!;
  }
  return totals;
}
