/** The formats of a network's table. */
import { describe, expect, test } from 'vitest';
import { tableFormats } from '../../../src/teach/index.js';
import {
  type NetworkTable,
  network,
  networkSections,
  networkTable,
  renderNetwork,
} from '../../../src/teach/networks.js';
import { halves, logistic, squares, step } from './trials.js';

const odd = await networkTable(
  network(
    [
      {
        operator: 'conv2d',
        inputs: { w: { name: "W_1'", shape: [2, 1, 2, 2] }, b: { name: 'b_0' } },
        name: 'Z_in',
      },
      { operator: step },
      { operator: halves },
      { operator: logistic },
      { operator: squares, inputs: { target: { name: 'y_true' } } },
    ],
    { name: 'X', shape: [1, 1, 3, 3] },
  ),
  { of: networkSections, index: 'pair0' },
);
const short = await networkTable(
  network([{ operator: 'linear', inputs: { w: { shape: [2, 3] }, b: {} } }], { name: 'X', shape: [4, 3] }),
);

describe.each(tableFormats)('%s', format => {
  test('is the same from the JSON read back, and ends with a line break', async () => {
    const text = await renderNetwork(odd, format);
    const again: NetworkTable = JSON.parse(await renderNetwork(odd, 'json'));
    expect(await renderNetwork(again, format)).toBe(text);
    expect(text.endsWith('\n')).toBe(true);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  test('says less where less was asked for', async () => {
    const text = await renderNetwork(short, format);
    expect(text).not.toMatch(/forward|Forward|"check"|Check/);
    expect(text).toMatch(/linear/);
  });
});

test('plain text', async () => {
  expect(await renderNetwork(short, 'txt')).toBe(`Network of 1 layer
==================

Input X 4x3, output A1 4x2. L is any function of A1; dL/dA1 is given.

Layers
------

layer  computes           output  parameters    count  multiply-adds
A1     linear(X, W1, b1)  4x2     W1 2x3, b1 2      8             24
total                                               8             24

Closed forms, last layer first
------------------------------

dL/dX = matmul(dL/dA1, W1)
dL/dW1 = matmul(transpose(dL/dA1), X)
dL/db1 = channel_sum(dL/dA1)
`);
  const text = await renderNetwork(odd, 'txt');
  expect(text).toContain("dL/dW_1', from Z_in = conv2d(X, W_1', b_0)\n  dL/dW_1'_{0000} = ");
  expect(text).toContain('  dL/dA2_{0000} = dL/dA3_{0000}*[A3_{0000} = A2_{0000}]');
  expect(text).toContain(
    'The closed forms put together are the derivative of the whole network, to 40 digits, at 3',
  );
  for (const note of ['select(c, a, b) is a', 'A bracket is 1', 'Of several largest', 'selection is 1'])
    expect(text).toContain(`\n${note}`);
});

test('Markdown: names and shapes are escaped, columns of numbers stand on the right', async () => {
  const text = await renderNetwork(odd, 'md');
  expect(text).toContain(
    "| --- | --- | --- | --- | ---: | ---: |\n| Z\\_in | conv2d(X, W\\_1', b\\_0) | 1x2x2x2 |",
  );
  expect(text).toContain('## Closed forms, last layer first\n\n');
  expect(text).toContain("### Z\\_in = conv2d(X, W\\_1', b\\_0)\n\n| cell | value |\n| --- | --- |\n");
  // Every row of a table has the bars of its head.
  for (const block of text.split('\n\n').filter(one => one.startsWith('| '))) {
    const bars = block.split('\n').map(line => line.replace(/`[^`]*`/g, '').split('|').length);
    expect(new Set(bars).size).toBe(1);
  }
});

test('CSV has the layers, or the cells where cells were asked for', async () => {
  expect(await renderNetwork(short, 'csv')).toBe(
    'layer,op,computes,output,parameters,multiply_adds\r\nA1,linear,"linear(X, W1, b1)",4x2,8,24\r\n',
  );
  const lines = (await renderNetwork(odd, 'csv')).split('\r\n');
  expect(lines[0]).toBe('of,tensor,cell,index,plain,cell_latex,latex');
  expect(lines.length).toBe(odd.cells.length + 2);
  expect(lines[1]).toMatch(/^forward,Z_in,Z_in_\{0000\},0 0 0 0,/);
});

test('LaTeX: braces are balanced, no line breaks within brackets, signs are escaped', async () => {
  const text = await renderNetwork(odd, 'tex');
  const count = (sign: RegExp) => text.match(sign)?.length;
  expect(count(/(?<!\\)\{/g)).toBe(count(/(?<!\\)\}/g));
  expect(count(/\\left/g)).toBe(count(/\\right/g));
  for (const line of text.split('\n').filter(one => one.includes('\\quad {}')))
    expect(line.match(/\\left/g)?.length).toBe(line.match(/\\right/g)?.length);
  expect(text).toContain(
    "Z\\_in & conv2d(X, W\\_1', b\\_0) & 1x2x2x2 & W\\_1' 2x1x2x2, b\\_0 2 & 10 & 32 \\\\",
  );
});

test('HTML: one page, every formula read, text escaped', async () => {
  const text = await renderNetwork(odd, 'html');
  expect(text).not.toContain('temml-error');
  expect(text).toContain('<td>conv2d(X, W_1&#39;, b_0)</td>');
  for (const id of networkSections) expect(text).toContain(`<section id="${id}">`);
});

test('JSON is the table', async () => {
  const json = JSON.parse(await renderNetwork(odd, 'json'));
  expect(json).toMatchObject({
    formatVersion: 1,
    op: 'network',
    input: 'X',
    output: 'L',
    loss: 'L',
    totals: { parameters: 10, multiplyAdds: 34 },
    check: { rung: 'sampled', points: 3, differ: [], unchecked: [] },
  });
  expect(json.layers[0]).toEqual({
    name: 'Z_in',
    op: 'conv2d',
    reads: { x: 'X', w: "W_1'", b: 'b_0' },
    params: {
      stride: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
      dilation: [1, 1],
      groups: 1,
      convention: 'correlation',
    },
    text: "conv2d(X, W_1', b_0)",
    output: [1, 2, 2, 2],
    brings: ["W_1'", 'b_0'],
    parameters: 10,
    multiplyAdds: 32,
  });
});
