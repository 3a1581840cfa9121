/** The traps of transposed convolution, at any rank. */
import type { Filling } from './filling.js';
import type { Random } from './random.js';
import type { Plan, Scenario } from './scenario.js';

interface TransposedAxis {
  readonly input: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: readonly [before: number, after: number];
  readonly extra?: number;
}

type AxisOf = (random: Random, axis: number) => TransposedAxis;

interface Layer {
  readonly groups?: number;
  readonly bias?: boolean;
  readonly mode?: string;
  readonly filling?: Filling;
}

const plain: AxisOf = (random, axis) => ({ input: 4 - axis, kernel: 2 + random.integer(0, 1) });
const strided: AxisOf = (random, axis) => ({
  input: 3 - (axis % 2),
  kernel: 3,
  stride: random.integer(2, 3),
});
const cropped: AxisOf = (random, axis) => ({
  ...{ input: 3, kernel: 3 - (axis % 2), stride: 2 },
  padding: random.shuffled([
    [1, 0],
    [0, 1],
    [2, 1],
  ] as const)[0]!,
});
/** The cells that a stride of the convolution had left over. */
const extraOfStride: AxisOf = (random, axis) => {
  const stride = 2 + ((axis + random.integer(0, 1)) % 2);
  return { input: 2 + (axis % 2), kernel: 3, stride, padding: [1, 1], extra: stride - 1 };
};
/** Output padding as large as only the dilation allows. */
const extraOfDilation: AxisOf = (_, axis) => ({
  ...{ input: 3 - (axis % 2), kernel: 2, stride: 1, dilation: 3, padding: [0, 1] as const, extra: 2 },
});
const dilated: AxisOf = (random, axis) => ({
  input: 3,
  kernel: 2 + (axis % 2),
  dilation: random.integer(2, 3),
});
const gaps: AxisOf = (_, axis) => ({ input: 2 + (axis % 2), kernel: 1 + (axis % 2), stride: 3 });
const everything: AxisOf = (random, axis) => {
  const [stride, dilation] = (axis + random.integer(0, 1)) % 2 === 0 ? [2, 3] : [3, 2];
  return { input: 3 - (axis % 2), kernel: 2, stride, dilation, padding: [1, 2], extra: 1 };
};

export function transposedScenarios(rank: number): Scenario[] {
  const scenario = (flag: string, comment: string, axisOf: AxisOf, layer: Layer = {}): Scenario => ({
    ...{ flag, hunts: null, comment, filling: layer.filling ?? 'integers' },
    plan: random => planOf(random, rank, axisOf, layer),
  });
  return [
    scenario('plain', 'Copies of the kernel overlap and add up; nothing is rotated.', plain, { bias: true }),
    scenario('stride', 'Copies of the kernel lie a stride apart.', strided),
    scenario('uneven-padding', 'Padding crops the output, more on one side.', cropped),
    scenario('output-padding', 'Cells behind the last copy of the kernel, up to the stride.', extraOfStride, {
      bias: true,
    }),
    scenario('output-padding-dilation', 'As many cells more as only the dilation allows.', extraOfDilation, {
      bias: true,
    }),
    scenario('dilation', 'A dilated kernel is laid down.', dilated),
    scenario('groups', 'w is [C, O/groups, K]: outputs are within their group.', plain, {
      groups: 2,
      bias: true,
    }),
    scenario(
      'everything',
      'Stride, dilation, cropping, output padding, groups and a bias at once.',
      everything,
      {
        groups: 2,
        bias: true,
      },
    ),
    scenario('gaps', 'A stride wider than the kernel: output cells that only the bias reaches.', gaps, {
      bias: true,
    }),
    scenario('rounding', 'Decimals that no float holds.', everything, { bias: true, filling: 'decimals' }),
    scenario('float32', 'Small integers in float32.', cropped, { filling: 'float32' }),
    scenario('valid', 'Padding by name.', strided, { mode: 'valid', filling: 'eighths' }),
  ];
}

function planOf(random: Random, rank: number, axisOf: AxisOf, layer: Layer): Plan {
  const axes = Array.from({ length: rank }, (_, axis) => axisOf(random, axis));
  const { groups = 1, bias = false, mode } = layer;
  const [within, out] = random.shuffled([2, 3]) as [number, number];
  const channels = within * groups;
  return {
    shapes: {
      x: [2, channels, ...axes.map(axis => axis.input)],
      w: [channels, out, ...axes.map(axis => axis.kernel)],
      ...(bias && { b: [out * groups] }),
    },
    params: {
      stride: axes.map(axis => axis.stride ?? 1),
      padding: mode ?? axes.map(axis => axis.padding ?? ([0, 0] as const)),
      dilation: axes.map(axis => axis.dilation ?? 1),
      groups,
      output_padding: axes.map(axis => axis.extra ?? 0),
    },
  };
}
