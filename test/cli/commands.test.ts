import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backproof, withFiles } from './run.js';

describe('prove', () => {
  test('a true claim exits 0, a false one 1 with its first cell and its name', () => {
    const shapes = ['--input', '1x1x4x4', '--kernel', '1x1x2x2'];
    expect(backproof(['prove', 'conv2d', ...shapes]).code).toBe(0);
    const refuted = backproof(['prove', 'conv2d', ...shapes, '--mistake', 'no-flip']);
    expect(refuted.code).toBe(1);
    expect(refuted.stdout).toContain(
      'coefficient of yBar[0,0,0,0]*w[0,0,0,0]: 1 in the derivative, 0 in the claim',
    );
    expect(refuted.stdout).toContain('known mistake: the kernel is not rotated by 180 degrees (no-flip)');
  });

  test('shapes may be spatial only; parameters in every spelling', () => {
    const run = backproof([
      ...['prove', 'conv2d', '--input', 'X=7x6', '--kernel', 'F[3,2]', '--bias', 'b', '--wrt', 'input'],
      ...['--stride', '2,3', '--padding', '[1,0],[0,2]', '--dilation', '2', '--format', 'json'],
    ]);
    expect(run.code, run.stderr).toBe(0);
    const { formatVersion, theorems } = JSON.parse(run.stdout);
    expect(formatVersion).toBe(1);
    expect(theorems).toHaveLength(1);
    const promised = 'assumptions certificate counterexample domain id ms operator residual rung verdict wrt';
    expect(Object.keys(theorems[0]).sort().join(' ')).toBe(promised);
    expect(theorems[0]).toMatchObject({
      id: 'conv2d/x',
      verdict: 'PROVED',
      rung: 'one-shape',
      certificate: null,
    });
    expect(theorems[0].domain).toContain(
      'x [1,1,7,6], w [1,1,3,2], b [1], stride [2,3], padding [[1,0],[0,2]]',
    );
  });

  test('operators with parameters of their own', () => {
    const run = backproof(['prove', 'zero_stuff', '--input', '2x3x4x5', '--param', 'step=3,2']);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('claim   subsample(yBar, step=[3, 2])');
  });

  test.each([
    [['prove', 'conv9d'], 'unknown-operator'],
    [['prove', 'conv2d', '--kernel', '2x2'], 'missing-shape'],
    [['prove', 'pad', '--input', '1x1x4', '--kernel', '2x2'], 'unknown-input'],
    [['prove', 'correlate', '--input', '1x1x4', '--kernel', '1x1x2', '--bias', 'b'], 'unknown-input'],
    [['table', 'pad', '--input', '4', '--kernel', '2'], 'unknown-input'],
    [['prove', 'conv2d', '--input', '3x', '--kernel', '2x2'], 'unreadable-shape'],
    [['prove', 'conv2d', '--input', '3', '--kernel', '2x2'], 'rank-mismatch'],
    [['prove', 'conv2d', '--input', '3x3', '--kernel', '2x2', '--stride', '0'], 'stride-not-positive'],
    [['prove', 'conv2d', '--input', '3x3', '--kernel', '2x2', '--padding', 'some'], 'unknown-padding-mode'],
    [['prove', 'conv2d', '--input', '3x3', '--kernel', '2x2', '--param', 'x'], 'bad-setting'],
    [['prove', 'conv2d', '--input', '3x3', '--kernel', '2x2', '--wrt', 'bias'], 'unknown-input'],
    [['prove', 'conv2d', '--input', '3x3', '--kernel', '2x2', '--mistake', 'typo'], 'unknown-mistake'],
    [['prove', 'conv2d', '--input', '8x64x64x64', '--kernel', '64x64x3x3'], 'shape-too-large'],
  ])('%j is refused with %s', (args, code) => {
    const run = backproof(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`[${code}]`);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('table', () => {
  const args = ['table', 'conv2d', '--input', 'X=3x3', '--kernel', 'F=2x2'];

  test('Markdown by default, JSON on demand', () => {
    expect(backproof(args).stdout).toContain('$\\frac{\\partial L}{\\partial X_{13}}$');
    const json = JSON.parse(backproof([...args, '--format', 'json', '--of', 'input']).stdout);
    expect(json.cells.map((cell: { plain: string }) => cell.plain).slice(0, 2)).toEqual([
      'dL/dO_{11}*F_{11}',
      'dL/dO_{11}*F_{12} + dL/dO_{12}*F_{11}',
    ]);
  });

  test('--output names the output tensor, or a file, or both', () => {
    withFiles({}, folder => {
      const run = backproof([...args, '--output', 'Z', '--output', 'table.md'], '', folder);
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(readFileSync(join(folder, 'table.md'), 'utf8')).toContain('Z_{11}');
      expect(existsSync(join(folder, 'Z'))).toBe(false);
    });
  });

  test('bad words are refused', () => {
    expect(backproof([...args, '--of', 'inputs'])).toMatchObject({ code: 2, stdout: '' });
    expect(backproof(['table', 'conv2d', '--kernel', 'F=2x2']).stderr).toContain('[missing-shape]');
    expect(backproof([...args, '--index', 'triple']).code).toBe(2);
  });
});

describe('the command line itself', () => {
  test('help, version, unknown commands', () => {
    expect(backproof(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(backproof(['--help']).stdout).toMatch(/check .*prove .*table/s);
    expect(backproof(['frobnicate'])).toMatchObject({ code: 2, stdout: '' });
    expect(backproof([]).code).toBe(2);
  });

  test('the demo shows the mistakes, the table, proofs and a refuted claim, and exits 0', () => {
    const { code, stdout } = backproof(['demo']);
    expect(code).toBe(0);
    expect(stdout.match(/^WRONG/gm)).toHaveLength(4);
    expect(stdout).toContain('13 equations: 9 correct, 4 wrong, 0 unchecked.');
    expect(stdout).toContain('dL/dX₁₂ = dL/dO₁₁*F₁₂ + dL/dO₁₂*F₁₁');
    expect(stdout.match(/^PROVED/gm)).toHaveLength(3);
    expect(stdout).toContain('counterexample  K = 2, L = 2');
    expect(stdout).toContain('Both sides have become the same sum');
  });

  test('every line of the shipped proofs page is correct', () => {
    expect(backproof(['check', 'proofs/conv.md', '--strict']).code).toBe(0);
  });
});
