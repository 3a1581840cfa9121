/** conv_transpose1d, conv_transpose2d, conv_transpose3d: the layer that upsamples, in its own right. */
import {
  type ConvTransposeGeometry,
  convBiasVjp,
  convTransposeForward,
  convTransposeInputVjp,
  convTransposeKernelVjp,
} from '../kernels/index.js';
import { apply, COTANGENT, tensor } from './claim.js';
import { defineOperator, type Mistake, type Operator, type Resolved } from './operator.js';
import { axes } from './parameters.js';
import { paddingDomain } from './sliding.js';
import {
  type TransposedSteps,
  transposedDefinition,
  transposedDomain,
  transposedInputGradient,
  transposedKernelGradient,
  transposedSteps,
} from './transposed.js';
import { transposedSizes } from './transposed-sizes.js';

type TransposedInput = 'x' | 'w' | 'b';

function transposedConvolution(rank: 1 | 2 | 3): Operator<TransposedInput> {
  const name = `conv_transpose${rank}d`;
  return defineOperator<TransposedInput>({
    name,
    summary: `${rank}-d transposed convolution layer: every cell lays down a copy of the kernel; padding crops the output`,
    rank,
    inputs: { x: 'N C L@', w: 'C M K@', b: 'O' },
    optional: ['b'],
    output: 'N O P@',
    result: 'laid',
    params: { stride: 1, padding: 0, dilation: 1, groups: 1, output_padding: 0 },
    letters: { stride: 's@', padding: ['a@', 'b@'], dilation: 'd@', groups: 'G', output_padding: 'r@' },
    modes: {},
    domain: params => [...transposedDomain, ...paddingDomain(params)],
    definition: () => transposedDefinition,
    sizes: (dims, params) => transposedSizes(name, dims, params, rank),
    claims: () => ({
      x: transposedInputGradient(transposedSteps),
      w: transposedKernelGradient(transposedSteps),
      b: apply('channel_sum', tensor(COTANGENT)),
    }),
    kernel: {
      forward: ({ x, w, b }, call, options) =>
        convTransposeForward({ x: x!, w: w!, b }, geometry(call), options),
      vjp: {
        x: (yBar, { w }, call, options) =>
          convTransposeInputVjp(yBar, w!, call.inputs.x!, geometry(call), options),
        w: (yBar, { x }, call, options) =>
          convTransposeKernelVjp(yBar, x!, call.inputs.w!, geometry(call), options),
        b: (yBar, _inputs, _call, options) => convBiasVjp(yBar, options),
      },
    },
    mistakes,
    examples: () => examples(rank),
    badCalls: () => badCalls(rank),
  });
}

function geometry({ sizes, rank }: Resolved): ConvTransposeGeometry {
  const [before, after] = [axes('a', sizes, rank), axes('b', sizes, rank)];
  return {
    stride: axes('s', sizes, rank),
    dilation: axes('d', sizes, rank),
    padding: before.map((a, k) => [a, after[k]!]),
    groups: sizes.G!,
    outputPadding: axes('r', sizes, rank),
  };
}

const mistake = (
  wrt: 'x' | 'w',
  name: string,
  says: string,
  change: Partial<TransposedSteps>,
): Mistake<TransposedInput> => {
  const gradient = wrt === 'x' ? transposedInputGradient : transposedKernelGradient;
  return { name, says, wrt, claim: () => gradient({ ...transposedSteps, ...change }) };
};

const mistakes = (): readonly Mistake<TransposedInput>[] => [
  mistake('x', 'rotated-kernel', 'the kernel is rotated by 180 degrees', { flip: true }),
  mistake('x', 'unit-window-step', 'the window steps by 1 instead of the stride', { stride: '1' }),
  mistake('x', 'no-dilation', 'the kernel is not dilated', { dilation: '1' }),
  mistake('x', 'no-padding', 'the cells that padding cut off are not put back', { start: '0' }),
  mistake('x', 'padding-other-side', 'the paddings before and after are exchanged', { start: '-b@' }),
  mistake('x', 'padding-cut-twice', 'the padding is cut off yBar again', { start: 'a@' }),
  mistake('x', 'stride-dilation-swapped', 'stride and dilation are exchanged', {
    stride: 'd@',
    dilation: 's@',
  }),
  mistake('w', 'kernel-no-zero-stuffing', 'x is not stuffed with zeros by the stride', { stride: '1' }),
  mistake('w', 'kernel-unit-window-step', 'the window steps by 1 instead of the dilation', { dilation: '1' }),
  mistake('w', 'kernel-no-padding', 'the cells that padding cut off are not put back', { start: '0' }),
  mistake('w', 'rotated-result', 'the kernel gradient is rotated by 180 degrees', { flip: true }),
];

/** All extents differ; lopsided padding; output padding below the stride, then below the dilation only. */
function examples(rank: number): Operator['examples'] {
  const take = <T>(values: readonly T[]) => values.slice(0, rank);
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
      shapes: { x: [2, 4, ...take([3, 4, 2])], w: [4, 3, ...take([3, 2, 2])], b: [6] },
      params: {
        stride: take([3, 2, 2]),
        dilation: take([2, 1, 3]),
        padding: pads,
        groups: 2,
        output_padding: take([2, 1, 0]),
      },
    },
    {
      shapes: { x: [3, 2, ...take([4, 3, 2])], w: [2, 4, ...take([2, 3, 2])] },
      params: {
        stride: take([1, 4, 2]),
        dilation: take([3, 1, 2]),
        padding: pads,
        output_padding: take([2, 3, 1]),
      },
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
    { shapes, params: { output_padding: -1 }, code: 'negative-output-padding' },
    { shapes, params: { groups: 3 }, code: 'groups-do-not-divide' },
    { shapes, params: { convention: 'correlation' }, code: 'unknown-parameter' },
    { shapes, params: { stride: new Array<number>(rank + 1).fill(1) }, code: 'wrong-axis-count' },
    { shapes: { ...shapes, w: [3, 2, ...ones(3)] }, params: {}, code: 'size-mismatch' },
    { shapes: { ...shapes, w: [2, 2, ...ones(0)] }, params: {}, code: 'kernel-size-not-positive' },
    { shapes: { ...shapes, b: [3] }, params: {}, code: 'size-mismatch' },
    { shapes: { ...shapes, x: [1, 2, ...ones(0)] }, params: {}, code: 'empty-input' },
    { shapes: { x: shapes.x }, params: {}, code: 'missing-input' },
  ];
}

export const convTranspose1d = transposedConvolution(1);
export const convTranspose2d = transposedConvolution(2);
export const convTranspose3d = transposedConvolution(3);
