/** Calls of convolutions and poolings, from their axes and channels. */
import type { AxisPadding } from '../../tensor/index.js';
import type { Configuration } from './gate-case.js';

export const SLIDING_KINDS = ['conv', 'conv_transpose', 'max_pool', 'avg_pool'] as const;
export type SlidingKind = (typeof SLIDING_KINDS)[number];

/** One spatial axis. */
export interface Axis {
  /** Extent of x. */
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: AxisPadding;
  /** output_padding, of transposed convolutions. */
  readonly extra: number;
}

/** Of poolings only N, and C as the channels of one group. */
export interface Channels {
  readonly batch: number;
  readonly groups: number;
  /** Channels of x and of y in each group. */
  readonly inputs: number;
  readonly outputs: number;
  readonly hasBias: boolean;
}

/** What is said once for all axes. */
export interface Switches {
  /** A padding mode by name, in the place of the cells of the axes. */
  readonly mode: string | null;
  readonly ceilMode: boolean;
  /** count_include_pad, of average pooling. */
  readonly countsPadding: boolean;
}

export const PLAIN: Switches = { mode: null, ceilMode: false, countsPadding: true };

/** conv2d is a conv of 2 axes; null for operators that slide no window. */
export function slidingKind(op: string): { readonly kind: SlidingKind; readonly rank: number } | null {
  const [, name, rank] = /^([a-z_]+)(\d)d$/u.exec(op) ?? [];
  const kind = SLIDING_KINDS.find(one => one === name);
  return kind ? { kind, rank: Number(rank) } : null;
}

export function slidingConfiguration(
  kind: SlidingKind,
  axes: readonly Axis[],
  { batch, groups, inputs, outputs, hasBias }: Channels,
  { mode, ceilMode, countsPadding }: Switches,
): Configuration {
  const each = <T>(of: (axis: Axis) => T): T[] => axes.map(of);
  const [input, kernel] = [each(axis => axis.input), each(axis => axis.kernel)];
  const stride = each(axis => axis.stride);
  const padding = mode ?? each(axis => axis.padding);
  const dilation = each(axis => axis.dilation);
  const x = [batch, groups * inputs, ...input];
  if (kind === 'max_pool')
    return { shapes: { x }, params: { kernel_size: kernel, stride, padding, dilation, ceil_mode: ceilMode } };
  if (kind === 'avg_pool') {
    const flags = { ceil_mode: ceilMode, count_include_pad: countsPadding };
    return { shapes: { x }, params: { kernel_size: kernel, stride, padding, ...flags } };
  }
  const isTransposed = kind === 'conv_transpose';
  const w = [groups * (isTransposed ? inputs : outputs), isTransposed ? outputs : inputs, ...kernel];
  const shapes = { x, w, ...(hasBias ? { b: [groups * outputs] } : {}) };
  const params = { stride, padding, dilation, groups };
  return isTransposed
    ? { shapes, params: { ...params, output_padding: each(axis => axis.extra) } }
    : { shapes, params };
}
