/** Equations of networks against derivations by hand. */
import { describe, expect, test } from 'vitest';
import {
  type NetworkLayer,
  type NetworkSection,
  network,
  networkTable,
} from '../../../src/teach/networks.js';
import { halfSquares, halves, leaky, logistic, rows, squares, step, wrongSquares } from './trials.js';

async function equations(
  layers: readonly NetworkLayer[],
  shape: readonly number[],
  of: NetworkSection,
): Promise<Record<string, string>> {
  const { cells } = await networkTable(network(layers, { name: 'X', shape }), { of: [of] });
  expect(cells.every(cell => cell.of === of)).toBe(true);
  return Object.fromEntries(cells.map(({ left, plain }) => [left, plain]));
}

const w = (...shape: number[]) => ({ w: { shape } });

/** The network of every first lesson: two dense layers, a logistic function between them. */
const lesson: readonly NetworkLayer[] = [
  { operator: 'linear', inputs: { ...w(2, 1), b: {} }, name: 'Z1' },
  { operator: logistic, name: 'A1' },
  { operator: 'linear', inputs: { ...w(1, 2), b: {} }, name: 'Z2' },
  { operator: squares, inputs: { target: {} } },
];

describe('two dense layers', () => {
  test('forward', async () => {
    expect(await equations(lesson, [1, 1], 'forward')).toEqual({
      'Z1_{11}': 'X_{11}*W1_{11} + b1_{1}',
      'Z1_{12}': 'X_{11}*W1_{21} + b1_{2}',
      'A1_{11}': 'sigmoid(Z1_{11})',
      'A1_{12}': 'sigmoid(Z1_{12})',
      'Z2_{11}': 'A1_{11}*W2_{11} + A1_{12}*W2_{12} + b2',
      L: '(Z2_{11} - T_{11})^2',
    });
  });

  test('backward, layer by layer, with what is known by its name', async () => {
    expect(await equations(lesson, [1, 1], 'gradients')).toEqual({
      'dL/dZ2_{11}': '2*(Z2_{11} - T_{11})',
      'dL/dT_{11}': '2*(T_{11} - Z2_{11})',
      'dL/dA1_{11}': 'dL/dZ2_{11}*W2_{11}',
      'dL/dA1_{12}': 'dL/dZ2_{11}*W2_{12}',
      'dL/dW2_{11}': 'dL/dZ2_{11}*A1_{11}',
      'dL/dW2_{12}': 'dL/dZ2_{11}*A1_{12}',
      'dL/db2': 'dL/dZ2_{11}',
      'dL/dZ1_{11}': 'dL/dA1_{11}*A1_{11}*(1 - A1_{11})',
      'dL/dZ1_{12}': 'dL/dA1_{12}*A1_{12}*(1 - A1_{12})',
      'dL/dX_{11}': 'dL/dZ1_{11}*W1_{11} + dL/dZ1_{12}*W1_{21}',
      'dL/dW1_{11}': 'dL/dZ1_{11}*X_{11}',
      'dL/dW1_{21}': 'dL/dZ1_{12}*X_{11}',
      'dL/db1_{1}': 'dL/dZ1_{11}',
      'dL/db1_{2}': 'dL/dZ1_{12}',
    });
  });

  test('everything put in', async () => {
    const [first] = Object.entries(await equations(lesson, [1, 1], 'substituted'));
    expect(first).toEqual([
      'L',
      '(sigmoid(X_{11}*W1_{11} + b1_{1})*W2_{11} + sigmoid(X_{11}*W1_{21} + b1_{2})*W2_{12} + b2 - T_{11})^2',
    ]);
    const short = [
      { operator: 'linear', inputs: w(1, 2) },
      { operator: 'linear', inputs: w(1, 1) },
    ];
    expect(await equations(short, [2, 2], 'substituted')).toEqual({
      'A2_{11}': '(X_{11}*W1_{11} + X_{12}*W1_{12})*W2_{11}',
      'A2_{21}': '(X_{21}*W1_{11} + X_{22}*W1_{12})*W2_{11}',
      'dL/dW2_{11}':
        'dL/dA2_{11}*(X_{11}*W1_{11} + X_{12}*W1_{12}) + dL/dA2_{21}*(X_{21}*W1_{11} + X_{22}*W1_{12})',
      'dL/dX_{11}': 'dL/dA2_{11}*W2_{11}*W1_{11}',
      'dL/dX_{12}': 'dL/dA2_{11}*W2_{11}*W1_{12}',
      'dL/dX_{21}': 'dL/dA2_{21}*W2_{11}*W1_{11}',
      'dL/dX_{22}': 'dL/dA2_{21}*W2_{11}*W1_{12}',
      'dL/dW1_{11}': 'dL/dA2_{11}*W2_{11}*X_{11} + dL/dA2_{21}*W2_{11}*X_{21}',
      'dL/dW1_{12}': 'dL/dA2_{11}*W2_{11}*X_{12} + dL/dA2_{21}*W2_{11}*X_{22}',
    });
  });
});

test('kinks are conditions, a maximum says which cell it took', async () => {
  const layers = [{ operator: step }, { operator: leaky }, { operator: halves }];
  const gradients = await equations(layers, [1, 1, 2], 'gradients');
  expect(gradients).toEqual({
    'dL/dA2_{111}': 'dL/dA3_{111}*[A3_{111} = A2_{111}]',
    'dL/dA2_{112}': 'dL/dA3_{111}*[A3_{111} = A2_{112}]',
    'dL/dA1_{111}': 'dL/dA2_{111}*[A1_{111} >= 0] + dL/dA2_{111}*[A1_{111} < 0]*slope',
    'dL/dA1_{112}': 'dL/dA2_{112}*[A1_{112} >= 0] + dL/dA2_{112}*[A1_{112} < 0]*slope',
    'dL/dX_{111}': 'dL/dA1_{111}*[X_{111} > 0]',
    'dL/dX_{112}': 'dL/dA1_{112}*[X_{112} > 0]',
  });
  expect(await equations(layers.slice(2), [1, 1, 2], 'substituted')).toMatchObject({
    'A1_{111}': 'max(X_{111}, X_{112})',
    'dL/dX_{111}': 'dL/dA1_{111}*[X_{111} >= X_{112}]',
    'dL/dX_{112}': 'dL/dA1_{111}*[X_{111} < X_{112}]',
  });
});

test('layers with different real parameters name theirs', async () => {
  const layers = [{ operator: leaky }, { operator: leaky, params: { slope: 0.1 } }];
  const forward = await equations(layers, [1], 'forward');
  expect(forward['A1_{1}']).toBe('select(X_{1}, X_{1}, slope_A1*X_{1})');
  expect(forward['A2_{1}']).toBe('select(A1_{1}, A1_{1}, slope_A2*A1_{1})');
});

test('a tensor that several layers read gathers the gradients of all', async () => {
  const layers = [
    { operator: 'linear', inputs: w(1, 1), name: 'Z' },
    { operator: 'linear', inputs: { w: { name: 'W1' } } },
    { operator: 'multiply', inputs: { w: { name: 'Z' } } },
  ];
  expect(await equations(layers, [1, 1], 'gradients')).toEqual({
    'dL/dA2_{11}': 'dL/dA3_{11}*Z_{11}',
    'dL/dZ_{11}': 'dL/dA2_{11}*W1_{11} + dL/dA3_{11}*A2_{11}',
    'dL/dW1_{11}': 'dL/dZ_{11}*X_{11} + dL/dA2_{11}*Z_{11}',
    'dL/dX_{11}': 'dL/dZ_{11}*W1_{11}',
  });
});

test('a claim that is missing or wrong is not what is written', async () => {
  const end = (operator: NetworkLayer['operator']) => [{ operator, inputs: { target: {} } }];
  expect(await equations(end(halfSquares), [1], 'gradients')).toEqual({
    'dL/dX_{1}': '2*(X_{1} - T_{1})',
    'dL/dT_{1}': '-2*(X_{1} - T_{1})',
  });
  expect(await equations(end(wrongSquares), [1], 'gradients')).toEqual({
    'dL/dX_{1}': '2*(X_{1} - T_{1})',
    'dL/dT_{1}': '-2*(X_{1} - T_{1})',
  });
});

test('layers with several steps are written as their claims say', async () => {
  const layers = [{ operator: 'softmax_cross_entropy', inputs: { target: {} } }];
  expect(await equations(layers, [1, 2], 'gradients')).toMatchObject({
    'dL/dX_{11}': 'exp(X_{11})/(exp(X_{11}) + exp(X_{12}))*(T_{11} + T_{12}) - T_{11}',
  });
});

test('a tensor that one layer reads twice', async () => {
  const layers = [{ operator: 'multiply', inputs: { w: { name: 'X' } } }];
  expect(await equations(layers, [1, 1], 'gradients')).toEqual({ 'dL/dX_{11}': '2*dL/dA1_{11}*X_{11}' });
});

describe('closed forms', () => {
  const forms = async (layers: readonly NetworkLayer[], shape: readonly number[]) =>
    (await networkTable(network(layers, { name: 'X', shape }))).closedForms;

  test('from the last layer to the first, with the names of the network', async () => {
    const found = await forms(lesson, [3, 1]);
    expect(found.map(({ text }) => text)).toEqual([
      'dL/dZ2 = 2*r[]*(Z2[p1, p2] - T[p1, p2]), where r[] = 1/(L1*L2)',
      'dL/dT = 2*r[]*(T[p1, p2] - Z2[p1, p2]), where r[] = 1/(L1*L2)',
      'dL/dA1 = matmul(dL/dZ2, W2)',
      'dL/dW2 = matmul(transpose(dL/dZ2), A1)',
      'dL/db2 = channel_sum(dL/dZ2)',
      'dL/dZ1 = dL/dA1[p1, p2]*A1[p1, p2]*(1 - A1[p1, p2])',
      'dL/dX = matmul(dL/dZ1, W1)',
      'dL/dW1 = matmul(transpose(dL/dZ1), X)',
      'dL/db1 = channel_sum(dL/dZ1)',
    ]);
    expect(found[0]!.latex).toContain('= 2 r \\left(');
    expect(found.every(({ latex, text }) => !`${latex}${text}`.includes('\u0001'))).toBe(true);
  });

  test('a loss by itself: dL/dL is not written', async () => {
    const [first] = await forms([{ operator: squares, inputs: { target: {} } }], [2]);
    expect(first!.text).not.toContain('dL/dL');
    expect(first!.latex).not.toContain('\\partial L}{\\partial L}');
  });

  test('a sum where several layers read a tensor, in brackets where letters are explained', async () => {
    const again = { operator: 'add', inputs: { w: { name: 'A1' } } };
    const layers = [{ operator: 'linear', inputs: w(2, 2) }, { operator: rows }, again];
    const found = await forms(layers, [1, 2]);
    expect(found.find(({ of }) => of === 'A1')!.text).toBe(
      'dL/dA1 = (A2[n, k]*(dL/dA2[n, k] - m[n]), where m[n] = sum(k<K) dL/dA2[n, k]*A2[n, k]) + dL/dA3',
    );
  });
});
