/** Poolings: how many windows there are, what is refused, and definition = claim = kernel at random, under every tie policy. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rational, rational } from '../../src/exact/index.js';
import { exactAlgebra, type Valued } from '../../src/index-sum/index.js';
import {
  claimValues,
  type FloatTensor,
  forwardValues,
  type Inputs,
  type Operator,
  operatorNamed,
  type Params,
  type Resolved,
  resolve,
  selectionAt,
} from '../../src/ops/index.js';
import { proveGradients } from '../../src/proof/index.js';
import { fromArray, type Shape, size } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import { integerTensor } from './numbers.js';

describe('the number of windows', () => {
  const line = (L: number, params: Params, name = 'max_pool1d') =>
    resolve(operatorNamed(name), { x: [1, 1, L] }, params).output[2];

  test.each<[number, Params, number]>([
    // The examples of torch.nn.MaxPool1d, AvgPool1d and of the ONNX operators, then the edges.
    [50, { kernel_size: 3, stride: 2 }, 24],
    [7, { kernel_size: 3, stride: 2 }, 3],
    [4, { kernel_size: 3, stride: 2, ceil_mode: true }, 2],
    [2, { kernel_size: 3, stride: 3, padding: 1, ceil_mode: true }, 1],
    [7, { kernel_size: 2 }, 3],
    [7, { kernel_size: 2, ceil_mode: true }, 4],
    [6, { kernel_size: 2, ceil_mode: true }, 3],
    [5, { kernel_size: 1, stride: 1 }, 5],
    [5, { kernel_size: 5 }, 1],
    [5, { kernel_size: 6 }, 0],
    [5, { kernel_size: 6, ceil_mode: true }, 1],
    [3, { kernel_size: 5, stride: 3, ceil_mode: true }, 1],
    [2, { kernel_size: 5, stride: 3, ceil_mode: true }, 0],
    [2, { kernel_size: 5, stride: 2, ceil_mode: true }, 0],
    [0, { kernel_size: 1, stride: 1 }, 0],
    [9, { kernel_size: 2, stride: 5 }, 2],
    [11, { kernel_size: 2, stride: 5, ceil_mode: true }, 3],
    [10, { kernel_size: 2, stride: 5, ceil_mode: true }, 2],
    [6, { kernel_size: 3, stride: 2, padding: [[1, 0]] }, 3],
    [6, { kernel_size: 3, stride: 2, padding: [[0, 1]] }, 3],
    [5, { kernel_size: 3, stride: 2, padding: 'valid' }, 2],
  ])('L %i, %j: %i', (L, params, expected) => {
    expect(line(L, params)).toBe(expected);
    expect(line(L, params, 'avg_pool1d')).toBe(expected);
  });

  test('same: as many as the stride leaves, the odd cell at the named end (tf.nn.max_pool, padding SAME)', () => {
    for (const [L, kernel_size, stride] of [
      [5, 2, 2],
      [5, 3, 2],
      [6, 3, 2],
      [7, 4, 3],
      [8, 5, 3],
    ] as const) {
      for (const ceil_mode of [false, true]) {
        for (const padding of ['same', 'same-upper', 'same-lower']) {
          expect(line(L, { kernel_size, stride, padding, ceil_mode })).toBe(Math.ceil(L / stride));
        }
      }
    }
    const sizes = (padding: string) => {
      const { a1, b1 } = resolve(
        operatorNamed('max_pool1d'),
        { x: [1, 1, 6] },
        { kernel_size: 3, stride: 2, padding },
      ).sizes;
      return [a1, b1];
    };
    expect([sizes('same-upper'), sizes('same-lower')]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test('by the rule of torch.nn.MaxPool2d, counted window by window', () => {
    const axis = fc.record({
      L: fc.integer({ min: 1, max: 12 }),
      kernel_size: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 6 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      before: fc.integer({ min: 0, max: 3 }),
      after: fc.integer({ min: 0, max: 3 }),
      ceil_mode: fc.boolean(),
    });
    let accepted = 0;
    const law = ({ L, before, after, ...params }: typeof axis extends fc.Arbitrary<infer T> ? T : never) => {
      const { kernel_size, stride, dilation, ceil_mode } = params;
      const end = L + before + after;
      const wide = dilation * (kernel_size - 1) + 1;
      let windows = 0;
      // Rounding up lets a window lack less than a stride, but the last one may not start behind x and the padding before.
      while (stride * windows + wide < end + (ceil_mode ? stride : 1)) windows++;
      if (ceil_mode && stride * (windows - 1) >= L + before) windows--;
      const call = () =>
        resolve(operatorNamed('max_pool1d'), { x: [1, 1, L] }, { ...params, padding: [[before, after]] });
      const isTouched = Array.from({ length: windows }, (_, p) =>
        Array.from({ length: kernel_size }, (__, q) => stride * p + dilation * q - before).some(
          i => 0 <= i && i < L,
        ),
      );
      if (isTouched.includes(false)) expect(thrown(call).code).toBe('window-outside-input');
      else {
        accepted++;
        expect(call().output[2]).toBe(windows);
      }
    };
    fc.assert(fc.property(axis, law), { seed: 61, numRuns: 1000 });
    expect(accepted).toBeGreaterThan(500);
  });

  test('unpooling: the smallest extents are those that pooling leaves whole', () => {
    for (const [P, K, params] of [
      [4, 3, { stride: 2 }],
      [3, 2, { stride: 4, dilation: 3, padding: [[1, 2]] as const }],
      [2, 5, {}],
      [1, 1, {}],
    ] as const) {
      const unpooled = resolve(
        operatorNamed('max_unpool'),
        { x: [1, 1, P], selection: [1, 1, P, K] },
        params,
      );
      const pooled = resolve(
        operatorNamed('max_pool1d'),
        { x: unpooled.output },
        { ...params, kernel_size: K },
      );
      expect([...pooled.output]).toEqual([1, 1, P]);
      const more = { ...params, output_size: unpooled.output[2]! + 1 };
      expect(
        resolve(operatorNamed('max_unpool'), { x: [1, 1, P], selection: [1, 1, P, K] }, more).output[2],
      ).toBe(unpooled.output[2]! + 1);
    }
  });
});

const exactly = (tensors: Inputs): Map<string, Valued<Rational>> =>
  new Map(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape, values: [...data].map(value => rational.from(value)) },
    ]),
  );

const numbers = ({ values }: Valued<Rational>) => values.map(value => rational.toNumber(value));

/** Few values, so that there are ties. */
const tied = (shape: Shape, seed: number): FloatTensor =>
  fromArray(
    shape,
    integerTensor(shape, seed).data.map(value => Math.round(value / 4) + 0),
  );

const between = (min: number, max: number) => fc.integer({ min, max });

/** Calls of every rank; null where a window would cover padding only. */
const calls = (prefix: 'max_pool' | 'avg_pool', more: Record<string, fc.Arbitrary<string | boolean>>) =>
  between(1, 3).chain(rank => {
    const perAxis = (min: number, max: number) =>
      fc.array(between(min, max), { minLength: rank, maxLength: rank });
    const kernel = perAxis(1, 4 - Math.floor(rank / 2));
    return fc
      .record({
        extents: perAxis(1, [9, 6, 4][rank - 1]!),
        kernel_size: kernel,
        stride: perAxis(1, 4),
        padding: fc.array(fc.tuple(between(0, 1), between(0, 2)), { minLength: rank, maxLength: rank }),
        ceil_mode: fc.boolean(),
        ...(prefix === 'max_pool' ? { dilation: perAxis(1, 2) } : {}),
        ...more,
      })
      .map(({ extents, ...params }) => {
        const operator = operatorNamed(`${prefix}${rank}d`);
        return accepted(operator, [2, 2, ...extents], params);
      });
  });

function accepted(
  operator: Operator,
  x: Shape,
  params: Params,
): { operator: Operator; call: Resolved } | null {
  try {
    return { operator, call: resolve(operator, { x }, params) };
  } catch {
    return null;
  }
}

test.each(['first', 'last', 'split'] as const)('max pooling at random, ties %s', ties => {
  let ran = 0;
  const law = (it: { operator: Operator; call: Resolved } | null, seed: number) => {
    if (!it || size(it.call.output) > 200) return;
    ran++;
    const { operator, call } = it;
    const inputs = { x: tied(call.inputs.x!, seed) };
    const output = forwardValues(operator, call, exactly(inputs), exactAlgebra);
    expect(numbers(output)).toEqual([...operator.kernel.forward(inputs, call).data]);
    const chosen = selectionAt(
      operator,
      call,
      new Map([['x', { shape: inputs.x.shape, values: [...inputs.x.data] }]]),
      ties,
    )!;
    const yBar = integerTensor(call.output, seed + 1);
    const given = exactly({ ...inputs, yBar, selection: fromArray(chosen.shape, chosen.values) });
    const claim = operator.claims(call.params, call.rank).x!;
    if (claim.kind === 'hole') throw new Error('nothing is held back');
    const claimed = numbers(claimValues(claim, operator, call, given, exactAlgebra));
    operator.kernel.vjp.x!(yBar, inputs, call).data.forEach((value, cell) => {
      // Only shares of a split are rounded.
      expect(Math.abs(value - claimed[cell]!)).toBeLessThanOrEqual(ties === 'split' ? 1e-13 : 0);
    });
  };
  fc.assert(fc.property(calls('max_pool', { ties: fc.constant(ties) }), fc.nat(10_000), law), {
    seed: 62,
    numRuns: 150,
  });
  expect(ran).toBeGreaterThan(60);
});

test('average pooling at random: the claim, and the kernel up to the rounding of a quotient', () => {
  let ran = 0;
  const law = (it: { operator: Operator; call: Resolved } | null, seed: number) => {
    if (!it || size(it.call.output) > 200) return;
    ran++;
    const { operator, call } = it;
    const inputs = { x: integerTensor(call.inputs.x!, seed) };
    const yBar = integerTensor(call.output, seed + 1);
    const given = exactly({ ...inputs, yBar });
    const near = (got: FloatTensor, exact: Valued<Rational>) => {
      expect(got.shape).toEqual(exact.shape);
      // A quotient rounds once, and no more than 64 of them below 10 in size are added.
      numbers(exact).forEach((value, cell) => {
        expect(Math.abs(got.data[cell]! - value)).toBeLessThanOrEqual(64 * 640 * 2 ** -53);
      });
    };
    near(operator.kernel.forward(inputs, call), forwardValues(operator, call, given, exactAlgebra));
    const claim = operator.claims(call.params, call.rank).x!;
    if (claim.kind === 'hole') throw new Error('nothing is held back');
    near(operator.kernel.vjp.x!(yBar, inputs, call), claimValues(claim, operator, call, given, exactAlgebra));
    const [report] = proveGradients(operator, call, ['x']);
    expect(report!.verdict).toBe('PROVED');
  };
  fc.assert(fc.property(calls('avg_pool', { count_include_pad: fc.boolean() }), fc.nat(10_000), law), {
    seed: 63,
    numRuns: 100,
  });
  expect(ran).toBeGreaterThan(40);
});
