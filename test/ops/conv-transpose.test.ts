/** Transposed convolutions: output extents, what is refused, and claim = definition = kernel at random. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimCells, operatorNamed, resolve } from '../../src/ops/index.js';
import { firstDifference, symbolic } from '../../src/proof/index.js';
import { size } from '../../src/tensor/index.js';
import { transposedCases, yShapeOf } from '../kernels/transposed-cases.js';
import { cellValues, integerTensor } from './numbers.js';

const line = operatorNamed('conv_transpose1d');

const extent = (L: number, K: number, params: Parameters<typeof resolve>[2]) =>
  resolve(line, { x: [1, 1, L], w: [1, 1, K] }, params).output[2];

describe('the output extent', () => {
  test.each([
    [3, 2, {}, 4],
    [3, 3, { stride: 2, padding: 1, output_padding: 1 }, 6],
    [4, 1, { stride: 3 }, 10],
    [2, 3, { dilation: 3, output_padding: 2 }, 10],
    [2, 2, { stride: 4, padding: [[1, 3]] as const }, 2],
    [1, 1, { padding: 2 }, 0],
    [1, 5, { stride: 7, output_padding: 6 }, 11],
  ])('L %i, K %i, %j: %i', (L, K, params, expected) => {
    expect(extent(L, K, params)).toBe(expected);
  });

  test('a mode of padding is that of the convolution that goes back', () => {
    const conv = operatorNamed('conv1d');
    for (const padding of ['valid', 'full', 'same', 'same-upper', 'same-lower']) {
      for (const [L, K, stride, dilation] of [
        [4, 5, 2, 1],
        [5, 3, 2, 2],
        [3, 4, 3, 1],
        [4, 2, 1, 3],
      ] as const) {
        const params = { padding, stride, dilation };
        const larger = extent(L, K, params)!;
        if (larger === 0) continue;
        const back = resolve(conv, { x: [1, 1, larger], w: [1, 1, K] }, params);
        expect([padding, back.output[2]]).toEqual([padding, L]);
        if (padding.startsWith('same')) expect(larger).toBe(L * stride);
      }
    }
  });

  test('the bias has one cell per output channel of all groups', () => {
    const shapes = { x: [1, 4, 3], w: [4, 3, 2], b: [6] };
    expect(resolve(line, shapes, { groups: 2 }).output).toEqual([1, 6, 4]);
    expect(() => resolve(line, { ...shapes, b: [3] }, { groups: 2 })).toThrow(/size-mismatch/);
  });
});

test('at random: the symbolic gradients are the claims, and the kernels compute them', () => {
  const law = (it: Parameters<typeof yShapeOf>[0], seed: number) => {
    const operator = operatorNamed(`conv_transpose${it.stride.length}d`);
    const { stride, padding, dilation, groups, outputPadding } = it;
    const params = { stride, padding, dilation, groups, output_padding: outputPadding };
    const shapes = { x: it.x, w: it.w, b: [groups * it.w[1]!] };
    const { call, gradients, output } = symbolic(operator, shapes, params);
    expect(call.output).toEqual(yShapeOf(it));
    const tensors = Object.fromEntries(
      Object.entries({ ...shapes, yBar: call.output }).map(([name, shape], k) => {
        return [name, integerTensor(shape, seed + k)] as const;
      }),
    );
    expect(cellValues(output.cells, tensors)).toEqual([...operator.kernel.forward(tensors, call).data]);
    for (const [name, { cells }] of Object.entries(gradients)) {
      const claim = operator.claims(call.params, call.rank)[name]!;
      if (claim.kind === 'hole') throw new Error('nothing is held back');
      expect(firstDifference(cells, claimCells(claim, call), tensor => tensors[tensor]!.shape)).toBeNull();
      const kernel = operator.kernel.vjp[name]!(tensors.yBar!, tensors, call);
      expect([...kernel.data]).toEqual(cellValues(cells, tensors));
    }
  };
  const small = transposedCases.filter(it => size(it.x) * size(it.w) < 3000);
  fc.assert(fc.property(small, fc.nat(10_000), law), { seed: 44, numRuns: 250 });
}, 60_000);
