import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import type { ModuleKernels } from '../../../src/gate/subject/kernels.js';
import type { SubjectCall } from '../../../src/gate/subject/subject.js';
import { type FloatTensor, kernelCall } from '../../../src/ops/index.js';
import { callOf, convShape, float64, modulePath, opened, PATIENT, pair, using } from './calls.js';

const configuration = fc.record({
  ...convShape,
  groups: fc.integer({ min: 1, max: 2 }),
  padding: fc.tuple(pair(0, 1), pair(0, 1)),
});

type Configuration = typeof configuration extends fc.Arbitrary<infer C> ? C : never;

/** Small integers that are all different from 0. */
const filled = (shape: readonly number[], salt: number): FloatTensor => {
  const cells = shape.reduce((count, extent) => count * extent, 1);
  const values = Array.from({ length: cells }, (_, k) => ((k * 7 + salt) % 13) - 6.5);
  return float64(shape, values) as FloatTensor;
};

/** Both passes, with what the library says of them. */
function calls({ batch, perGroup, outputsPerGroup, groups, input, kernel, ...rest }: Configuration) {
  const params = { ...rest, groups };
  const inputs = {
    x: filled([batch, perGroup * groups, ...input], 1),
    w: filled([outputsPerGroup * groups, perGroup, ...kernel], 2),
    b: filled([outputsPerGroup * groups], 3),
  };
  const { x, w, b } = inputs;
  const call = kernelCall('conv2d', { x: x.shape, w: w.shape, b: b.shape }, params);
  const y = call.forward(inputs);
  const upstream = filled(y.shape, 4);
  const gradient = (wrt: string) => call.vjp(wrt, upstream, inputs);
  const passes: [SubjectCall, unknown][] = [
    [callOf('conv2d', { inputs, params }), { y }],
    [
      callOf('conv2d', { pass: 'backward', inputs, params, upstream }),
      { dx: gradient('x'), dw: gradient('w'), db: gradient('b') },
    ],
  ];
  return passes;
}

test('a right conv2d by plain loops equals the library, in a worker and in this thread', async () => {
  const { kernels } = (await import(modulePath('conv2d.mjs'))) as { kernels: ModuleKernels };
  const subjects = [await opened('conv2d.mjs'), openFunctions(kernels, 'conv2d')];
  expect(subjects[0]!.offers).toEqual(subjects[1]!.offers);
  const agree = fc.asyncProperty(configuration, async drawn => {
    for (const subject of subjects) {
      for (const [call, outputs] of calls(drawn)) {
        const answer = await subject.call(call, PATIENT);
        expect(answer).toEqual({ kind: 'ok', outputs, mutated: [], nanoseconds: null });
      }
    }
  });
  await using(subjects[0]!, () => fc.assert(agree, { seed: 1, numRuns: 60 }));
});
