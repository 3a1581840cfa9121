/** The traps of pooling, at any rank. */
import type { Filling } from './filling.js';
import type { Random } from './random.js';
import type { Plan, Scenario } from './scenario.js';

interface PoolAxis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding?: readonly [before: number, after: number];
  readonly dilation?: number;
}

type AxisOf = (random: Random, axis: number) => PoolAxis;

interface Switches {
  readonly ceil_mode?: boolean;
  readonly count_include_pad?: boolean;
  readonly padding?: string;
  readonly filling?: Filling;
}

export type PoolKind = 'max' | 'avg';

const sideBySide: AxisOf = (random, axis) => {
  const kernel = axis === 0 ? 2 : 4 - random.integer(0, 1) * 2;
  return { input: 2 * kernel, kernel, stride: kernel };
};
const overlap: AxisOf = (random, axis) => ({
  ...{ input: 5 + axis - random.integer(0, 1), kernel: 3 - (axis % 2), stride: 1 },
});
const gaps: AxisOf = (random, axis) => ({
  ...{ input: 6 + random.integer(0, 1), kernel: 1 + (axis % 2), stride: 3 },
});
const remainder: AxisOf = random => {
  const stride = random.integer(2, 3);
  return { input: 2 + 2 * stride - 1, kernel: 2, stride };
};
const uneven: AxisOf = (random, axis) => ({
  ...{ input: 4 + axis, kernel: 3, stride: 2 },
  padding: random.shuffled([
    [1, 0],
    [0, 1],
    [2, 1],
    [1, 2],
  ] as const)[0]!,
});
/** One more window than by rounding down, cut by the end. */
const cut: AxisOf = (random, axis) => ({
  input: 6 + 2 * random.integer(0, 1),
  kernel: 3 + (axis % 2),
  stride: 3,
});
/** Rounding up asks for a window that starts in the padding behind: it is dropped. */
const dropped: AxisOf = (random, axis) => ({
  ...{ input: axis === 0 ? 4 : 1 + 3 * random.integer(0, 1), kernel: 2, stride: 3 },
  padding: [1, 1],
});
const dilated: AxisOf = (random, axis) => ({
  ...{ input: 7 - axis, kernel: 2 + (axis % 2), stride: 2, dilation: 2 },
  padding: [random.integer(0, 1), 1],
});
const oddAtStrideTwo: AxisOf = (_, axis) => ({
  input: 5 - 2 * (axis % 2),
  kernel: 2 + (axis % 2),
  stride: 2,
});
const whole: AxisOf = (_, axis) => ({ input: 4 - axis, kernel: 4 - axis, stride: 1 });

export function poolScenarios(kind: PoolKind, rank: number): Scenario[] {
  const scenario = (flag: string, comment: string, axisOf: AxisOf, own: Switches = {}): Scenario => ({
    ...{ flag, hunts: null, comment },
    filling: own.filling ?? (kind === 'max' ? 'distinct' : 'integers'),
    fillings: { yBar: own.filling === 'decimals' || own.filling === 'float32' ? own.filling : 'integers' },
    plan: random => planOf(random, kind, rank, axisOf, own),
  });
  const shared = [
    scenario('touching', 'Windows next to each other: every cell is read once.', sideBySide),
    scenario('overlap', 'Windows overlap: a cell collects the gradients of several.', overlap),
    scenario('remainder', 'Cells behind the last window: their gradient is 0.', remainder),
    scenario('uneven-padding', 'More padding on one side than on the other.', uneven),
    scenario('ceil-mode', 'Rounding up: the last window is cut by the end of the input.', cut, {
      ceil_mode: true,
    }),
    scenario(
      'dropped-window',
      'Rounding up asks for a window that starts in the padding: there is none.',
      dropped,
      {
        ceil_mode: true,
      },
    ),
    scenario('same-upper', 'SAME: the odd cell of padding is at the end.', oddAtStrideTwo, {
      padding: 'same-upper',
      count_include_pad: false,
    }),
    scenario('same-lower', 'SAME: the odd cell of padding is at the start.', oddAtStrideTwo, {
      padding: 'same-lower',
      count_include_pad: false,
    }),
    scenario('gaps', 'A stride wider than the window: cells between windows have gradient 0.', gaps),
    scenario('rounding', 'Decimals that no float holds.', uneven, { filling: 'decimals' }),
    scenario('whole-input', 'One window as large as the input.', whole),
    scenario('float32', 'The same in float32.', overlap, { filling: 'float32' }),
  ];
  return [...shared.slice(0, 4), ...ownScenarios(kind, scenario), ...shared.slice(4)];
}

function ownScenarios(
  kind: PoolKind,
  scenario: (flag: string, comment: string, axisOf: AxisOf, own?: Switches) => Scenario,
): Scenario[] {
  if (kind === 'max')
    return [
      scenario('ties', 'Equal cells: the first of a window counts.', overlap, { filling: 'ties' }),
      scenario('negative', 'All cells are negative: padding never wins.', uneven, { filling: 'negative' }),
      scenario('dilation', 'Windows with holes.', dilated),
    ];
  return [
    scenario('padding-counted', 'The divisor counts padding: it is the same for every window.', uneven, {
      count_include_pad: true,
    }),
    scenario('padding-not-counted', 'The divisor counts real cells: it is smaller at the borders.', uneven, {
      count_include_pad: false,
    }),
    scenario(
      'cut-divisor',
      'Rounding up and padding counted: cells behind the padding do not count.',
      cutInPadding,
      {
        ceil_mode: true,
        count_include_pad: true,
      },
    ),
  ];
}

/** The last window reaches behind the padding. */
const cutInPadding: AxisOf = (_, axis) => ({
  ...{ input: 5 + (axis % 2), kernel: 4, stride: axis % 2 === 0 ? 4 : 3, padding: [1, 1] },
});

function planOf(random: Random, kind: PoolKind, rank: number, axisOf: AxisOf, own: Switches): Plan {
  const axes = Array.from({ length: rank }, (_, axis) => axisOf(random, axis));
  const [batch, channels] = random.shuffled([1, 2]) as [number, number];
  const { ceil_mode = false, count_include_pad = true, padding } = own;
  return {
    shapes: { x: [batch, channels + 1, ...axes.map(axis => axis.input)] },
    params: {
      kernel_size: axes.map(axis => axis.kernel),
      stride: axes.map(axis => axis.stride),
      padding: padding ?? axes.map(axis => axis.padding ?? ([0, 0] as const)),
      ...(kind === 'max' ? { dilation: axes.map(axis => axis.dilation ?? 1) } : { count_include_pad }),
      ceil_mode,
    },
  };
}
