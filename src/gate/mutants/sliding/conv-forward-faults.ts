/** Ways to get the output of a convolution wrong: the padding, the strides, the extents. */
import type { Change } from './change.js';
import { faultsOf, type LayerFault, ruled } from './fault-entry.js';
import type { Form } from './form.js';
import { isInside, NOWHERE, place } from './wiring.js';

const reachOf = ({ dilation, kernel }: Form, k: number): number => dilation[k]! * (kernel[k]! - 1) + 1;

/** The padding before each axis, from the form. */
const offset = (of: (form: Form, axis: number) => number): Change => ({
  wire: (wiring, form) => ruled(wiring, (_, k) => ({ offset: of(form, k) })),
});

/** The offset of a SAME padding of so many cells. */
const shared = (form: Form, total: number): number =>
  form.mode === 'same-upper' ? Math.floor(total / 2) : Math.ceil(total / 2);

/** The number of windows per axis; never below 0. */
const windows = (count: (form: Form, axis: number) => number): Change => ({
  form: form => ({ ...form, small: form.small.map((_, k) => Math.max(0, count(form, k))) }),
});

const roomFor = ({ large, before, after }: Form, reach: number, k: number): number =>
  large[k]! + before[k]! + after[k]! - reach;

const PADDING = 'forward pass: the padding';
const fault = faultsOf('y', PADDING);
const BORDER = { where: 'forward pass: the test for the border' };
const SIZE = { where: 'forward pass: the output size' };
const PER_AXIS = { where: 'forward pass: the parameters of each axis', leastAxes: 2 } as const;

export const convBorderFaults: readonly LayerFault[] = [
  fault(
    'C4',
    'All padding is put before the input, none behind it.',
    offset(({ before, after }, k) => before[k]! + after[k]!),
  ),
  fault(
    'C4-trailing',
    'All padding is put behind the input, none before it.',
    offset(() => 0),
  ),
  fault(
    'C5',
    'The odd cell of a SAME padding is put on the wrong side.',
    offset(({ mode, before, after }, k) => (mode === '' ? before : after)[k]!),
  ),
  fault(
    'C6',
    'SAME padding is computed from the kernel alone, whatever the stride leaves over.',
    offset((form, k) => (form.mode === '' ? form.before[k]! : shared(form, reachOf(form, k) - 1))),
  ),
  fault(
    'C6-one-axis',
    'SAME padding is computed for the first axis and used for all.',
    offset(({ mode, before }, k) => before[mode === '' ? k : 0]!),
    { leastAxes: 2 },
  ),
  fault(
    'C7',
    'The stride of the first axis is used for all.',
    {
      wire: wiring => ruled(wiring, () => ({ stride: wiring.rule[0]!.stride })),
    },
    PER_AXIS,
  ),
  fault(
    'C7-padding',
    'The padding of the first axis is used for all.',
    offset(({ before }) => before[0]!),
    PER_AXIS,
  ),
  fault(
    'C7-dilation',
    'The dilation of the first axis is used for all.',
    {
      wire: wiring => ruled(wiring, () => ({ dilation: wiring.rule[0]!.dilation })),
    },
    PER_AXIS,
  ),
  fault(
    'C7-extent',
    'The loops over all axes of the kernel end where the first axis ends.',
    {
      wire: (_, { kernel }) => ({ taps: kernel.map(() => kernel[0]!) }),
    },
    PER_AXIS,
  ),
  fault(
    'C8',
    'The dilations are taken one entry too early from [1, dilations, 1].',
    {
      wire: wiring => ruled(wiring, (_, k) => ({ dilation: k === 0 ? 1 : wiring.rule[k - 1]!.dilation })),
    },
    { where: PER_AXIS.where },
  ),
  fault(
    'C8-border',
    'The test for the end of the input counts the dilation in.',
    {
      wire: (_, { large, dilation }) => ({
        cellAt: cell =>
          isInside(
            large.map((extent, k) => extent - dilation[k]! + 1),
            cell,
          )
            ? place(large, cell)
            : NOWHERE,
      }),
    },
    BORDER,
  ),
  fault(
    'C9',
    'The dilated kernel is taken to reach over k d cells instead of (k - 1) d + 1.',
    windows(
      (form, k) => Math.floor(roomFor(form, form.dilation[k]! * form.kernel[k]!, k) / form.stride[k]!) + 1,
    ),
    SIZE,
  ),
  fault(
    'C9-ceil',
    'The number of windows is rounded up instead of down.',
    windows((form, k) => Math.ceil(roomFor(form, reachOf(form, k), k) / form.stride[k]!) + 1),
    SIZE,
  ),
  fault(
    'C16',
    'Behind the border the next row is read instead of zero.',
    {
      wire: (_, { large }) => ({
        cellAt: cell => (isInside(large.slice(0, -1), cell.slice(0, -1)) ? place(large, cell) : NOWHERE),
      }),
    },
    BORDER,
  ),
  fault(
    'C16-edge',
    'Behind the border the last cell is read again instead of zero.',
    {
      wire: (_, { large }) => ({
        cellAt: cell =>
          place(
            large,
            cell.map((i, k) => Math.min(Math.max(i, 0), large[k]! - 1)),
          ),
      }),
    },
    BORDER,
  ),
];
