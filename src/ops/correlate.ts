/** correlate and convolve: one kernel over one image, without and with the rotation by 180 degrees. */
import { type ConvGeometry, convForward, flipSpatialKernel } from '../kernels/index.js';
import { defineOperator, type Operator, type Params, type Resolved, type Sizes } from './operator.js';
import { axes, axisParameter, integerParameter, modeParameter } from './parameters.js';
import {
  type Convention,
  inputGradient,
  inputGradientSteps,
  kernelGradient,
  kernelGradientSteps,
  slidingDefinition,
  slidingDomain,
  slidingSizes,
} from './sliding.js';

/** Without a tap there is nothing to pad for: windows(K - 2, 1) is K - 1, or 0. */
const PADDINGS = {
  valid: ['a@ = 0', 'b@ = 0'],
  full: ['a@ = windows(K@ - 2, 1)', 'b@ = windows(K@ - 2, 1)'],
} as const;

function slidingProduct(name: string, convention: Convention, summary: string): Operator<'x' | 'w'> {
  const input = inputGradientSteps(convention);
  return defineOperator<'x' | 'w'>({
    name,
    summary,
    rank: null,
    inputs: { x: 'N C L@', w: 'O I K@' },
    optional: [],
    output: 'N O P@',
    result: convention === 'correlation' ? 'slid' : 'convolved',
    params: { step: 1, groups: 1, padding: 'valid' },
    letters: { step: 's@', groups: 'G' },
    modes: { padding: ['valid', 'full'] },
    domain: params => [...slidingDomain, 'd@ = 1', ...PADDINGS[params.padding === 'full' ? 'full' : 'valid']],
    definition: () => slidingDefinition(convention),
    sizes: (dims, params, rank) => sizes(name, dims, params, rank),
    claims: () => ({ x: inputGradient(input), w: kernelGradient(kernelGradientSteps(convention)) }),
    kernel: {
      forward: ({ x, w }, call, options) =>
        convForward(
          { x: x!, w: convention === 'convolution' ? flipSpatialKernel(w!) : w! },
          geometry(call),
          options,
        ),
      vjp: {},
    },
    mistakes: () => [
      {
        name: 'no-flip',
        says: 'the kernel has the wrong rotation',
        wrt: 'x',
        claim: () => inputGradient({ ...input, flip: !input.flip }),
      },
    ],
    examples: () => [
      { shapes: { x: [2, 3, 5, 4], w: [4, 3, 2, 3] }, params: { step: 2 } },
      { shapes: { x: [2, 4, 4], w: [6, 2, 3] }, params: { groups: 2, padding: 'full' } },
    ],
    badCalls: () => [
      { shapes: { x: [1, 1, 4], w: [1, 1, 2] }, params: { step: 0 }, code: 'stride-not-positive' },
      { shapes: { x: [1, 1, 4], w: [1, 1, 2] }, params: { padding: 'same' }, code: 'bad-parameter' },
      { shapes: { x: [1, 3, 4], w: [1, 2, 2] }, params: {}, code: 'channels-mismatch' },
    ],
  });
}

/** `full` pads by K - 1 on both sides, so that every overlap is seen. */
function sizes(name: string, dims: Sizes, params: Params, rank: number): Sizes {
  const stride = axisParameter({ stride: params.step! }, 'stride', rank);
  const full = modeParameter(params, 'padding', ['valid', 'full']) === 'full';
  const pads = axes('K', dims, rank).map(extent => (full ? Math.max(0, extent - 1) : 0));
  const dilation = new Array<number>(rank).fill(1);
  const groups = integerParameter(params, 'groups');
  return slidingSizes(name, dims, rank, { stride, dilation, before: pads, after: pads, groups });
}

function geometry({ sizes, rank }: Resolved): ConvGeometry {
  return {
    stride: axes('s', sizes, rank),
    dilation: axes('d', sizes, rank),
    padding: axes('a', sizes, rank).map(pad => [pad, pad]),
    groups: sizes.G!,
  };
}

export const correlate = slidingProduct(
  'correlate',
  'correlation',
  'slides a kernel without flipping; valid or full, with a window step and groups',
);
export const convolve = slidingProduct(
  'convolve',
  'convolution',
  'slides the kernel rotated by 180 degrees (true convolution); valid or full, with a window step and groups',
);
