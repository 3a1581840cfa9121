/** Shapes, names and counts of networks. */
import { describe, expect, test } from 'vitest';
import { multiplyAdds } from '../../../src/teach/network/count.js';
import { shownShape } from '../../../src/teach/network/network.js';
import { type NetworkLayer, network, networkTable } from '../../../src/teach/networks.js';
import { halves, logistic, squares, step } from './trials.js';

const w = (...shape: number[]) => ({ shape });

/** conv, relu, pool, conv, loss on images with a batch. */
const images = network(
  [
    { operator: 'conv2d', inputs: { w: w(4, 3, 3, 3), b: {} }, params: { padding: 1 } },
    { operator: step },
    { operator: halves },
    { operator: 'conv2d', inputs: { w: w(6, 2, 2, 3) }, params: { stride: 2, groups: 2 } },
    { operator: squares, inputs: { target: {} } },
  ],
  { name: 'X', shape: [2, 3, 8, 9] },
);

describe('a network on images', () => {
  test('has the shapes that the layers make of each other', () => {
    expect(images.layers.map(({ name, call }) => [name, call.output])).toEqual([
      ['A1', [2, 4, 8, 9]],
      ['A2', [2, 4, 8, 9]],
      ['A3', [2, 4, 4, 4]],
      ['A4', [2, 6, 2, 1]],
      ['L', []],
    ]);
    expect([...images.tensors.values()].map(({ name, kind, shape }) => [name, kind, shape])).toEqual([
      ['X', 'data', [2, 3, 8, 9]],
      ['W1', 'parameter', [4, 3, 3, 3]],
      ['b1', 'parameter', [4]],
      ['A1', 'layer', [2, 4, 8, 9]],
      ['A2', 'layer', [2, 4, 8, 9]],
      ['A3', 'layer', [2, 4, 4, 4]],
      ['W2', 'parameter', [6, 2, 2, 3]],
      ['A4', 'layer', [2, 6, 2, 1]],
      ['T', 'data', [2, 6, 2, 1]],
      ['L', 'layer', []],
    ]);
  });

  test('counts parameters and multiply-adds as tables of networks do', async () => {
    const { layers, totals } = await networkTable(images);
    // conv: cells of the output times products for each of them, those with the padding too
    const first = 2 * 4 * 8 * 9 * 3 * 9;
    const second = 2 * 6 * 2 * 1 * 2 * 6;
    expect(layers.map(({ parameters, multiplyAdds: products }) => [parameters, products])).toEqual([
      [4 * 3 * 3 * 3 + 4, first],
      [0, 0],
      [0, 0],
      [6 * 2 * 2 * 3, second],
      [0, 2 * 6 * 2 * 1],
    ]);
    expect(totals).toEqual({ parameters: 112 + 72, multiplyAdds: first + second + 24 });
    expect(layers[3]!.text).toBe('conv2d(A3, W2, stride=2, groups=2)');
    expect(layers[3]!.params).toMatchObject({
      stride: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    });
  });
});

test('the first layers of a large network cost no time and have the known counts', () => {
  const { layers } = network(
    [
      { operator: 'conv2d', inputs: { w: w(64, 3, 7, 7) }, params: { stride: 2, padding: 3 } },
      { operator: 'conv2d', inputs: { w: w(64, 1, 3, 3) }, params: { groups: 64, padding: 1 } },
    ],
    { name: 'X', shape: [1, 3, 224, 224] },
  );
  // 118.0 million is what is printed for the first layer of a ResNet.
  expect(layers.map(multiplyAdds)).toEqual([118_013_952, 64 * 112 * 112 * 9]);
});

describe('what is left out stays left out', () => {
  const small = network(
    [
      { operator: 'conv2d', inputs: { w: w(2, 2) } },
      { operator: step },
      { operator: halves },
      { operator: squares, inputs: { target: {} } },
    ],
    { name: 'X', shape: [3, 3] },
  );

  test('batch and channels of one', () => {
    expect([...small.tensors.values()].map(one => [one.name, one.shape, shownShape(one)])).toEqual([
      ['X', [3, 3], [3, 3]],
      ['W1', [1, 1, 2, 2], [2, 2]],
      ['A1', [1, 1, 2, 2], [2, 2]],
      ['A2', [1, 1, 2, 2], [2, 2]],
      ['A3', [1, 1, 1, 1], [1, 1]],
      ['T', [1, 1, 1, 1], [1, 1]],
      ['L', [], []],
    ]);
  });

  test('a kernel of three extents has output channels beside images without channels', () => {
    const { tensors } = network(
      [
        { operator: 'conv2d', inputs: { w: w(2, 2, 2) } },
        { operator: 'bias', inputs: { b: {} } },
      ],
      { name: 'X', shape: [3, 4] },
    );
    expect(tensors.get('W1')!.shape).toEqual([2, 1, 2, 2]);
    expect(shownShape(tensors.get('A1')!)).toEqual([2, 2, 3]);
    expect(shownShape(tensors.get('A2')!)).toEqual([2, 2, 3]);
    expect(tensors.get('b2')!.shape).toEqual([2]);
  });
});

describe('names', () => {
  const dense = (inputs: NonNullable<NetworkLayer['inputs']>, name?: string) => ({
    operator: 'linear',
    inputs,
    name,
  });

  test('W1 and b1 are of the first layer that has parameters, A3 of the third layer', () => {
    const { layers } = network(
      [{ operator: logistic }, dense({ w: w(2, 3), b: {} }), dense({ w: w(4, 2) })],
      { name: 'X', shape: [5, 3] },
    );
    expect(layers.map(({ name, reads }) => [name, reads])).toEqual([
      ['A1', { x: 'X' }],
      ['A2', { x: 'A1', w: 'W1', b: 'b1' }],
      ['A3', { x: 'A2', w: 'W2' }],
    ]);
  });

  test('given names are kept, and default names avoid them', () => {
    const { layers, loss } = network(
      [dense({ w: w(2, 3) }, 'A2'), dense({ w: { name: 'W1', shape: [4, 2] } }), dense({ w: w(1, 4) })],
      { name: 'X', shape: [5, 3] },
      'E',
    );
    expect(layers.map(({ name, reads }) => [name, reads.w])).toEqual([
      ['A2', 'W2'],
      ['A3', 'W1'],
      ['A4', 'W3'],
    ]);
    expect(loss).toBe('E');
  });

  test('a network that ends in one number ends in its loss, whatever that is called', () => {
    const end = (name?: string) => ({ operator: squares, inputs: { target: {} }, name });
    const input = { name: 'X', shape: [5, 3] };
    expect(network([end()], input, 'E')).toMatchObject({ loss: 'E', layers: [{ name: 'E' }] });
    expect(network([end('J')], input, 'E')).toMatchObject({ loss: 'J', layers: [{ name: 'J' }] });
  });

  test('a tensor that is read again is counted once', async () => {
    const shared = network(
      [
        dense({ w: w(3, 3) }, 'Z'),
        dense({ w: { name: 'W1' } }),
        { operator: 'add', inputs: { w: { name: 'Z' } } },
      ],
      { name: 'X', shape: [2, 3] },
    );
    const { layers, totals } = await networkTable(shared);
    expect(layers.map(({ brings, parameters }) => [brings, parameters])).toEqual([
      [['W1'], 9],
      [[], 0],
      [[], 0],
    ]);
    expect(totals.parameters).toBe(9);
    expect(shared.layers[2]!.reads).toEqual({ x: 'A2', w: 'Z' });
  });

  test('the first input may be an earlier tensor', () => {
    const { layers } = network([dense({ w: w(4, 3) }), dense({ x: { name: 'X' }, w: w(2, 3) })], {
      name: 'X',
      shape: [2, 3],
    });
    expect(layers[1]!.reads.x).toBe('X');
    expect(layers[1]!.call.output).toEqual([2, 2]);
  });
});
