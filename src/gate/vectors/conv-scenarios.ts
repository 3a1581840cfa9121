/** The traps of convolution, at any rank: each a family of small calls that differ in every way that can hide a slip. */
import {
  type Axis,
  type AxisOf,
  dilated,
  evenKernel,
  everything,
  kernelIsInput,
  plain,
  remainder,
  strideOverKernel,
  strideTwo,
  tapsInPadding,
  unevenPadding,
} from './conv-axes.js';
import type { Filling } from './filling.js';
import type { Random } from './random.js';
import type { Plan, Scenario } from './scenario.js';

interface Layer {
  readonly groups?: number;
  readonly batch?: number;
  readonly bias?: boolean;
  readonly mode?: string;
  readonly filling?: Filling;
}

export function convScenarios(rank: number): Scenario[] {
  const scenario = (flag: string, hunts: string, comment: string, axisOf: AxisOf, layer: Layer = {}) => ({
    flag,
    hunts: hunts.split(' ').filter(name => name !== ''),
    comment,
    filling: layer.filling ?? ('integers' as const),
    plan: (random: Random) => planOf(random, rank, axisOf, layer),
  });
  return [
    scenario(
      'plain',
      'no-flip swapped-channels rotated-result',
      'A kernel that is not rotated where it must be, or is where it must not.',
      plain,
    ),
    scenario(
      'remainder',
      'lost-remainder no-zero-stuffing kernel-no-zero-stuffing',
      'The stride leaves cells over: their gradient is there, and often lost.',
      remainder,
      { bias: true },
    ),
    scenario(
      'uneven-padding',
      'no-crop no-padding padding-other-side crop-other-side',
      'More padding on one side than on the other: swapped, or forgotten in a gradient.',
      unevenPadding,
    ),
    scenario(
      'dilation',
      'no-dilation unit-window-step offset-ignores-dilation',
      'A dilated kernel: forgotten in dx, in dw, or in where the window starts.',
      dilated,
    ),
    scenario(
      'groups',
      'no-flip rotated-result',
      'Groups of channels, exchanged as a whole instead of within each.',
      plain,
      { groups: 2, bias: true },
    ),
    scenario(
      'same-upper',
      'padding-other-side',
      'SAME with an odd number of padding cells: the odd one belongs to the end.',
      evenKernel,
      { mode: 'same-upper' },
    ),
    scenario(
      'everything',
      'lost-remainder stride-dilation-swapped no-crop no-dilation padding-other-side',
      'Stride, dilation, uneven padding, groups and a bias at once.',
      everything,
      { groups: 2, bias: true },
    ),
    scenario(
      'rounding',
      'no-flip',
      'Decimals that no float holds: results are rounded, in any order of summing.',
      everything,
      { bias: true, filling: 'decimals' },
    ),
    scenario(
      'same-lower',
      'padding-other-side',
      'SAME with an odd number of padding cells at the start, and a stride.',
      strideTwo,
      { mode: 'same-lower' },
    ),
    scenario(
      'stride-over-kernel',
      'no-zero-stuffing',
      'A stride wider than the kernel: cells that no output reads have gradient 0.',
      strideOverKernel,
    ),
    scenario(
      'kernel-is-input',
      'no-flip',
      'A kernel as large as the input: one output cell per channel.',
      kernelIsInput,
      { bias: true },
    ),
    scenario(
      'taps-in-padding',
      'no-dilation',
      'Dilation takes the outer taps into the padding: their gradient is 0.',
      tapsInPadding,
    ),
    scenario('fractions', 'lost-remainder', 'Eighths: exact in every float, and no integers.', remainder, {
      filling: 'eighths',
      groups: 2,
    }),
    scenario(
      'float32',
      'no-crop',
      'The same sums in float32; small integers are exact there.',
      unevenPadding,
      { filling: 'float32' },
    ),
    scenario('empty-batch', '', 'No image at all: every result is empty or 0.', plain, {
      batch: 0,
      bias: true,
    }),
  ];
}

function planOf(random: Random, rank: number, axisOf: AxisOf, layer: Layer): Plan {
  const found = Array.from({ length: rank }, (_, axis) => axisOf(random, axis));
  const axes: Axis[] = found.map(axis => ({ stride: 1, dilation: 1, padding: [0, 0], ...axis }));
  const { groups = 1, batch = 2, bias = false, mode } = layer;
  // Channels per group differ between input and output, and both from the batch.
  const [within, out] = random.shuffled([2, 3]) as [number, number];
  const [channels, outputs] = groups === 1 ? [within + 1, out + 3] : [within * groups, out * groups];
  return {
    shapes: {
      x: [batch, channels, ...axes.map(axis => axis.input)],
      w: [outputs, channels / groups, ...axes.map(axis => axis.kernel)],
      ...(bias && { b: [outputs] }),
    },
    params: {
      stride: axes.map(axis => axis.stride),
      padding: mode ?? axes.map(axis => axis.padding),
      dilation: axes.map(axis => axis.dilation),
      groups,
    },
  };
}
