/** The structural operators and the sliding products on random calls: claim = gradient, kernel = definition. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  claimCells,
  forwardCells,
  isSumOfProducts,
  operatorNamed,
  operators,
  type Params,
  resolve,
} from '../../src/ops/index.js';
import { firstDifference, symbolic } from '../../src/proof/index.js';
import type { Shape } from '../../src/tensor/index.js';
import { cellValues, integerTensor } from './numbers.js';

interface Call {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly params: Params;
}

const extent = fc.integer({ min: 0, max: 5 });
const positive = fc.integer({ min: 1, max: 4 });
const offset = fc.integer({ min: -3, max: 6 });
const perAxis = (one: fc.Arbitrary<number>, rank: number) =>
  fc.array(one, { minLength: rank, maxLength: rank });

/** x [N, C, spatial] of a random rank, and parameters drawn for that rank. */
const withX = (params: (rank: number) => fc.Arbitrary<Params>): fc.Arbitrary<Call> =>
  fc
    .integer({ min: 0, max: 3 })
    .chain(rank =>
      fc
        .record({ lead: fc.tuple(positive, positive), spatial: perAxis(extent, rank), params: params(rank) })
        .map(({ lead, spatial, params: drawn }) => ({ shapes: { x: [...lead, ...spatial] }, params: drawn })),
    );

const sliding = fc
  .record({
    rank: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    counts: fc.tuple(positive, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    x: perAxis(positive, 3),
    w: perAxis(fc.integer({ min: 1, max: 3 }), 3),
    step: perAxis(positive, 3),
    padding: fc.constantFrom('valid', 'full'),
  })
  .map(
    ({ rank, groups, counts: [N, I, M], x, w, step, padding }): Call => ({
      shapes: { x: [N, groups * I, ...x.slice(0, rank)], w: [groups * M, I, ...w.slice(0, rank)] },
      params: { step: step.slice(0, rank), groups, padding },
    }),
  );

interface Window {
  readonly L: number;
  readonly K: number;
  readonly s: number;
  readonly d: number;
  readonly a: number;
  readonly b: number;
}

/** One window per axis; small at high rank, since every cell is an expression. */
const windows = fc.integer({ min: 0, max: 3 }).chain(rank =>
  fc.array(
    fc.record({
      L: fc.integer({ min: 0, max: [6, 6, 4, 3][rank]! }),
      K: fc.integer({ min: 1, max: rank === 3 ? 2 : 3 }),
      s: fc.integer({ min: 1, max: 3 }),
      d: fc.integer({ min: 1, max: 2 }),
      a: fc.integer({ min: -1, max: 2 }),
      b: fc.integer({ min: -1, max: 2 }),
    }),
    { minLength: rank, maxLength: rank },
  ),
);
const two = fc.integer({ min: 1, max: 2 });

/** Windows counted one by one: the size rules divide. */
function countOf({ L, K, s, d, a, b }: Window): number {
  let count = 0;
  while (s * count + d * (K - 1) < L + a + b) count++;
  return count;
}
const product = (values: readonly number[]) => values.reduce((one, other) => one * other, 1);
const kernelOf = (all: readonly Window[]) => all.map(one => one.K);
const lengthOf = (all: readonly Window[]) => all.map(one => one.L);
const parametersOf = (all: readonly Window[]) => ({
  stride: all.map(one => one.s),
  dilation: all.map(one => one.d),
  before: all.map(one => one.a),
  after: all.map(one => one.b),
});

const none = () => fc.constant({});
const pairs = withX(none).map(({ shapes }) => ({ shapes: { x: shapes.x!, w: shapes.x! }, params: {} }));
const step = (rank: number) => fc.record({ step: perAxis(positive, rank) });

const calls: Readonly<Record<string, fc.Arbitrary<Call>>> = {
  correlate: sliding,
  convolve: sliding,
  linear: fc.tuple(extent, extent, extent, fc.boolean()).map(([N, I, O, hasBias]) => ({
    shapes: { x: [N, I], w: [O, I], ...(hasBias && { b: [O] }) },
    params: {},
  })),
  matmul: fc
    .tuple(extent, extent, extent)
    .map(([N, K, M]) => ({ shapes: { x: [N, K], w: [K, M] }, params: {} })),
  bias: withX(none).map(({ shapes }) => ({ shapes: { x: shapes.x!, b: [shapes.x![1]!] }, params: {} })),
  add: pairs,
  multiply: pairs,
  pad: withX(rank => fc.record({ before: perAxis(fc.nat(3), rank), after: perAxis(fc.nat(3), rank) })),
  crop: withX(rank => fc.record({ start: perAxis(offset, rank), length: perAxis(extent, rank) })),
  zero_stuff: withX(step),
  dilate: withX(step),
  subsample: withX(step),
  upsample: withX(rank => fc.record({ factor: perAxis(positive, rank) })),
  max_unpool: fc
    .record({ rank: fc.integer({ min: 0, max: 3 }), x: perAxis(positive, 5), w: perAxis(positive, 3) })
    .chain(({ rank, x, w }) =>
      fc
        .record({
          stride: perAxis(positive, rank),
          dilation: perAxis(positive, rank),
          padding: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: rank, maxLength: rank }),
          output_size: perAxis(extent, rank),
        })
        .map(params => {
          const small = x.slice(0, rank + 2).map(count => Math.min(count, rank > 1 ? 2 : 4));
          const window = w.slice(0, rank).map(count => Math.min(count, 3));
          return { shapes: { x: small, selection: [...small, ...window] }, params };
        }),
    ),
  flip_spatial: withX(none),
  transpose: withX(none),
  regroup: fc
    .record({
      groups: positive,
      size: positive,
      second: positive,
      spatial: fc.array(extent, { maxLength: 3 }),
    })
    .map(({ groups, size, second, spatial }) => ({
      shapes: { x: [groups * size, second, ...spatial] },
      params: { groups },
    })),
  channel_crop: withX(() => fc.record({ start: offset, length: extent })),
  concat: fc.tuple(withX(none), extent).map(([{ shapes }, E]) => {
    const [N, , ...spatial] = shapes.x!;
    return { shapes: { x: shapes.x!, w: [N!, E, ...spatial] }, params: {} };
  }),
  channel_sum: withX(none),
  channel_spread: fc
    .record({ channels: positive, batch: fc.nat(3), length: fc.array(extent, { maxLength: 3 }) })
    .map(({ channels, batch, length }) => ({ shapes: { x: [channels] }, params: { batch, length } })),
  flatten: withX(none),
  unflatten: fc
    .record({ N: extent, channels: extent, length: fc.array(extent, { maxLength: 3 }) })
    .map(({ N, channels, length }) => ({
      shapes: { x: [N, channels * product(length)] },
      params: { channels, length },
    })),
  im2col: fc.tuple(two, two, windows).map(([N, C, all]) => ({
    shapes: { x: [N, C, ...lengthOf(all)] },
    params: { kernel_size: kernelOf(all), ...parametersOf(all) },
  })),
  col2im: fc.tuple(two, two, windows).map(([N, C, all]) => ({
    shapes: { x: [N, C * product(kernelOf(all)), product(all.map(countOf))] },
    params: { kernel_size: kernelOf(all), length: lengthOf(all), ...parametersOf(all) },
  })),
  toeplitz: fc.tuple(two, two, windows).map(([O, I, all]) => ({
    shapes: { x: [O, I, ...kernelOf(all)] },
    params: { length: lengthOf(all), ...parametersOf(all) },
  })),
  diagonal_sums: fc.tuple(two, two, windows).map(([outputs, channels, all]) => ({
    shapes: { x: [outputs * product(all.map(countOf)), channels * product(lengthOf(all))] },
    params: {
      outputs,
      channels,
      kernel_size: kernelOf(all),
      length: lengthOf(all),
      ...parametersOf(all),
    },
  })),
};

describe.each(Object.entries(calls))('%s', (name, arbitrary) => {
  test('claim = gradient, kernel = definition', () => {
    const operator = operatorNamed(name);
    const laws = ({ shapes, params }: Call) => {
      const call = resolve(operator, shapes, params);
      const inputs = Object.fromEntries(
        Object.entries(call.inputs).map(([input, shape], k) => [input, integerTensor(shape, k)]),
      );
      expect(cellValues(forwardCells(operator, call), inputs)).toEqual([
        ...operator.kernel.forward(inputs, call).data,
      ]);
      const shapeOf = (tensor: string) => (tensor === 'yBar' ? call.output : call.inputs[tensor]!);
      for (const [input, gradient] of Object.entries(symbolic(operator, shapes, params).gradients)) {
        const claim = operator.claims(call.params, call.rank)[input]!;
        if (claim.kind === 'hole') continue;
        expect(firstDifference(gradient.cells, claimCells(claim, call), shapeOf)).toBeNull();
      }
    };
    fc.assert(fc.property(arbitrary, laws), { seed: 20261120, numRuns: 150 });
  });
});

test('no sum of products is left out', () => {
  const others = operators
    .filter(operator =>
      operator.examples.some(({ shapes, params }) => {
        const call = resolve(operator, shapes, params);
        return isSumOfProducts(operator, call.params, call.rank);
      }),
    )
    .map(operator => operator.name)
    .filter(name => !name.startsWith('conv') || name === 'convolve');
  expect(others.sort()).toEqual(Object.keys(calls).sort());
});
