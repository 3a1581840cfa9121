/** Axes drawn at random, made to fit: so many windows, and none beside the input. */
import type { AxisPadding } from '../../tensor/index.js';
import type { Axis, SlidingKind } from './sliding-call.js';

/** What was drawn; numbers that have to be below others are remainders yet to be taken. */
export interface DrawnAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Windows, or cells of x of a transposed convolution. */
  readonly count: number;
  readonly leftOver: number;
  readonly extra: number;
}

/** How an axis may be made to fit. */
export interface FitRule {
  readonly kind: SlidingKind;
  /** Windows overhang by what this mode says. */
  readonly mode: string | null;
  /** The paddings are those that a kernel declares: they stay, and the extents give way. */
  readonly isPaddingFixed: boolean;
  readonly isSymmetric: boolean;
}

/** Dilated kernels longer than this only cost time. */
const REACH = 13;

/** An axis with at most `room` windows, or cells of y, as far as the fixed numbers allow. */
export function fittedAxis(rule: FitRule, drawn: DrawnAxis, room: number): Axis & { output: number } {
  const { dilation, before, after } = drawn;
  const most = Math.max(2, 1 + Math.floor((REACH - 1) / dilation));
  // No window of a pooling lies in the padding alone.
  const least = isPool(rule) && rule.isPaddingFixed ? 1 + Math.ceil(Math.max(before, after) / dilation) : 1;
  const kernel = Math.max(least, Math.min(drawn.kernel, most));
  const one = { ...drawn, kernel, count: Math.max(1, Math.min(drawn.count, room)) };
  if (rule.kind !== 'conv_transpose') return fittedWindows(rule, one);
  // A long kernel alone may give more cells than there is room for.
  const tries = [one, { ...one, count: 1 }, { ...one, count: 1, kernel: 1, extra: 0 }];
  const axes = tries.map(drawnOne => fittedCopies(rule, drawnOne));
  return axes.find(({ output }) => output <= room) ?? axes.at(-1)!;
}

const isPool = ({ kind }: FitRule): boolean => kind.endsWith('pool');
const reachOf = ({ dilation, kernel }: Pick<Axis, 'dilation' | 'kernel'>): number =>
  dilation * (kernel - 1) + 1;

function fittedWindows(rule: FitRule, drawn: DrawnAxis): Axis & { output: number } {
  const { kernel, stride, dilation, count } = drawn;
  const reach = reachOf(drawn);
  const steps = (count - 1) * stride + (drawn.leftOver % stride);
  const least = isPool(rule) ? dilation : 1;
  const padding =
    rule.mode === null ? padded(rule, drawn, Math.max(0, steps + reach - least)) : ([0, 0] as const);
  const isSame = rule.mode !== null && rule.mode !== 'valid';
  const input = Math.max(least, steps + (isSame ? 1 : reach - padding[0] - padding[1]));
  const room = isSame ? input - 1 : input + padding[0] + padding[1] - reach;
  return { input, kernel, stride, dilation, padding, extra: 0, output: Math.floor(room / stride) + 1 };
}

function fittedCopies(rule: FitRule, drawn: DrawnAxis): Axis & { output: number } {
  const { kernel, stride, dilation } = drawn;
  const extra = drawn.extra % Math.max(stride, dilation);
  const single = reachOf(drawn) + extra;
  const isSame = rule.mode !== null && rule.mode !== 'valid';
  const whole = (drawn.count - 1) * stride + single;
  const padding = rule.mode === null ? padded(rule, drawn, whole - 1) : ([0, 0] as const);
  const cropped = isSame ? Math.max(0, reachOf(drawn) - stride) : padding[0] + padding[1];
  const input = Math.max(drawn.count, 1 + Math.ceil((cropped + 1 - single) / stride));
  const output = (input - 1) * stride + single - cropped;
  return { input, kernel, stride, dilation, padding, extra, output };
}

/** The drawn padding, not more than `most` cells in all. */
function padded(rule: FitRule, drawn: DrawnAxis, most: number): AxisPadding {
  const { before } = drawn;
  const after = rule.isSymmetric ? before : drawn.after;
  if (rule.isPaddingFixed) return [before, after];
  const side = isPool(rule) ? reachOf(drawn) - 1 : most;
  if (rule.isSymmetric) {
    const both = Math.min(before, side, Math.floor(most / 2));
    return [both, both];
  }
  const first = Math.min(before, side, most);
  return [first, Math.min(after, side, most - first)];
}
