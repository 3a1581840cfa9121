/** Ways to get the gradient to w of a convolution wrong. */
import { product } from '../operands.js';
import { half, single } from '../sums.js';
import type { Change } from './change.js';
import { faultsOf, type LayerFault, ruled } from './fault-entry.js';
import { channelsExchanged, firstImageOnly, lastRowLost, leftOver, scaled } from './finishes.js';
import type { Form } from './form.js';
import { mirrored, turned } from './places.js';
import type { AxisRule } from './wiring.js';

const fault = faultsOf('dw', 'dF: how yBar is slid over x');
const RESULT = { where: 'dF: the finished tensor' };
const BATCH = { where: 'dF: the sum over the batch' };
const SUMS = { where: 'dF: the type of the partial sums' };

const rule = (change: (rule: AxisRule, axis: number, form: Form) => Partial<AxisRule>): Change => ({
  wire: (wiring, form) => ruled(wiring, (one, k) => change(one, k, form)),
});

/** Taps by which the result is too large where it is not cropped. */
const oversize = (form: Form, k: number): number => Math.floor(leftOver(form, k) / form.dilation[k]!);

const middle = (factor: number) => (result: Float64Array) =>
  void result.set([result[result.length >> 1]! * factor], result.length >> 1);

export const convKernelFaults: readonly LayerFault[] = [
  fault('F1', 'Only the first image of the batch counts.', firstImageOnly, BATCH),
  fault(
    'F2',
    'The mean over the batch is taken instead of the sum.',
    { finish: scaled(({ batch }) => 1 / batch) },
    BATCH,
  ),
  fault(
    'F3',
    'The result is divided by the number of cells of an output channel.',
    {
      finish: scaled(({ batch, small }) => 1 / (batch * product(small))),
    },
    BATCH,
  ),
  fault(
    'F4',
    'The result is rotated by 180 degrees.',
    { wire: (_, { kernel }) => ({ tapAt: mirrored(kernel) }) },
    RESULT,
  ),
  fault(
    'F4-transposed',
    'The last two axes of the result are exchanged.',
    {
      wire: (_, { kernel }) => ({ tapAt: turned(kernel, kernel.length - 2) }),
    },
    { ...RESULT, leastAxes: 2 },
  ),
  fault('F4-channels', 'Input and output channels of the result are exchanged.', channelsExchanged, RESULT),
  fault('F5', 'yBar is rotated before it is slid over x.', {
    wire: (_, { small }) => ({ windowAt: mirrored(small) }),
  }),
  fault(
    'F6',
    'yBar is not stuffed with zeros by the stride.',
    rule(() => ({ stride: 1 })),
  ),
  fault(
    'F6-window-step',
    'yBar moves by 1 instead of the dilation.',
    rule(() => ({ dilation: 1 })),
  ),
  fault(
    'F6-exchanged',
    'Stride and dilation are exchanged.',
    rule(({ stride, dilation }) => ({ stride: dilation, dilation: stride })),
  ),
  fault(
    'F7',
    'The padding of x is ignored.',
    rule(() => ({ offset: 0 })),
  ),
  fault(
    'F7-exchanged',
    'The paddings of two axes are exchanged.',
    rule((_, k, { before }) => ({ offset: before[(k + 1) % before.length]! })),
    { leastAxes: 2 },
  ),
  fault(
    'F8',
    'Where the stride leaves cells over, the result is too large and not cropped.',
    {
      form: form => ({ ...form, kernel: form.kernel.map((extent, k) => extent + oversize(form, k)) }),
    },
    { where: 'dF: the size of the result' },
  ),
  fault(
    'F8-wrong-end',
    'Where the stride leaves cells over, the result is cropped at its start.',
    rule(({ dilation, offset }, k, form) => ({
      offset: offset - dilation * oversize(form, k),
    })),
    { where: 'dF: the size of the result' },
  ),
  fault('F9', 'The last row of yBar is skipped.', lastRowLost, { where: 'dF: the loop over yBar' }),
  fault(
    'F10',
    'Every group is paired with the first channels of x.',
    {
      wire: ({ largeChannel }) => ({ largeChannel: (n, _g, b) => largeChannel(n, 0, b) }),
    },
    { where: 'dF: the group of x' },
  ),
  fault('F11', 'One tap is zero.', { finish: middle(0) }, RESULT),
  fault('F11-percent', 'One tap is one percent too large.', { finish: middle(1.01) }, RESULT),
  fault('F12', 'Partial sums are kept as float32.', { sum: single }, SUMS),
  fault('F12-half', 'Partial sums are kept as float16.', { sum: half }, SUMS),
  fault('F13', 'The result is added to that of the calls before.', { isKept: true }, RESULT),
];

const biasFault = faultsOf('db', 'db: the sum over batch and cells');

/** yBar [N, O, cells], summed as told. */
const sums =
  (
    term: (value: number, n: number, o: number, cell: number) => number,
    divisor = (_n: number, _cells: number) => 1,
  ) =>
  (yBar: Float64Array, batch: number, outputs: number, cells: number): Float64Array => {
    const totals = new Float64Array(outputs);
    yBar.forEach((value, k) => {
      const channel = Math.floor(k / cells);
      const o = channel % outputs;
      totals[o] = totals[o]! + term(value, Math.floor(channel / outputs), o, k % cells);
    });
    return totals.map(total => total / divisor(batch, cells));
  };

const same = (value: number): number => value;

export const convBiasFaults: readonly LayerFault[] = [
  biasFault('B1', 'Only the first image of the batch counts.', {
    biasSum: sums((value, n) => (n === 0 ? value : 0)),
  }),
  biasFault('B1-mean', 'The mean over the batch is taken instead of the sum.', {
    biasSum: sums(same, batch => batch),
  }),
  biasFault('B1-mean-of-all', 'The mean over batch and cells is taken instead of the sum.', {
    biasSum: sums(same, (batch, cells) => batch * cells),
  }),
  biasFault('B2', 'Every channel gets the sum over all channels.', {
    biasSum: (yBar, _batch, outputs) => new Float64Array(outputs).fill(yBar.reduce((a, b) => a + b, 0)),
  }),
  biasFault('B2-first-pixel', 'The first cell, times the number of cells, stands for the sum.', {
    biasSum: (yBar, batch, outputs, cells) =>
      sums((value, _n, _o, cell) => (cell === 0 ? value * cells : 0))(yBar, batch, outputs, cells),
  }),
];
