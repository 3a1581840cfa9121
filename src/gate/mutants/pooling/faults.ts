/** Ways to get pooling wrong. */
import { product } from '../operands.js';
import { cellsOf, isInside, NOWHERE, place } from '../sliding/wiring.js';
import { type AverageChange, cellsAlong, type Divisor, rightDivisor } from './average.js';
import { type PoolForm, roundedWindows } from './form.js';
import type { MaxChange } from './max.js';

/** One line of the fault list of a pooling operator. */
export interface PoolFault<Change> {
  readonly id: string;
  readonly says: string;
  readonly where: string;
  readonly leastAxes?: 2;
  readonly change: Change;
}

const LARGEST = 'forward pass: the comparison';
const ROUTE = 'dX: where the gradient of a window goes';

export const maxPoolFaults: readonly PoolFault<MaxChange>[] = [
  {
    ...{
      id: 'M1',
      says: 'The padding is zero instead of minus infinity.',
      where: 'forward pass: the padding',
    },
    change: { result: 'y', padding: 0 },
  },
  {
    ...{ id: 'M2', says: 'Of equal maxima each gets the whole gradient.', where: ROUTE },
    change: { result: 'dx', winners: 'all-largest' },
  },
  {
    ...{
      id: 'M3',
      says: 'Of equal maxima the last gets the gradient, not the first as declared.',
      where: ROUTE,
    },
    change: {
      result: 'dx',
      beats: (value, best) => value >= best || (Number.isNaN(value) && !Number.isNaN(best)),
    },
  },
  {
    ...{
      id: 'M4',
      says: 'Where windows overlap, the last one overwrites the others.',
      where: 'dX: adding up windows',
    },
    change: { result: 'dx', overlap: 'last' },
  },
  {
    ...{
      id: 'M5',
      says: 'The place of the maximum within its window is used as its place in the input.',
      where: ROUTE,
    },
    change: { result: 'dx', place: (_winner, _window, tap) => tap },
  },
  {
    ...{ id: 'M5-padding', says: 'The padding is not taken off the place of the maximum.', where: ROUTE },
    change: { result: 'dx', place: unshifted },
  },
  {
    ...{
      id: 'M6',
      says: 'The gradient goes to every cell that equals the maximum, also outside the window.',
      where: ROUTE,
    },
    change: { result: 'dx', winners: 'all-of-this-value' },
  },
  {
    ...{ id: 'M7', says: 'A NaN never wins: it is lost.', where: LARGEST },
    change: { result: 'y', beats: (value, best) => value > best },
  },
  {
    ...{
      id: 'M7-always',
      says: 'A NaN wins also over an earlier one, which the declared policy prefers.',
      where: ROUTE,
    },
    change: { result: 'dx', beats: (value, best) => value > best || Number.isNaN(value) },
  },
  {
    ...{
      id: 'M8',
      says: 'ceil_mode keeps a window that starts behind the input.',
      where: 'forward pass: the output size',
    },
    change: {
      result: 'y',
      form: form => ({ ...form, windows: form.windows.map((_, k) => roundedWindows(form, k)) }),
    },
  },
  {
    ...{
      id: 'M8-dilation',
      says: 'The dilation is ignored in the backward pass.',
      where: 'dX: the taps of a window',
    },
    change: { result: 'dx', form: form => ({ ...form, dilation: form.dilation.map(() => 1) }) },
  },
];

function unshifted(_winner: number, window: number, tap: number, form: PoolForm): number {
  const [p, q] = [cellsOf(form.windows)[window]!, cellsOf(form.kernel)[tap]!];
  const cell = p.map((at, k) => form.stride[k]! * at + form.dilation[k]! * q[k]!);
  return isInside(form.cells, cell) ? place(form.cells, cell) : NOWHERE;
}

const fullWindow: Divisor = (_, { kernel }) => product(kernel);
const inX: Divisor = (window, form) => product(window.map((_, k) => cellsAlong(window, form, k, false)));

/** A window that ceil_mode lets reach beyond the padding. */
const isPartial = (window: readonly number[], form: PoolForm): boolean =>
  window.some((_, k) => cellsAlong(window, form, k, true) < form.kernel[k]!);

const DIVISOR = 'forward pass: the divisor';

export const averagePoolFaults: readonly PoolFault<AverageChange>[] = [
  {
    ...{
      id: 'A1',
      says: 'Padding counts in the divisor although count_include_pad is false.',
      where: DIVISOR,
    },
    change: {
      result: 'y',
      divisor: (window, form) => (form.countsPadding ? rightDivisor : fullWindow)(window, form),
    },
  },
  {
    ...{
      id: 'A1-reverse',
      says: 'Padding does not count in the divisor although count_include_pad is true.',
      where: DIVISOR,
    },
    change: { result: 'y', divisor: inX },
  },
  {
    ...{
      id: 'A2',
      says: 'Where ceil_mode cuts a window short, the backward pass divides by the whole kernel.',
      where: 'dX: the divisor',
    },
    change: {
      result: 'dx',
      divisor: (window, form) => (form.countsPadding ? fullWindow : rightDivisor)(window, form),
    },
  },
  {
    ...{ id: 'A3', says: 'The sum is divided by the extent of one axis instead of all.', where: DIVISOR },
    leastAxes: 2,
    change: { result: 'y', divisor: (window, form) => cellsAlong(window, form, 0, form.countsPadding) },
  },
  {
    ...{
      id: 'A4',
      says: 'Where windows overlap, the last one overwrites the others.',
      where: 'dX: adding up windows',
    },
    change: { result: 'dx', overlap: 'last' },
  },
  {
    ...{
      id: 'A4-partial',
      says: 'A last window that is cut short is dropped in the backward pass.',
      where: 'dX: the loop over windows',
    },
    change: {
      result: 'dx',
      divisor: (window, form) => (isPartial(window, form) ? 0 : rightDivisor(window, form)),
    },
  },
];
