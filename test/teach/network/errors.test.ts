/** What does not fit says which layer it is, and why. */
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import type { TableFormat } from '../../../src/teach/index.js';
import {
  type NetworkLayer,
  type NetworkSection,
  network,
  networkTable,
  renderNetwork,
} from '../../../src/teach/networks.js';
import { thrown } from '../tables.js';

const image = { name: 'X', shape: [1, 3, 8, 8] };
const w = (...shape: number[]) => ({ w: { shape } });
const conv: NetworkLayer = { operator: 'conv2d', inputs: w(4, 3, 3, 3) };

const refusals: readonly (readonly [string, readonly NetworkLayer[], number])[] = [
  ['unknown-operator', [conv, { operator: 'conv9d' }], 2],
  ['missing-input', [conv, { operator: 'conv2d' }], 2],
  ['missing-shape', [{ operator: 'conv2d', inputs: { w: {} } }], 1],
  ['missing-shape', [conv, { operator: 'conv2d', inputs: { w: { name: 'Q' } } }], 2],
  ['unknown-input', [{ operator: 'conv2d', inputs: { ...w(4, 3, 3, 3), v: { shape: [4] } } }], 1],
  ['unknown-tensor', [{ operator: 'conv2d', inputs: { ...w(4, 3, 3, 3), x: { name: 'A1' } } }], 1],
  ['unknown-tensor', [{ operator: 'conv2d', inputs: { ...w(4, 3, 3, 3), x: { name: 'X', shape: [3] } } }], 1],
  ['unknown-parameter', [{ ...conv, params: { strides: 2 } }], 1],
  ['stride-not-positive', [conv, { operator: 'conv2d', inputs: w(2, 4, 1, 1), params: { stride: 0 } }], 2],
  ['channels-mismatch', [conv, { operator: 'conv2d', inputs: w(2, 3, 3, 3) }], 2],
  ['rank-mismatch', [conv, { operator: 'linear', inputs: w(2, 3) }], 2],
  ['size-mismatch', [conv, { operator: 'add', inputs: w(1, 4, 6, 5) }], 2],
  ['duplicate-name', [conv, { operator: 'add', inputs: { w: { name: 'X', shape: [1, 4, 6, 6] } } }], 2],
  [
    'duplicate-name',
    [{ operator: 'conv2d', inputs: { w: { name: 'K', shape: [4, 3, 3, 3] }, b: { name: 'K' } } }],
    1,
  ],
  ['bad-name', [{ operator: 'conv2d', inputs: { w: { name: 'W-1', shape: [4, 3, 3, 3] } } }], 1],
  ['bad-shape', [{ operator: 'conv2d', inputs: w(4, 3, -3, 3) }], 1],
];

test.each(refusals)('%s', (code, layers, layer) => {
  const error = thrown(() => network(layers, image));
  expect([error.code, error.data.layer]).toEqual([code, layer]);
  expect(error.where).toMatch(
    new RegExp(`^layer ${layer} \\(${layers[layer - 1]!.operator}\\) after (X|A1) \\[`),
  );
});

test.each([
  ['no-layer', () => network([], image)],
  ['no-layer', () => network(undefined as never, image)],
  ['bad-shape', () => network([conv], { name: 'X', shape: [1, 3, 0.5, 8] })],
  ['bad-name', () => network([conv], { name: '2', shape: [1, 3, 8, 8] })],
  ['bad-name', () => network([{ ...conv, name: 'a b' }], image)],
  ['duplicate-name', () => network([{ ...conv, name: 'X' }], image)],
  [
    'duplicate-name',
    () =>
      network(
        [
          { ...conv, name: 'Z' },
          { operator: 'flip_spatial', name: 'Z' },
        ],
        image,
      ),
  ],
  ['duplicate-name', () => network([conv], { name: 'L', shape: [1, 3, 8, 8] })],
] as const)('%s before any layer', (code, act) => {
  expect(thrown(act).code).toBe(code);
});

test('a misspelt operator is guessed', () => {
  expect(thrown(() => network([{ operator: 'conv2' }], image)).fix).toBe('Did you mean conv2d?');
  expect(thrown(() => network([{ operator: 'transformer' }], image)).fix).toBe('Use one of these names.');
});

test('images before a dense layer are to be made rows', () => {
  const error = thrown(() => network([conv, { operator: 'linear', inputs: w(2, 144) }], image));
  expect(error.where).toBe('layer 2 (linear) after A1 [1,4,6,6]: A1');
  expect(error.fix).toContain('flatten');
});

describe('the table', () => {
  const made = network([conv], image);
  const code = async (act: () => Promise<unknown>) => {
    const error: unknown = await act().catch((one: unknown) => one);
    return error instanceof BackproofError ? error.code : error;
  };

  test('has no other parts and styles', async () => {
    expect(await code(() => networkTable(made, { of: ['local' as NetworkSection] }))).toBe('unknown-section');
    expect(await code(() => networkTable(made, { of: [] }))).toBe('unknown-section');
    expect(await code(() => networkTable(made, { index: 'letters' as 'pair' }))).toBe('unknown-index-style');
    const table = await networkTable(made);
    expect(await code(() => renderNetwork(table, 'pdf' as TableFormat))).toBe('unknown-format');
  });

  test('is not written out cell by cell where nobody would read it', async () => {
    const large = network([{ ...conv, inputs: w(20, 3, 5, 5) }], { name: 'X', shape: [1, 3, 20, 20] });
    for (const of of ['forward', 'gradients', 'substituted', 'check'] as const) {
      expect(await code(() => networkTable(large, { of: [of] }))).toBe('network-too-large');
    }
    expect((await networkTable(large)).layers[0]!.output).toEqual([1, 20, 16, 16]);
  });

  test('nor where the equations would be too long', async () => {
    const square: NetworkLayer = { operator: 'matmul', inputs: { w: {} } };
    const twice = (name: string): NetworkLayer => ({ ...square, inputs: { w: { name } } });
    const layers = ['X', 'A1', 'A2', 'A3', 'A4'].map(twice);
    const deep = network(layers, { name: 'X', shape: [3, 3] });
    expect(await code(() => networkTable(deep, { of: ['substituted'] }))).toBe('network-too-large');
    expect((await networkTable(deep, { of: ['gradients'] })).cells.length).toBe(9 * 5);
  });
});
