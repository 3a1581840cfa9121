/** conv1d, conv2d, conv3d: one definition at three ranks, as deep-learning libraries mean it (no flip). */
import {
  type ConvGeometry,
  convBiasVjp,
  convForward,
  convInputVjp,
  convKernelVjp,
  flipSpatialKernel,
} from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import {
  defineOperator,
  type FloatTensor,
  type Inputs,
  type Mistake,
  type Operator,
  type Params,
  type Resolved,
  type Sizes,
} from './operator.js';
import { axes, axisParameter, integerParameter, modeParameter, paddingParameter } from './parameters.js';
import {
  conventionOf,
  type InputGradientSteps,
  inputGradient,
  inputGradientSteps,
  type KernelGradientSteps,
  kernelGradient,
  kernelGradientSteps,
  paddingDomain,
  slidingDefinition,
  slidingDomain,
  slidingSizes,
} from './sliding.js';

type ConvInput = 'x' | 'w' | 'b';

function convolution(rank: 1 | 2 | 3): Operator<ConvInput> {
  return defineOperator<ConvInput>({
    name: `conv${rank}d`,
    summary: `${rank}-d convolution layer: slides the kernel without flipping, with stride, padding, dilation, groups`,
    rank,
    inputs: { x: 'N C L@', w: 'O I K@', b: 'O' },
    optional: ['b'],
    output: 'N O P@',
    result: 'convolved',
    params: { stride: 1, padding: 0, dilation: 1, groups: 1, convention: 'correlation' },
    letters: { stride: 's@', padding: ['a@', 'b@'], dilation: 'd@', groups: 'G' },
    modes: { convention: ['correlation', 'convolution'] },
    domain: params => [...slidingDomain, 'd@ >= 1', ...paddingDomain(params)],
    definition: params => `${slidingDefinition(conventionOf(params))} + b[o]`,
    sizes: (dims, params) => convSizes(`conv${rank}d`, dims, params, rank),
    claims: params => ({
      x: inputGradient(inputGradientSteps(conventionOf(params))),
      w: kernelGradient(kernelGradientSteps(conventionOf(params))),
      b: apply('channel_sum', tensor(COTANGENT)),
    }),
    kernel: {
      forward: (inputs, call, options) =>
        convForward({ ...inputs, x: inputs.x!, w: slidKernel(inputs, call) }, geometry(call), options),
      vjp: {
        x: (yBar, inputs, call, options) =>
          convInputVjp(yBar, slidKernel(inputs, call), call.inputs.x!, geometry(call), options),
        w: (yBar, { x }, call, options) =>
          flipped(convKernelVjp(yBar, x!, call.inputs.w!, geometry(call), options), call),
        b: (yBar, _inputs, _call, options) => convBiasVjp(yBar, options),
      },
    },
    mistakes,
    examples: () => examples(rank),
    badCalls: () => badCalls(rank),
  });
}

function convSizes(operator: string, dims: Sizes, params: Params, rank: number): Sizes {
  modeParameter(params, 'convention', ['correlation', 'convolution']);
  const stride = axisParameter(params, 'stride', rank);
  const dilation = axisParameter(params, 'dilation', rank);
  const frame = { input: axes('L', dims, rank), kernel: axes('K', dims, rank), stride, dilation };
  const groups = integerParameter(params, 'groups');
  return slidingSizes(operator, dims, rank, { stride, dilation, groups, ...paddingParameter(params, frame) });
}

function geometry({ sizes, rank }: Resolved): ConvGeometry {
  const [before, after] = [axes('a', sizes, rank), axes('b', sizes, rank)];
  return {
    stride: axes('s', sizes, rank),
    dilation: axes('d', sizes, rank),
    padding: before.map((a, k) => [a, after[k]!]),
    groups: sizes.G!,
  };
}

/** The kernels slide without flipping; a true convolution hands them the rotated kernel. */
const slidKernel = (inputs: Inputs, call: Resolved): FloatTensor => flipped(inputs.w!, call);

const flipped = (w: FloatTensor, call: Resolved): FloatTensor =>
  conventionOf(call.params) === 'convolution' ? flipSpatialKernel(w) : w;

const inputMistake = (
  name: string,
  says: string,
  change: Partial<InputGradientSteps>,
): Mistake<ConvInput> => ({
  name,
  says,
  wrt: 'x',
  claim: params => inputGradient({ ...inputGradientSteps(conventionOf(params)), ...change }),
});

const kernelMistake = (
  name: string,
  says: string,
  change: Partial<KernelGradientSteps>,
): Mistake<ConvInput> => ({
  name,
  says,
  wrt: 'w',
  claim: params => kernelGradient({ ...kernelGradientSteps(conventionOf(params)), ...change }),
});

const mistakes = (): readonly Mistake<ConvInput>[] => [
  {
    ...inputMistake('no-flip', 'the kernel is not rotated by 180 degrees', {}),
    claim: params => {
      const steps = inputGradientSteps(conventionOf(params));
      return inputGradient({ ...steps, flip: !steps.flip });
    },
  },
  inputMistake('no-zero-stuffing', 'yBar is not stuffed with zeros by the stride', { stuffing: '1' }),
  {
    ...inputMistake('lost-remainder', 'the rows that the stride leaves over are cropped away', {}),
    claim: params => {
      const literalCrop = 's@*(P@ - 1) + d@*(K@ - 1) + 1 - a@ - b@';
      const steps = inputGradientSteps(conventionOf(params));
      return apply('crop', inputGradient({ ...steps, length: literalCrop }), { start: '0', length: 'L@' });
    },
  },
  inputMistake('swapped-channels', 'input and output channels of w are not exchanged', {
    exchangeChannels: false,
  }),
  inputMistake('no-dilation', 'the kernel is not dilated', { dilation: '1' }),
  inputMistake('offset-ignores-dilation', 'the window starts as if the kernel were not dilated', {
    start: 'a@ - (d@ - 1)*(K@ - 1)',
  }),
  inputMistake('no-crop', 'the window starts at 0 although the input is padded', { start: '0' }),
  inputMistake('crop-other-side', 'the padding after each axis is cropped away at its start', {
    start: 'b@',
  }),
  inputMistake('stride-dilation-swapped', 'stride and dilation are exchanged', {
    stuffing: 'd@',
    dilation: 's@',
  }),
  kernelMistake('unit-window-step', 'the window steps by 1 instead of the dilation', { step: '1' }),
  kernelMistake('kernel-no-zero-stuffing', 'yBar is not stuffed with zeros by the stride', { stuffing: '1' }),
  kernelMistake('no-padding', 'the padding of x is ignored', { before: '0' }),
  kernelMistake('padding-other-side', 'the paddings before and after are exchanged', {
    before: 'b@',
    after: 'a@',
  }),
  {
    ...kernelMistake('rotated-result', 'the kernel gradient is rotated by 180 degrees', {}),
    claim: params => {
      const steps = kernelGradientSteps(conventionOf(params));
      return kernelGradient({ ...steps, flip: !steps.flip });
    },
  },
];

/** All extents differ, strides leave a remainder, padding is lopsided. */
function examples(rank: number): Operator['examples'] {
  const take = (values: readonly number[]) => values.slice(0, rank);
  const pads = (
    [
      [1, 2],
      [2, 0],
      [0, 1],
    ] as const
  ).slice(0, rank);
  return [
    { shapes: { x: [1, 1, ...take([3, 3, 3])], w: [1, 1, ...take([2, 2, 2])] }, params: {} },
    {
      shapes: { x: [2, 4, ...take([7, 6, 5])], w: [6, 2, ...take([3, 2, 2])], b: [6] },
      params: { stride: take([3, 2, 2]), dilation: take([2, 1, 3]), padding: pads, groups: 2 },
    },
    {
      shapes: { x: [2, 3, ...take([6, 5, 4])], w: [3, 3, ...take([2, 3, 2])] },
      params: { stride: 3, dilation: 2, padding: pads, convention: 'convolution' },
    },
  ];
}

function badCalls(rank: number): Operator['badCalls'] {
  const ones = (extent: number) => new Array<number>(rank).fill(extent);
  const shapes = { x: [1, 2, ...ones(5)], w: [2, 2, ...ones(3)] };
  return [
    { shapes, params: { stride: 0 }, code: 'stride-not-positive' },
    { shapes, params: { dilation: -1 }, code: 'dilation-not-positive' },
    { shapes, params: { padding: -1 }, code: 'negative-padding' },
    { shapes, params: { padding: 'mirror' }, code: 'unknown-padding-mode' },
    { shapes, params: { groups: 3 }, code: 'groups-do-not-divide' },
    { shapes, params: { groups: 2 }, code: 'channels-mismatch' },
    { shapes, params: { convention: 'flip' }, code: 'bad-parameter' },
    { shapes, params: { strides: 1 }, code: 'unknown-parameter' },
    { shapes, params: { stride: new Array<number>(rank + 1).fill(1) }, code: 'wrong-axis-count' },
    { shapes: { ...shapes, b: [3] }, params: {}, code: 'size-mismatch' },
    { shapes: { ...shapes, x: [2, ...ones(5)] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: shapes.x }, params: {}, code: 'missing-input' },
  ];
}

export const conv1d = convolution(1);
export const conv2d = convolution(2);
export const conv3d = convolution(3);
