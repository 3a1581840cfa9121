/** Ways to get the gradient to the input of a convolution wrong. */

import { contiguousNumbersOf } from '../operands.js';
import type { Change } from './change.js';
import { faultsOf, type LayerFault, ruled } from './fault-entry.js';
import { channelsExchanged, lastRowLost, leftOver, scaled } from './finishes.js';
import type { Form } from './form.js';
import { mirrored, turned } from './places.js';
import { type AxisRule, isInside, NOWHERE } from './wiring.js';

const fault = faultsOf('dx', 'dX: how yBar is stuffed, padded and slid');
const WEIGHTS = { where: 'dX: the index of w' };
const RESULT = { where: 'dX: the finished tensor' };
const UPSTREAM = { where: 'dX: reading yBar' };
const GROUPS = { where: 'dX: the group of w' };

const rule = (change: (rule: AxisRule, axis: number, form: Form) => Partial<AxisRule>): Change => ({
  wire: (wiring, form) => ruled(wiring, (one, k) => change(one, k, form)),
});

const next = (list: readonly number[], axis: number): number => list[(axis + 1) % list.length]!;

export const convInputFaults: readonly LayerFault[] = [
  fault(
    'X1',
    'The kernel is not rotated.',
    { wire: (_, { kernel }) => ({ tapAt: mirrored(kernel) }) },
    WEIGHTS,
  ),
  fault(
    'X1-one-axis',
    'The kernel is rotated along the first axis only.',
    {
      wire: (_, { kernel }) => ({ tapAt: mirrored(kernel, axis => axis > 0) }),
    },
    { ...WEIGHTS, leastAxes: 2 },
  ),
  fault(
    'X1-transposed',
    'The last two axes of the kernel are exchanged.',
    {
      wire: (_, { kernel }) => ({ tapAt: turned(kernel, kernel.length - 2) }),
    },
    { ...WEIGHTS, leastAxes: 2 },
  ),
  fault('X2', 'Input and output channels of w are not exchanged.', channelsExchanged, WEIGHTS),
  // The cells that are then missing are shared out before and behind, so that the result has the size of x.
  fault(
    'X3',
    'yBar is not stuffed with zeros by the stride.',
    rule((_, k, form) => {
      const missing = (form.stride[k]! - 1) * (form.small[k]! - 1) + leftOver(form, k);
      return { stride: 1, offset: form.before[k]! - Math.floor(missing / 2) };
    }),
  ),
  fault(
    'X4',
    'As many zeros as the stride are put between cells of yBar, one too many.',
    rule(({ stride }) => ({ stride: stride + 1 })),
  ),
  fault(
    'X4-other-axis',
    'Each axis of yBar is stuffed by the stride of the other.',
    rule((_, k, form) => ({ stride: next(form.stride, k) })),
    { leastAxes: 2 },
  ),
  fault(
    'X5',
    'Stride and dilation are exchanged.',
    rule(({ stride, dilation }) => ({ stride: dilation, dilation: stride })),
  ),
  fault(
    'X6',
    'yBar is dilated instead of the kernel.',
    rule(({ stride, dilation }) => ({ stride: stride * dilation, dilation: 1 })),
  ),
  fault(
    'X7',
    'The full padding is k - 1 - p, without the dilation.',
    rule(({ dilation, offset }, k, { kernel }) => ({ offset: offset + (dilation - 1) * (kernel[k]! - 1) })),
  ),
  fault(
    'X8',
    'The padding of x is not taken off the index.',
    rule(() => ({ offset: 0 })),
  ),
  fault(
    'X8-full',
    'The full padding is k - 1 although x is padded.',
    rule(({ dilation }, k, { kernel }) => ({ offset: (dilation - 1) * (kernel[k]! - 1) })),
  ),
  fault(
    'X9',
    'The result is shifted by one cell along the last axis.',
    rule(({ offset }, k, { large }) => ({ offset: k === large.length - 1 ? offset - 1 : offset })),
  ),
  fault(
    'X10',
    'The rows at the end that the stride leaves over are lost.',
    {
      wire: ({ cellAt }, form) => ({
        cellAt: i =>
          isInside(
            form.large.map((extent, k) => extent - leftOver(form, k)),
            i,
          )
            ? cellAt(i)
            : NOWHERE,
      }),
    },
    RESULT,
  ),
  fault(
    'X11',
    'The rows that the stride leaves over are put at the start instead of the end.',
    rule(({ offset }, k, form) => ({ offset: offset - leftOver(form, k) })),
  ),
  fault(
    'X12',
    'Where windows overlap, the last one overwrites the others.',
    { overlap: 'last' },
    { where: 'dX: adding up windows' },
  ),
  fault(
    'X13',
    'The index of a window is not multiplied by the stride.',
    rule(() => ({ stride: 1 })),
  ),
  fault(
    'X14',
    'Of the output channels only the last one counts.',
    {
      wire: ({ smallChannel }, { smallChannels }) => ({
        smallChannel: (n, g, a) => (a === smallChannels - 1 ? smallChannel(n, g, a) : NOWHERE),
      }),
    },
    { where: 'dX: the sum over output channels' },
  ),
  fault(
    'X15',
    'The groups of w are taken in reverse order.',
    {
      wire: ({ tapChannel }, { groups }) => ({ tapChannel: (g, a, b) => tapChannel(groups - 1 - g, a, b) }),
    },
    GROUPS,
  ),
  fault(
    'X15-first-group',
    'All groups use the weights of the first.',
    {
      wire: ({ tapChannel }) => ({ tapChannel: (_g, a, b) => tapChannel(0, a, b) }),
    },
    GROUPS,
  ),
  fault(
    'X16',
    'The result is divided by the batch size.',
    { finish: scaled(({ batch }) => 1 / batch) },
    RESULT,
  ),
  fault('X16-sign', 'The sign of the result is wrong.', { finish: scaled(() => -1) }, RESULT),
  fault('X16-zero', 'The result is all zeros.', { finish: result => void result.fill(0) }, RESULT),
  fault(
    'X17',
    'One cell in the middle is zero.',
    { finish: result => void result.fill(0, result.length >> 1, (result.length >> 1) + 1) },
    RESULT,
  ),
  fault(
    'X17-corner',
    'The first cell is half of what it should be.',
    { finish: result => void result.set([result[0]! / 2]) },
    RESULT,
  ),
  fault(
    'X17-percent',
    'The first cell is one percent too large.',
    { finish: result => void result.set([result[0]! * 1.01]) },
    RESULT,
  ),
  fault(
    'X18',
    'yBar is taken to be all ones.',
    { readUpstream: ({ shape }) => new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(1) },
    UPSTREAM,
  ),
  fault(
    'X19',
    'The strides of yBar are ignored: it is read as if it were contiguous.',
    { readUpstream: contiguousNumbersOf },
    UPSTREAM,
  ),
  fault('X20', 'The result is added to what the last call left in its buffer.', { isKept: true }, RESULT),
  fault('X21', 'The last row of yBar contributes nothing.', lastRowLost, { where: 'dX: the loop over yBar' }),
];
