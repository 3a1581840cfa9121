/** `backproof table network`, as it is typed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tableFormats } from '../../src/teach/index.js';
import { backproof, withFiles } from './run.js';

const layer = (...texts: string[]) => texts.flatMap(text => ['--layer', text]);
const command = (...args: string[]) => backproof(['table', 'network', ...args]);
const layers = layer(
  'Z1 = conv2d w=2x1x2x2 b stride=2 padding=[0,1],[1,0]',
  'flatten',
  'Z2=linear w=V[3,12]',
  'add w=Z2',
);
const input = ['--input', 'X=2x1x4x5'];

describe('layers by option', () => {
  test('Markdown by default, the same as JSON', () => {
    const run = command(...input, ...layers);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain(
      '| Z1 | conv2d(X, W1, b1, stride=2, padding=\\[0,1\\],\\[1,0\\]) | 2x2x2x3 |',
    );
    expect(run.stdout).not.toContain('Forward');
    const json = JSON.parse(command(...input, ...layers, '--format', 'json').stdout);
    expect(json.layers.map((one: { name: string; text: string }) => [one.name, one.text])).toEqual([
      ['Z1', 'conv2d(X, W1, b1, stride=2, padding=[0,1],[1,0])'],
      ['A2', 'flatten(Z1)'],
      ['Z2', 'linear(A2, V)'],
      ['A4', 'add(Z2, Z2)'],
    ]);
    expect(json.totals).toEqual({ parameters: 8 + 2 + 36, multiplyAdds: 2 * 2 * 2 * 3 * 4 + 2 * 3 * 12 });
  });

  test('parts, index style, name of the loss, a file for the result', () => {
    withFiles({}, folder => {
      const args = ['--of', 'forward,check', '--index', 'pair0', '--loss', 'E', '--format', 'txt'];
      const run = backproof(
        ['table', 'network', ...input, ...layers, ...args, '--output', './net.txt'],
        '',
        folder,
      );
      expect(run).toMatchObject({ code: 0, stdout: '' });
      const text = readFileSync(join(folder, 'net.txt'), 'utf8');
      expect(text).toContain('Z2_{00} = A2_{0,0}*V_{0,0} + A2_{0,1}*V_{0,1}');
      expect(text).toContain('for all values at these shapes: dE/dX, dE/dW1, dE/db1, dE/dV.');
      expect(text).not.toContain('Closed forms, last');
    });
  });

  test('the extents of the input alone are those of X', () => {
    const run = command('--input', '3x3', ...layer('conv2d w=2x2'), '--of', 'gradients', '--format', 'txt');
    expect(run.stdout).toContain('dL/dX_{12} = dL/dA1_{11}*W1_{12} + dL/dA1_{12}*W1_{11}');
  });

  test.each(tableFormats)('%s is printed', format => {
    const run = command(...input, ...layers, '--format', format);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('conv2d');
  });
});

describe('layers from a file', () => {
  const file = '# two layers\r\nZ1 = conv2d w=2x1x2x2   b # of the first\n\n  flatten\n';
  const expected = command(...input, ...layer('Z1 = conv2d w=2x1x2x2 b', 'flatten')).stdout;

  test('one a line, with comments and empty lines', () => {
    withFiles({ 'net.txt': file }, folder => {
      const run = backproof(['table', 'network', ...input, '--layers', 'net.txt'], '', folder);
      expect(run).toMatchObject({ code: 0, stdout: expected });
    });
  });

  test('from standard input', () => {
    expect(backproof(['table', 'network', ...input, '--layers', '-'], file).stdout).toBe(expected);
  });

  test('an error names the line', () => {
    withFiles({ 'net.txt': `${file}conv3 w=2\n` }, folder => {
      const run = backproof(['table', 'network', ...input, '--layers', 'net.txt'], '', folder);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(/line 5: .* Did you mean conv\dd\? \[unknown-operator\]/);
    });
  });
});

describe('what cannot be read', () => {
  const conv = 'conv2d w=2x1x2x2';
  test.each([
    [[...input], 'no-layer'],
    [[...layer(conv)], 'missing-shape'],
    [['--input', 'X', ...layer(conv)], 'missing-shape'],
    [['--input', 'X=2x', ...layer(conv)], 'unreadable-shape'],
    [[...input, ...layer('')], 'unreadable-layer'],
    [[...input, ...layer('= conv2d')], 'unreadable-layer'],
    [[...input, ...layer('konv2d w=2x1x2x2')], 'unknown-operator'],
    [[...input, ...layer('conv2d')], 'missing-input'],
    [[...input, ...layer('conv2d w')], 'missing-shape'],
    [[...input, ...layer(`${conv} w=1x1x2x2`)], 'duplicate-word'],
    [[...input, ...layer(`${conv} pading=1`)], 'unknown-word'],
    [[...input, ...layer(`${conv} padding`)], 'unknown-word'],
    [[...input, ...layer(`${conv} padding=`)], 'unknown-word'],
    [[...input, ...layer(`${conv} padding=some`)], 'unknown-padding-mode'],
    [[...input, ...layer(`${conv} stride=0`)], 'stride-not-positive'],
    [[...input, ...layer('conv2d w=2xx2')], 'unreadable-shape'],
    [[...input, ...layer('conv2d w=2x3x2x2')], 'channels-mismatch'],
    [[...input, ...layer(conv, 'linear w=3x4')], 'rank-mismatch'],
    [[...input, ...layer(`X = ${conv}`)], 'duplicate-name'],
    [[...input, ...layer(`1Z = ${conv}`)], 'bad-name'],
    [[...input, ...layer(conv), '--kernel', '2x2'], 'misplaced-option'],
    [[...input, ...layer(conv), '--param', 'step=2'], 'misplaced-option'],
    [[...input, ...layer(conv), '--output', 'Z'], 'misplaced-option'],
    [[...input, ...layer(conv), '--layers', 'net.txt'], 'two-lists'],
    [[...input, '--layers', 'nowhere.txt'], 'missing-file'],
    [[...input, ...layer(conv), '--of', 'local'], 'unknown-section'],
    [['--input', '1x1x99x99', ...layer(conv), '--of', 'forward'], 'network-too-large'],
  ])('%j is refused with %s', (args, code) => {
    const run = command(...args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`[${code}]`);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('layers of a single operator', () => {
    const run = backproof(['table', 'conv2d', '--input', '3x3', '--kernel', '2x2', ...layer('flatten')]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('[misplaced-option]');
  });
});
