/** Ways to get a transposed convolution or a dense layer wrong. */
import { faultsOf, type LayerFault, ruled } from './fault-entry.js';
import { channelsExchanged, firstImageOnly, scaled } from './finishes.js';
import type { Form } from './form.js';
import { mirrored } from './places.js';
import { isInside, NOWHERE } from './wiring.js';

const forward = faultsOf('y', 'forward pass: where copies of the kernel are laid');

/** The tensors as they are, the size that follows from the two exchanged; a crash where they do not fit, as it happens. */
function groupsAndDilationExchanged(form: Form): Form {
  const channels = form.groups * form.smallChannels;
  const [groups, dilation] = [form.dilation[0]!, form.dilation.map(() => form.groups)];
  if (channels % groups !== 0) throw new Error(`${channels} channels are not ${groups} groups`);
  const large = form.large.map((extent, k) => {
    return Math.max(0, extent + (dilation[k]! - form.dilation[k]!) * (form.kernel[k]! - 1));
  });
  return { ...form, groups, dilation, smallChannels: channels / groups, large };
}

export const transposedFaults: readonly LayerFault[] = [
  forward(
    'T1',
    'The cells that output_padding adds stay zero.',
    {
      wire: ({ cellAt }, { large, extra }) => ({
        cellAt: i =>
          isInside(
            large.map((extent, k) => extent - extra[k]!),
            i,
          )
            ? cellAt(i)
            : NOWHERE,
      }),
    },
    { where: 'forward pass: output_padding' },
  ),
  forward(
    'T1-start',
    'output_padding adds its cells at the start instead of the end.',
    {
      wire: (wiring, { extra }) => ruled(wiring, ({ offset }, k) => ({ offset: offset - extra[k]! })),
    },
    { where: 'forward pass: output_padding' },
  ),
  forward(
    'T2',
    'groups and dilation are passed in the place of each other.',
    {
      form: groupsAndDilationExchanged,
      // Channels of y that the bias does not know get none.
      biasAt: (b, _n, o) => b[o] ?? 0,
    },
    { where: 'forward pass: the order of the arguments' },
  ),
  forward('T3', 'w is read as [outputs, inputs] instead of [inputs, outputs].', channelsExchanged, {
    where: 'forward pass: the layout of w',
  }),
  forward(
    'T4',
    'All padding is cropped at the start, none at the end.',
    {
      wire: (wiring, { after }) => ruled(wiring, ({ offset }, k) => ({ offset: offset + after[k]! })),
    },
    { where: 'forward pass: the crop' },
  ),
  faultsOf('dx', 'dX: the index of w')(
    'T5',
    'The kernel is rotated, although the gradient to x is a plain correlation here.',
    {
      wire: (_, { kernel }) => ({ tapAt: mirrored(kernel) }),
    },
  ),
  faultsOf('dw', 'dF: which tensor is slid over which')(
    'T5-roles',
    'x and yBar have the roles that they have in an ordinary convolution.',
    { roles: 'as-in-convolution' },
  ),
];

export const denseFaults: readonly LayerFault[] = [
  faultsOf('dw', 'dW: the finished matrix')('D1', 'The result is transposed.', channelsExchanged),
  faultsOf('dx', 'dX: the index of w')(
    'D1-input',
    'w is used where its transpose belongs.',
    channelsExchanged,
  ),
  faultsOf('dw', 'dW: the sum over the batch')(
    'D2',
    'Only the first row of the batch counts.',
    firstImageOnly,
  ),
  faultsOf('db', 'db: the sum over the batch')(
    'D2-bias',
    'The mean over the batch is taken instead of the sum.',
    {
      finish: scaled(({ batch }) => 1 / batch),
    },
  ),
  // Rows that b is too short for get nothing.
  forward(
    'D3',
    'The bias is added along the batch instead of the outputs.',
    {
      biasAt: (b, n) => b[n] ?? 0,
    },
    { where: 'forward pass: the bias' },
  ),
  forward(
    'D3-folded',
    'Batch axes are folded in the wrong order: x is read with its rows last.',
    {
      wire: (_, { batch }) => ({ largeChannel: (n, _g, b) => b * batch + n }),
    },
    { where: 'forward pass: the layout of x' },
  ),
];
