import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { convSizes } from '../../../src/kernels/conv-plan.js';
import { backwardJob, forwardJob } from '../../../src/kernels/engine/job.js';
import { kernelPlans, slidePlans } from '../../../src/kernels/engine/plans.js';
import type { SlideFrame } from '../../../src/kernels/engine/slide-frame.js';
import { createEngine, type FloatDType } from '../../../src/kernels/index.js';
import { type Tensor, zeros } from '../../../src/tensor/index.js';
import { type Case, outputShape } from '../slow-conv.js';
import { cells } from '../values.js';
import { convPasses, difference, operandsOf } from './passes.js';

const between = (min: number, max: number) => fc.integer({ min, max });

/** An image that takes more elements than one piece may, and one that takes a fraction of a small piece. */
const [LARGE, SMALL] = [540_000, 6000];

const axis = fc.record({
  /** In parts of a hundred of what makes all axes of one extent. */
  more: between(0, 25),
  kernel: between(1, 3),
  stride: between(1, 3),
  dilation: between(1, 3),
  before: between(-3, 6),
  after: between(-3, 6),
});

const channels = fc.constantFrom([1, 1], [2, 1], [1, 2], [4, 1], [1, 4], [4, 4]);

const caseOf = (elements: number, least: number, most: number): fc.Arbitrary<Case> =>
  between(1, 3).chain(rank =>
    fc
      .record({
        batch: between(least, most),
        groups: between(1, 2),
        channels,
        axes: fc.array(axis, { minLength: rank, maxLength: rank }),
      })
      .map(({ batch, groups, channels: [inPerGroup, outPerGroup], axes }) => {
        const even = (elements / (groups * inPerGroup!)) ** (1 / rank);
        return {
          x: [batch, groups * inPerGroup!, ...axes.map(it => Math.ceil(even * (1 + it.more / 100)))],
          w: [groups * outPerGroup!, inPerGroup!, ...axes.map(it => it.kernel)],
          stride: axes.map(it => it.stride),
          dilation: axes.map(it => it.dilation),
          padding: axes.map(it => [it.before, it.after] as const),
          groups,
        };
      }),
  );

/** The frames of the three passes, as a call would plan them. */
function framesOf(it: Case): SlideFrame[] {
  const sizes = convSizes('test', it.x, it.w, it);
  const [forward, backward] = [forwardJob(sizes), backwardJob(sizes)];
  const all = [slidePlans(forward), slidePlans(backward), kernelPlans(forward)];
  return all.flatMap(({ dense, planes }) => (dense ?? planes)?.frame ?? []);
}

/** How a pass is cut, and what may be lost at the cuts. */
function featuresOf(it: Case, pass: number, { job, plan }: SlideFrame): string[] {
  const count = job.reaches[job.outer].count;
  const way = `${['forward', 'gradient to x', 'gradient to w'][pass]} ${job.columns > 3 ? 'dense' : 'planes'}`;
  const rank = it.stride.length;
  const [before] = it.padding[0]!;
  if (plan.count < count) {
    const some = {
      'groups in bands': it.groups > 1,
      'padding in bands': before > 0,
      'crop in bands': before < 0,
    };
    const more = Object.entries({ ...some, 'strided bands': it.stride[0]! > 1, 'bands again': it.x[0]! > 1 });
    return [
      `${way}: bands`,
      `rank ${rank}: bands`,
      ...more.flatMap(([name, holds]) => (holds ? [`${name}, pass ${pass}`] : [])),
      ...(count % plan.count > 0 ? [`a smaller last band, pass ${pass}`] : []),
    ];
  }
  if (plan.images === 1 || plan.images === it.x[0]!) return [];
  const last = it.x[0]! % plan.images > 0 ? [`fewer images last, pass ${pass}`] : [];
  return [`${way}: several images a piece`, ...last];
}

/** Integers from -3 to 3: sums over half a million cells stay below 2^24. */
function drawn<D extends FloatDType>(shape: readonly number[], seed: number, dtype: D): Tensor<D> {
  const tensor = zeros(shape, dtype);
  let state = (seed >>> 0) + 1;
  for (let at = 0; at < tensor.data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    tensor.data[at] = ((state >>> 8) % 7) - 3;
  }
  return tensor;
}

const seen = new Map<string, number>();

/** Every engine gives what the plain loops give; `last` is the last cell of the first operand, if it is to differ. */
function agree(it: Case, seed: number, dtype: FloatDType, last?: number): void {
  if (cells(outputShape(it)) === 0) return;
  for (const [k, frame] of framesOf(it).entries())
    for (const name of featuresOf(it, k, frame)) seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const pass of convPasses(it)) {
    const operands = operandsOf(pass, (shape, salt) => drawn(shape, seed + salt, dtype));
    const { data } = operands.first;
    if (last !== undefined) data[data.length - 1] = last;
    const want = pass.run(operands, { engine: plain });
    for (const engine of engines) {
      const wrong = difference(pass.run(operands, { engine }), want);
      expect([pass.name, engine.kind, wrong]).toEqual([pass.name, engine.kind, null]);
    }
  }
}
const plain = createEngine('plain');
const engines = [createEngine('wasm'), createEngine('tiled')];
const law = (it: Case, seed: number, dtype: FloatDType) => agree(it, seed, dtype);
const seeds = between(0, 2 ** 30);
const dtypes = fc.constantFrom<FloatDType>('float64', 'float32');

describe('batches cut into pieces are exactly what the plain loops give', () => {
  test('images in bands', () => {
    fc.assert(fc.property(caseOf(LARGE, 1, 2), seeds, dtypes, law), {
      seed: 53,
      numRuns: 36,
      endOnFailure: true,
    });
  });

  test('several images a piece', () => {
    fc.assert(fc.property(caseOf(SMALL, 3, 9), seeds, dtypes, law), { seed: 54, numRuns: 120 });
  });

  test('an infinite value in the last piece', () => {
    const law = (it: Case, seed: number, dtype: FloatDType) =>
      agree(it, seed, dtype, Number.POSITIVE_INFINITY);
    fc.assert(fc.property(caseOf(SMALL, 3, 9), seeds, dtypes, law), { seed: 55, numRuns: 60 });
  });

  afterAll(() => {
    // A sample that missed a feature proves nothing about it.
    expect([seen.size, [...seen].filter(([, count]) => count < 5)]).toEqual([36, []]);
  });
});
