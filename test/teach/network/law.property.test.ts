/** The law of networks: closed forms put together layer by layer are reverse mode over the one graph. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rational, rational } from '../../../src/exact/index.js';
import { evaluateAll, exact, type Variable } from '../../../src/expr/index.js';
import { checkNetwork } from '../../../src/teach/network/check.js';
import { cotangentOf, wholeGradients } from '../../../src/teach/network/graph.js';
import { type Network, outputOf } from '../../../src/teach/network/network.js';
import { gradientsAtPoint } from '../../../src/teach/network/points.js';
import { stepwiseGradients } from '../../../src/teach/network/stepwise.js';
import { type NetworkLayer, network } from '../../../src/teach/networks.js';
import { ravel } from '../../../src/tensor/index.js';
import { halfSquares, halves, leaky, logistic, rows, squares, step, wrongLogistic } from './trials.js';

const extent = (least: number, most: number) => fc.integer({ min: least, max: most });

/** A layer for an input of this shape, and the shape that it makes. */
interface Step {
  readonly layer: NetworkLayer;
  readonly shape: readonly number[];
}

function imageLayer(shape: readonly number[]): fc.Arbitrary<Step> {
  const [n, c, ...space] = shape;
  const conv = fc
    .record({
      o: extent(1, 2),
      k: extent(1, 2),
      stride: extent(1, 2),
      padding: extent(0, 1),
      b: fc.boolean(),
    })
    .map(({ o, k, stride, padding, b }): Step => {
      const output = space.map(one => Math.floor((one + 2 * padding - k) / stride) + 1);
      const inputs = { w: { shape: [o, c!, ...space.map(() => k)] }, ...(b && { b: {} }) };
      const layer = { operator: `conv${space.length}d`, inputs, params: { stride, padding } };
      return { layer, shape: [n!, o, ...output] };
    })
    .filter(({ shape: made }) => made.every(one => one > 0));
  const laid = fc
    .record({ o: extent(1, 2), k: extent(1, 2), stride: extent(1, 2) })
    .map(({ o, k, stride }): Step => {
      const inputs = { w: { shape: [c!, o, ...space.map(() => k)] } };
      const layer = { operator: `conv_transpose${space.length}d`, inputs, params: { stride } };
      return { layer, shape: [n!, o, ...space.map(one => (one - 1) * stride + k)] };
    });
  const same = (layer: NetworkLayer) => fc.constant({ layer, shape });
  return fc.oneof(
    conv,
    laid,
    same({ operator: 'bias', inputs: { b: {} } }),
    same({ operator: 'multiply', inputs: { w: {} } }),
    same({ operator: 'flip_spatial' }),
  );
}

function denseLayer(shape: readonly number[]): fc.Arbitrary<Step> {
  const dense = extent(1, 3).map(
    (o): Step => ({
      layer: { operator: 'linear', inputs: { w: { shape: [o, shape[1]!] }, b: {} } },
      shape: [shape[0]!, o],
    }),
  );
  const same = (layer: NetworkLayer) => fc.constant({ layer, shape });
  return fc.oneof(
    dense,
    same({ operator: 'add', inputs: { w: {} } }),
    same({ operator: 'transpose' }).map(({ layer }): Step => ({ layer, shape: [shape[1]!, shape[0]!] })),
  );
}

/** Up to `most` layers, each made for the one before; then perhaps a shortcut over the last layer that keeps its shape. */
function chain(
  first: fc.Arbitrary<readonly number[]>,
  next: (shape: readonly number[]) => fc.Arbitrary<Step>,
  most: number,
): fc.Arbitrary<Network> {
  const grow = (
    layers: readonly NetworkLayer[],
    shape: readonly number[],
    left: number,
  ): fc.Arbitrary<NetworkLayer[]> =>
    left === 0
      ? fc.constant([...layers])
      : next(shape).chain(one => grow([...layers, one.layer], one.shape, left - 1));
  return fc.tuple(first, extent(1, most), fc.boolean()).chain(([shape, count, shortcut]) =>
    grow([], shape, count).map(layers => {
      const made = network(layers, { name: 'X', shape });
      const last = made.layers.at(-1)!;
      const again = { operator: 'multiply', inputs: { w: { name: last.name } } };
      return shortcut ? network([...layers, again], { name: 'X', shape }) : made;
    }),
  );
}

const image = extent(1, 2).chain(rank =>
  fc.tuple(extent(1, 2), extent(1, 2), ...Array.from({ length: rank }, () => extent(1, 3))),
);
const matrix = fc.tuple(extent(1, 3), extent(1, 3));
const options = { seed: 20261, numRuns: 60 };

describe.each([
  ['images', chain(image, imageLayer, 3)],
  ['matrices', chain(matrix, denseLayer, 4)],
] as const)('random chains of sums of products on %s', (_, networks) => {
  test('closed forms and reverse mode agree exactly at points', () => {
    let cells = 0;
    fc.assert(
      fc.property(networks, fc.nat(1000), (made, seed) => {
        const derivative = wholeGradients(made);
        const at = gradientsAtPoint(made, derivative, { seed, range: 'signed' }, exact, rational.toNumber);
        for (const [tensor, values] of at.derivative) {
          expect(at.composed.get(tensor)!.values).toEqual(values);
          cells += values.length;
        }
      }),
      options,
    );
    expect(cells).toBeGreaterThan(500);
  });

  test('they agree for all values, by normal form', async () => {
    await fc.assert(
      fc.asyncProperty(networks, async made => {
        const { rung, agree, differ, unchecked } = await checkNetwork(made);
        expect([rung, differ, unchecked]).toEqual(['one-shape', [], []]);
        expect(agree.length).toBe([...made.tensors.values()].filter(({ kind }) => kind !== 'layer').length);
      }),
      { ...options, numRuns: 25 },
    );
  });

  test('the gradients through named intermediates, followed from the end, are the same', () => {
    fc.assert(
      fc.property(networks, fc.nat(1000), (made, seed) => {
        const derivative = wholeGradients(made);
        const at = gradientsAtPoint(made, derivative, { seed, range: 'signed' }, exact, rational.toNumber);
        const followed = follow(made, at.values, at.upstream);
        for (const [tensor, values] of at.derivative) expect(followed.get(tensor)).toEqual(values);
      }),
      options,
    );
  });
});

type Numbers = ReadonlyMap<string, readonly Rational[]>;

/** dL/d(every tensor), each from those of the layers that read it. */
function follow(made: Network, values: Numbers, upstream: readonly Rational[]): Numbers {
  const gradients = stepwiseGradients(made);
  const known = new Map<string, readonly Rational[]>([[outputOf(made), upstream]]);
  const order = [...made.tensors.keys()].reverse().filter(name => gradients.has(name));
  const tensorOf = new Map([...made.tensors.keys()].map(name => [cotangentOf(name), name]));
  const value = ({ tensor, index }: Variable) => {
    const name = tensorOf.get(tensor);
    const list = name === undefined ? values.get(tensor)! : known.get(name)!;
    return list[ravel(made.tensors.get(name ?? tensor)!.shape, index)]!;
  };
  for (const name of order) known.set(name, evaluateAll(gradients.get(name)!.values, exact, value));
  return known;
}

describe('networks beyond sums of products', () => {
  const w = (...shape: number[]) => ({ w: { shape } });

  test('kinks and maxima: exactly at points', async () => {
    const layers = [
      { operator: 'conv2d', inputs: { ...w(2, 1, 2, 2), b: {} } },
      { operator: step },
      { operator: halves },
      { operator: leaky, params: { slope: 0.5 } },
      { operator: 'bias', inputs: { b: {} } },
    ];
    const made = network(layers, { name: 'X', shape: [2, 1, 5, 6] });
    expect(await checkNetwork(made)).toEqual({
      rung: 'exact',
      points: 3,
      agree: ['X', 'W1', 'b1', 'b2'],
      differ: [],
      unchecked: [],
    });
  });

  test('functions: to 40 digits, also where a loss ends the network', async () => {
    const layers = [
      { operator: 'linear', inputs: w(3, 4) },
      { operator: logistic },
      { operator: 'linear', inputs: w(2, 3) },
      { operator: rows },
      { operator: squares, inputs: { target: {} } },
    ];
    const made = network(layers, { name: 'X', shape: [2, 4] });
    const { rung, agree } = await checkNetwork(made);
    expect([rung, agree]).toEqual(['sampled', ['X', 'W1', 'W2', 'T']]);
  });

  test('polynomials that would fill the memory are compared at points', async () => {
    const square = (name: string) => ({ operator: 'multiply', inputs: { w: { name } } });
    const conv = (inputs: number) => ({ operator: 'conv2d', inputs: { ...w(2, inputs, 3, 3), b: {} } });
    const layers = [conv(1), square('A1'), conv(2), square('A3')];
    const { rung, points, agree } = await checkNetwork(network(layers, { name: 'X', shape: [1, 1, 7, 7] }));
    expect([rung, points, agree]).toEqual(['exact', 3, ['X', 'W1', 'b1', 'W2', 'b2']]);
  });

  test('where functions have no value at negative numbers, points are between 0 and 1', async () => {
    const layers = [{ operator: 'bce', inputs: { target: {} } }];
    const made = network(layers, { name: 'X', shape: [2, 4] });
    const { rung, points, agree } = await checkNetwork(made);
    expect([rung, points, agree]).toEqual(['sampled', 3, ['X', 'T']]);
  });

  test('a wrong claim is found in everything before it, and in nothing after it', async () => {
    const layers = [
      { operator: 'linear', inputs: w(3, 4) },
      { operator: wrongLogistic },
      { operator: 'linear', inputs: w(2, 3) },
    ];
    const { agree, differ } = await checkNetwork(network(layers, { name: 'X', shape: [2, 4] }));
    expect(agree).toEqual(['W2']);
    expect(differ).toEqual([
      { tensor: 'X', cell: 0 },
      { tensor: 'W1', cell: 0 },
    ]);
  });

  test('what has no closed form is not checked, and nothing else is left out', async () => {
    const layers = [
      { operator: 'linear', inputs: w(3, 4) },
      { operator: halfSquares, inputs: { target: { name: 'D' } } },
    ];
    const made = network(layers, { name: 'X', shape: [2, 4] });
    expect(await checkNetwork(made)).toMatchObject({
      rung: 'one-shape',
      agree: ['X', 'W1'],
      differ: [],
      unchecked: ['D'],
    });
  });

  test('what the output does not depend on has gradient 0', async () => {
    const layers = [
      { operator: 'linear', inputs: w(3, 4) },
      { operator: 'linear', inputs: { x: { name: 'X' }, ...w(2, 4) } },
    ];
    const made = network(layers, { name: 'X', shape: [2, 4] });
    expect((await checkNetwork(made)).agree).toEqual(['X', 'W1', 'W2']);
    const zero = wholeGradients(made).get('W1')!.values;
    expect(zero.every(node => node.kind === 'constant' && node.value.numerator === 0)).toBe(true);
  });
});
