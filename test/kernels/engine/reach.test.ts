/** How output cells reach input cells, against the sums they come from. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConvAxis } from '../../../src/kernels/conv-plan.js';
import { type AxisReaches, backwardReaches, forwardReaches } from '../../../src/kernels/engine/reach.js';

const between = (min: number, max: number) => fc.integer({ min, max });

const axes: fc.Arbitrary<ConvAxis> = fc
  .record({
    input: between(1, 12),
    kernel: between(1, 5),
    stride: between(1, 6),
    dilation: between(1, 4),
    before: between(-3, 8),
    after: between(-3, 8),
  })
  .map(({ after, ...axis }) => {
    const room = axis.input + axis.before + after - axis.dilation * (axis.kernel - 1) - 1;
    return { ...axis, output: room < 0 ? 0 : Math.floor(room / axis.stride) + 1 };
  })
  .filter(({ output }) => output > 0);

/** [output cell, kernel cell, input cell] of everything that is read inside the input. */
const reads = ({ phases }: AxisReaches): string[] =>
  phases
    .flatMap(({ count, step, taps, input, start, apart }) =>
      Array.from({ length: count }, (_, t) =>
        taps.flatMap(({ cell, offset }) => {
          const at = step * t + offset;
          return at < 0 || at >= input ? [] : [`${start + apart * t} ${cell} ${at}`];
        }),
      ),
    )
    .flat()
    .sort();

test('forward and backward reaches are the triples s p + d q - a = i, each once', () => {
  const law = (axis: ConvAxis) => {
    const { input, kernel, output, stride, dilation, before } = axis;
    const triples: [number, number, number][] = [];
    for (let p = 0; p < output; p++) {
      for (let q = 0; q < kernel; q++) {
        const i = stride * p + dilation * q - before;
        if (i >= 0 && i < input) triples.push([p, q, i]);
      }
    }
    expect(reads(forwardReaches(axis))).toEqual(triples.map(([p, q, i]) => `${p} ${q} ${i}`).sort());
    const backward = backwardReaches(axis);
    expect(reads(backward)).toEqual(triples.map(([p, q, i]) => `${i} ${q} ${p}`).sort());
    // By rising offset, so that neighbours can be read together.
    for (const { taps } of backward.phases)
      expect(taps.map(({ offset }) => offset)).toEqual(
        taps.map(({ offset }) => offset).sort((a, b) => a - b),
      );
    const reached = new Set(backward.phases.map(({ start }) => start));
    expect(backward.leavesZeros).toBe(reached.size < Math.min(stride, input));
  };
  fc.assert(fc.property(axes, law), { seed: 61, numRuns: 2000 });
});

test('a huge stride has no more phases than the kernel has cells', () => {
  const wide = { input: 10 ** 6, kernel: 3, output: 1, stride: 10 ** 6, dilation: 1, before: 1 };
  const { phases, leavesZeros, count } = backwardReaches(wide);
  expect([phases.map(({ start }) => start).sort(), leavesZeros, count]).toEqual([[0, 1], true, 1]);
});
