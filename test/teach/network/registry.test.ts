/** Every operator of the registry as a layer: its claims are the derivative of the one graph, and its cells are written. */
import { describe, expect, test } from 'vitest';
import { operators } from '../../../src/ops/index.js';
import { checkNetwork } from '../../../src/teach/network/check.js';
import { cellReads } from '../../../src/teach/network/count.js';
import { type Network, network, networkTable, renderNetwork } from '../../../src/teach/networks.js';
import { size } from '../../../src/tensor/index.js';

const cases = operators.flatMap(operator =>
  operator.examples.map((example, k) => ({ name: `${operator.name}, example ${k + 1}`, operator, example })),
);

function alone({ operator, example }: (typeof cases)[number]): Network {
  const [first, ...others] = Object.keys(operator.inputs).filter(name => example.shapes[name]);
  const inputs = Object.fromEntries(others.map(name => [name, { shape: example.shapes[name] }]));
  const layers = [{ operator, inputs, params: example.params }];
  return network(layers, { name: 'X', shape: example.shapes[first!]! });
}

describe.each(cases)('$name', one => {
  const made = alone(one);
  const [layer] = made.layers;

  test('has the shapes of the example', () => {
    expect(layer!.call.inputs).toEqual(one.example.shapes);
  });

  test('its closed forms are the derivative', async () => {
    const { agree, differ, unchecked } = await checkNetwork(made);
    const claims: Readonly<Record<string, { readonly kind: string }>> = one.operator.claims(
      layer!.call.params,
      layer!.call.rank,
    );
    const holes = Object.entries(layer!.reads).filter(([slot]) => claims[slot]!.kind === 'hole');
    expect(differ).toEqual([]);
    expect(unchecked).toEqual(holes.map(([, tensor]) => tensor));
    expect(agree.length + unchecked.length).toBe(Object.keys(layer!.reads).length);
  });

  test('its table has an equation for every cell', async () => {
    if (cellReads(layer!) > 5000) return;
    const table = await networkTable(made, { of: ['layers', 'closed-forms', 'forward', 'gradients'] });
    const inputs = Object.values(layer!.call.inputs).reduce((sum, shape) => sum + size(shape), 0);
    expect(table.cells.length).toBe(size(layer!.call.output) + inputs);
    expect(await renderNetwork(table, 'md')).not.toMatch(/undefined|NaN/);
  });
});
