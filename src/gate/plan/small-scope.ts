/** Every call of a small box: an exhaustive sweep whose domain is told in words. */
import { operatorNamed } from '../../ops/index.js';
import { AXIS_BOXES, type AxisBox } from './axis-boxes.js';
import { callOf } from './call.js';
import type { Configuration } from './gate-case.js';
import {
  type Axis,
  type Channels,
  PLAIN,
  type SlidingKind,
  type Switches,
  slidingConfiguration,
  slidingKind,
} from './sliding-call.js';
import { functionScope } from './small-functions.js';

export interface SmallScope {
  readonly count: number;
  /** Exactly which calls; '' where there are none. */
  readonly domain: string;
  configurations(): Iterable<Configuration>;
}

/** The same calls in the same order every time, all in the default domain. */
export function smallScope(op: string): SmallScope {
  const sliding = slidingKind(op);
  if (sliding) return slidingScope(sliding.kind, sliding.rank);
  const { configurations, domain } = functionScope(op);
  return { count: configurations.length, domain, configurations: () => configurations };
}

const LAYOUTS: readonly Channels[] = [
  { batch: 1, groups: 1, inputs: 1, outputs: 1, hasBias: false },
  { batch: 2, groups: 1, inputs: 2, outputs: 3, hasBias: true },
  { batch: 1, groups: 2, inputs: 2, outputs: 1, hasBias: true },
  { batch: 2, groups: 2, inputs: 1, outputs: 2, hasBias: false },
  { batch: 2, groups: 3, inputs: 1, outputs: 1, hasBias: true },
];

function slidingScope(kind: SlidingKind, rank: number): SmallScope {
  const box = AXIS_BOXES[kind][rank - 1]!;
  const isPool = kind.endsWith('pool');
  const layouts = isPool ? LAYOUTS.slice(0, 3).map(one => ({ ...one, groups: 1 })) : LAYOUTS;
  const parts = switchesOf(kind).map(switches => ({ switches, axes: axesIn(kind, box, switches) }));
  return {
    count: parts.reduce((all, { axes }) => all + axes.length ** rank, 0),
    domain: wordsOf(kind, box, layouts),
    *configurations() {
      for (const { switches, axes } of parts) {
        for (let k = 0; k < axes.length ** rank; k++) {
          const places = Array.from(
            { length: rank },
            (_, axis) => Math.floor(k / axes.length ** axis) % axes.length,
          );
          // By their sum, so that every axis meets every layout.
          const layout = layouts[places.reduce((a, b) => a + b) % layouts.length]!;
          yield slidingConfiguration(
            kind,
            places.map(place => axes[place]!),
            layout,
            switches,
          );
        }
      }
    },
  };
}

function switchesOf(kind: SlidingKind): Switches[] {
  if (!kind.endsWith('pool')) return [PLAIN];
  const rounded = [PLAIN, { ...PLAIN, ceilMode: true }];
  return kind === 'max_pool'
    ? rounded
    : [...rounded, ...rounded.map(one => ({ ...one, countsPadding: false }))];
}

/** Those that make a call of one axis: axes do not depend on one another. */
function axesIn(kind: SlidingKind, box: AxisBox, switches: Switches): Axis[] {
  const operator = operatorNamed(`${kind}1d`);
  const isCall = (axis: Axis): boolean =>
    callOf(operator, slidingConfiguration(kind, [axis], LAYOUTS[0]!, switches)) !== null;
  return box.inputs
    .flatMap(input => box.kernels.map(kernel => ({ input, kernel })))
    .flatMap(one => box.strides.map(stride => ({ ...one, stride })))
    .flatMap(one => (one.kernel === 1 ? [1] : box.dilations).map(dilation => ({ ...one, dilation })))
    .flatMap(one => box.paddings.map(padding => ({ ...one, padding })))
    .flatMap(one => box.extras.map(extra => ({ ...one, extra })))
    .filter(isCall);
}

function wordsOf(kind: SlidingKind, box: AxisBox, layouts: readonly Channels[]): string {
  const isPool = kind.endsWith('pool');
  const pads = box.paddings.map(pair => `[${pair.join(',')}]`).join(' ');
  const facts = [
    `x ${box.inputs.join(' ')}`,
    `kernel ${box.kernels.join(' ')}`,
    `stride ${box.strides.join(' ')}`,
    ...(kind === 'avg_pool' ? [] : [`dilation ${box.dilations.join(' ')} (1 where the kernel is 1)`]),
    `padding [before,after] ${pads}`,
    ...(kind === 'conv_transpose' ? [`output_padding ${box.extras.join(' ')} below stride or dilation`] : []),
  ];
  const flags = [
    ...(isPool ? ['ceil_mode off and on'] : []),
    ...(kind === 'avg_pool' ? ['count_include_pad on and off'] : []),
  ];
  const turns = layouts.map(layout => layoutWords(layout, isPool)).join('; ');
  return [
    `every valid combination, on every axis, of ${facts.join(', ')}`,
    ...flags,
    `${isPool ? 'N,C' : 'N,C,O,groups'} in turn ${turns}`,
  ].join(', ');
}

function layoutWords({ batch, groups, inputs, outputs, hasBias }: Channels, isPool: boolean): string {
  if (isPool) return `${batch},${inputs}`;
  return `${[batch, groups * inputs, groups * outputs, groups].join(',')}${hasBias ? ' with b' : ''}`;
}
