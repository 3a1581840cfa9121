/** Random convolution calls of rank 1 to 3, small enough for the slow loop. */
import fc from 'fast-check';
import type { Case } from './slow-conv.js';
import { outputShape } from './slow-conv.js';

const between = (min: number, max: number) => fc.integer({ min, max });

/** Small extents at high rank, so that the slow loop stays quick; -1 and -2 crop. */
function axis(rank: number) {
  const largest = [9, 6, 4][rank - 1]!;
  return fc.record({
    input: fc.oneof({ weight: 19, arbitrary: between(1, largest) }, { weight: 1, arbitrary: fc.constant(0) }),
    kernel: between(1, [6, 4, 3][rank - 1]!),
    stride: between(1, 4),
    dilation: between(1, 3),
    before: between(-2, [9, 4, 3][rank - 1]!),
    after: between(-2, [9, 4, 3][rank - 1]!),
  });
}

const channels = fc.record({
  batch: fc.oneof({ weight: 9, arbitrary: between(1, 3) }, { weight: 1, arbitrary: fc.constant(0) }),
  groups: between(1, 3),
  inPerGroup: fc.oneof(between(1, 3), between(4, 10)),
  outPerGroup: fc.oneof(between(1, 3), between(4, 10)),
});

export const cases: fc.Arbitrary<Case> = between(1, 3).chain(rank =>
  fc
    .tuple(channels, fc.array(axis(rank), { minLength: rank, maxLength: rank }))
    .map(([{ batch, groups, inPerGroup, outPerGroup }, axes]) => ({
      x: [batch, groups * inPerGroup, ...axes.map(it => it.input)],
      w: [groups * outPerGroup, inPerGroup, ...axes.map(it => it.kernel)],
      stride: axes.map(it => it.stride),
      dilation: axes.map(it => it.dilation),
      padding: axes.map(it => [it.before, it.after] as const),
      groups,
    })),
);

/** The features of a case that a mistake may hide behind; the tests count that each of them occurred. */
export function features(it: Case): string[] {
  const output = outputShape(it).slice(2);
  const wide = it.w.slice(2).map((k, axis) => it.dilation[axis]! * (k - 1) + 1);
  const some = (holds: (axis: number) => boolean) => output.some((_, axis) => holds(axis));
  const padded = (axis: number) => it.x[axis + 2]! + it.padding[axis]![0] + it.padding[axis]![1];
  const found: Record<string, boolean> = {
    [`rank ${output.length}`]: true,
    'empty batch': it.x[0] === 0,
    'empty input': some(axis => it.x[axis + 2] === 0),
    'empty output': output.includes(0),
    'one group': it.groups === 1,
    groups: it.groups > 1 && it.w[1]! > 1 && it.w[0]! > it.groups,
    depthwise: it.groups > 1 && it.w[1] === 1,
    'more outputs than a block of columns': it.w[0]! / it.groups > 8,
    'more inputs than a block of columns': it.w[1]! > 8,
    'few inputs and outputs': it.w[1]! < 4 && it.w[0]! / it.groups < 4,
    'kernel over input': some(axis => wide[axis]! > it.x[axis + 2]! && output[axis]! > 0),
    'pad over kernel': some(axis => it.padding[axis]![0] > wide[axis]! && it.padding[axis]![1] > wide[axis]!),
    asymmetric: some(axis => it.padding[axis]![0] !== it.padding[axis]![1]),
    crop: some(axis => it.padding[axis]!.some(pad => pad < 0) && output[axis]! > 0),
    remainder: some(axis => output[axis]! > 0 && (padded(axis) - wide[axis]!) % it.stride[axis]! > 0),
    dilated: some(axis => it.dilation[axis]! > 1 && it.w[axis + 2]! > 1 && output[axis]! > 1),
  };
  return Object.keys(found).filter(name => found[name]);
}
