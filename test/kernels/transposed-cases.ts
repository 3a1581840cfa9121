/** Random calls of a transposed convolution of rank 1 to 3, small enough for the slow loop. */
import fc from 'fast-check';
import type { Case } from './slow-conv.js';

export interface Transposed extends Case {
  readonly outputPadding: readonly number[];
}

const between = (min: number, max: number) => fc.integer({ min, max });

function axis(rank: number) {
  const base = fc.record({
    input: between(1, [6, 4, 3][rank - 1]!),
    kernel: between(1, [5, 3, 3][rank - 1]!),
    stride: between(1, 4),
    dilation: between(1, 3),
    before: between(0, 3),
    after: between(0, 3),
  });
  return base.chain(it => between(0, Math.max(it.stride, it.dilation) - 1).map(extra => ({ ...it, extra })));
}

const channels = fc.record({
  batch: fc.oneof({ weight: 9, arbitrary: between(1, 2) }, { weight: 1, arbitrary: fc.constant(0) }),
  groups: between(1, 3),
  inPerGroup: fc.oneof(between(1, 2), between(4, 9)),
  outPerGroup: fc.oneof(between(1, 3), between(4, 9)),
});

export const transposedCases: fc.Arbitrary<Transposed> = between(1, 3).chain(rank =>
  fc
    .tuple(channels, fc.array(axis(rank), { minLength: rank, maxLength: rank }))
    .map(([{ batch, groups, inPerGroup, outPerGroup }, axes]) => ({
      x: [batch, groups * inPerGroup, ...axes.map(it => it.input)],
      w: [groups * inPerGroup, outPerGroup, ...axes.map(it => it.kernel)],
      stride: axes.map(it => it.stride),
      dilation: axes.map(it => it.dilation),
      padding: axes.map(it => [it.before, it.after] as const),
      outputPadding: axes.map(it => it.extra),
      groups,
    })),
);

/** Cells are counted: those up to the last tap of the last copy, then what is added and cut off. */
export function yShapeOf(it: Transposed): number[] {
  const spatial = it.stride.map((stride, k) => {
    const last = stride * (it.x[k + 2]! - 1) + it.dilation[k]! * (it.w[k + 2]! - 1);
    return Math.max(0, last + 1 + it.outputPadding[k]! - it.padding[k]![0] - it.padding[k]![1]);
  });
  return [it.x[0]!, it.groups * it.w[1]!, ...spatial];
}

/** The features of a case that a mistake may hide behind; the tests count that each of them occurred. */
export function transposedFeatures(it: Transposed): string[] {
  const output = yShapeOf(it).slice(2);
  const some = (holds: (axis: number) => boolean) => output.some((_, k) => holds(k));
  const found: Record<string, boolean> = {
    [`rank ${output.length}`]: true,
    'empty batch': it.x[0] === 0,
    'empty output': output.includes(0),
    groups: it.groups > 1 && it.x[1]! > it.groups && it.w[1]! > 1,
    depthwise: it.groups > 1 && it.x[1] === it.groups,
    'stride > kernel': some(k => it.stride[k]! > it.dilation[k]! * (it.w[k + 2]! - 1) + 1),
    'kernel of one cell': some(k => it.w[k + 2] === 1),
    asymmetric: some(k => it.padding[k]![0] !== it.padding[k]![1]),
    'output padding below the stride': some(k => {
      return it.outputPadding[k]! > 0 && it.outputPadding[k]! < it.stride[k]!;
    }),
    'output padding below the dilation': some(k => it.outputPadding[k]! >= it.stride[k]!),
  };
  return Object.keys(found).filter(name => found[name]);
}
