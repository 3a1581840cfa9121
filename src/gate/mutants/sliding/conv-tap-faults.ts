/** Ways to get the output of a convolution wrong: taps, channels, images, the bias. */
import { faultsOf, type LayerFault } from './fault-entry.js';
import { mirrored, turned } from './places.js';
import { NOWHERE } from './wiring.js';

const fault = faultsOf('y', 'forward pass: the index of w');
const LOOP = { where: 'forward pass: the loop over the taps' };
const CHANNELS = { where: 'forward pass: the channel of x' };
const BIAS = { where: 'forward pass: the bias' };

export const convTapFaults: readonly LayerFault[] = [
  fault('C1', 'The kernel is rotated by 180 degrees, as in a true convolution.', {
    wire: (_, { kernel }) => ({ tapAt: mirrored(kernel) }),
  }),
  fault(
    'C2',
    'The last two axes of the kernel are exchanged.',
    {
      wire: (_, { kernel }) => ({ tapAt: turned(kernel, kernel.length - 2) }),
    },
    { leastAxes: 2 },
  ),
  fault(
    'C2-depth',
    'Depth and height of the kernel are exchanged.',
    {
      wire: (_, { kernel }) => ({ tapAt: turned(kernel, 0) }),
    },
    { leastAxes: 3 },
  ),
  fault(
    'C3',
    'The last tap of the last axis is skipped.',
    {
      wire: (_, { kernel }) => ({ times: (_p, q) => (q.at(-1) === kernel.at(-1)! - 1 ? 0 : 1) }),
    },
    LOOP,
  ),
  fault(
    'C3-first-tap-twice',
    'The first tap of the last axis is read twice.',
    {
      wire: () => ({ times: (_p, q) => (q.at(-1) === 0 ? 2 : 1) }),
    },
    LOOP,
  ),
  fault(
    'C10',
    'The channel offset of the group is missing: every group reads the first one.',
    {
      wire: ({ largeChannel }) => ({ largeChannel: (n, _g, b) => largeChannel(n, 0, b) }),
    },
    CHANNELS,
  ),
  fault(
    'C10-reversed',
    'The groups are read in reverse order.',
    {
      wire: ({ largeChannel }, { groups }) => ({
        largeChannel: (n, g, b) => largeChannel(n, groups - 1 - g, b),
      }),
    },
    CHANNELS,
  ),
  fault(
    'C11',
    'In a depthwise layer output m of channel c is put at m C + c instead of c M + m.',
    {
      wire: ({ smallChannel }, { groups, smallChannels, largeChannels }) =>
        groups === 1 || largeChannels > 1
          ? {}
          : {
              smallChannel: (n, g, a) => {
                const o = a * groups + g;
                return smallChannel(n, Math.floor(o / smallChannels), o % smallChannels);
              },
            },
    },
    { where: 'forward pass: the output channel' },
  ),
  fault(
    'C12',
    'The sum over the input channels stops one short.',
    {
      wire: ({ largeChannel }, { largeChannels }) => ({
        largeChannel: (n, g, b) => (b === largeChannels - 1 ? NOWHERE : largeChannel(n, g, b)),
      }),
    },
    CHANNELS,
  ),
  fault(
    'C13',
    'The bias is added once for every input channel.',
    {
      biasAt: (b, _n, o, { largeChannels }) => b[o]! * largeChannels,
    },
    BIAS,
  ),
  fault(
    'C13-wraps',
    'The index of the bias wraps at the number of input channels.',
    {
      biasAt: (b, _n, o, { groups, largeChannels }) => b[o % (groups * largeChannels)]!,
    },
    BIAS,
  ),
  fault(
    'C14',
    'An image of x is taken to have as many channels as one of y.',
    {
      wire: ({ largeChannel }, { groups, smallChannels }) => {
        const plane = largeChannel(0, 0, 1) - largeChannel(0, 0, 0);
        return { largeChannel: (n, g, b) => largeChannel(0, g, b) + n * groups * smallChannels * plane };
      },
    },
    { where: 'forward pass: the offset of the image' },
  ),
  fault(
    'C15',
    'x is read as if its channels came last.',
    {
      wire: ({ largeChannel }, { groups, largeChannels }) => {
        const channels = groups * largeChannels;
        return {
          largeChannel: (n, g, b) => largeChannel(n, 0, 0) + g * largeChannels + b,
          largeStep: channels,
        };
      },
    },
    { where: 'forward pass: the layout of x' },
  ),
  fault(
    'C17',
    'What is left of a row behind the last four full lanes is not written.',
    {
      wire: ({ windowAt }, { small }) => ({
        windowAt: p => (p.at(-1)! >= small.at(-1)! - (small.at(-1)! % 4) ? NOWHERE : windowAt(p)),
      }),
    },
    { where: 'forward pass: the loop over a row of y' },
  ),
];
