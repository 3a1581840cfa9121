import { describe, expect, test } from 'vitest';
import { backproof, withFiles } from './run.js';

const RIGHT = `<!-- backproof: conv1d input=x[3] kernel=w[2] output=y loss=L -->

$$y_1 = x_1 w_1 + x_2 w_2$$
`;
const WRONG = `${RIGHT}
$$\\frac{\\partial L}{\\partial w_2} = \\frac{\\partial L}{\\partial y_1} x_2 + \\frac{\\partial L}{\\partial y_2} x_2$$
`;
const OPEN = `${RIGHT}
$$t_1 = \\zeta(q)$$
`;

const check = (files: Record<string, string | Uint8Array>, ...args: string[]) =>
  withFiles(files, folder => backproof(['check', ...Object.keys(files), ...args], '', folder));

describe('exit codes of check', () => {
  test.each([
    ['all correct', { 'a.md': RIGHT }, [], 0],
    ['one wrong', { 'a.md': WRONG }, [], 1],
    ['some unchecked', { 'a.md': OPEN }, [], 0],
    ['some unchecked, strict', { 'a.md': OPEN }, ['--strict'], 3],
    ['no equation', { 'a.md': '# Nothing\n\nJust words.\n' }, [], 3],
    ['an empty file', { 'a.md': '' }, [], 3],
    ['nothing checkable', { 'a.md': 'prose $a_1 = \\zeta$ prose' }, [], 3],
    ['wrong wins over correct', { 'a.md': RIGHT, 'b.md': WRONG }, [], 1],
    ['a malformed directive', { 'a.md': RIGHT.replace('kernel=w[2]', 'kernel=') }, [], 2],
    ['an unknown operator', { 'a.md': RIGHT.replace('conv1d', 'conv1dd') }, [], 2],
    ['a binary file', { 'a.md': new Uint8Array([0x24, 0, 0xff, 0x24]) }, [], 2],
    ['bytes that are not UTF-8', { 'a.md': new Uint8Array([0x24, 0xc3, 0x28]) }, [], 2],
    ['a kind of file that is not read', { 'a.pdf': 'x' }, [], 2],
    ['a bad format', { 'a.md': RIGHT }, ['--format', 'xml'], 2],
  ] as const)('%s: %j', (_, files, args, code) => {
    const run = check(files, ...args);
    expect(run.code, run.stderr).toBe(code);
    expect(run.stderr + run.stdout).not.toMatch(/\n\s+at .*\.js:\d+/);
    if (code === 2) expect(run.stdout).toBe('');
  });

  test('a missing file and a folder', () => {
    const missing = backproof(['check', 'there-is-none.md']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('[missing-file]');
    expect(withFiles({}, folder => backproof(['check', `${folder}/.md`])).code).toBe(2);
  });
});

describe('what check prints', () => {
  test('a wrong line with its frame, the right equation, missing and extra terms', () => {
    const { stdout } = check({ 'a.md': WRONG });
    expect(stdout).toContain('WRONG  line 5: the term dL/dy₂ x₂ should be dL/dy₂ x₃ (index)');
    expect(stdout).toContain('  5 | $$\\frac{\\partial L}{\\partial w_2}');
    expect(stdout).toContain('right    ∂L/∂w₂ = ∂L/∂y₁ x₂ + ∂L/∂y₂ x₃');
    expect(stdout).toContain('missing  ∂L/∂y₂ x₃');
    expect(stdout).toContain('extra    ∂L/∂y₂ x₂');
    expect(stdout).toContain('2 equations: 1 correct, 1 wrong, 0 unchecked. Rung: for all values of');
    expect(stdout.includes('\u001b')).toBe(false);
  });

  test('JSON with every promised field', () => {
    const { stdout } = check({ 'a.md': WRONG }, '--format', 'json');
    const { formatVersion, tool, files } = JSON.parse(stdout);
    expect(formatVersion).toBe(1);
    expect(tool).toEqual({ name: 'backproof', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(files[0]).toMatchObject({
      path: 'a.md',
      summary: { equations: 2, correct: 1, wrong: 1, unchecked: 0 },
      setups: [{ operator: 'conv1d', inferredFrom: [] }],
    });
    expect(files[0].equations[1]).toEqual({
      n: 2,
      line: 5,
      column: 3,
      endLine: 5,
      endColumn: WRONG.split('\n')[4]!.length - 1,
      cell: null,
      source: WRONG.split('\n')[4]!.slice(2, -2),
      verdict: 'wrong',
      rule: 'gradient',
      rung: 'one-shape',
      domain: expect.stringContaining('x[3]'),
      message: expect.any(String),
      reason: null,
      expected: expect.stringContaining('x_{3}'),
      missing: [expect.stringContaining('x_{3}')],
      extra: [expect.stringContaining('x_{2}')],
      slip: 'index',
      setup: 0,
    });
  });

  test('standard input, in both formats, and --output', () => {
    expect(backproof(['check', '-'], RIGHT).code).toBe(0);
    const plain =
      '# backproof: conv1d input=x[3] kernel=w[2] output=y loss=L\ny1 = x1*w1 + x2*w2\ndL/dx1 = dL/dy1 * w1\n';
    const run = backproof(['check', '-', '--input-format', 'txt'], plain);
    expect(run.stdout).toContain('2 equations: 2 correct');
    withFiles({ 'a.md': RIGHT }, folder => {
      const quiet = backproof(['check', 'a.md', '--output', 'report.txt'], '', folder);
      expect(quiet).toMatchObject({ code: 0, stdout: '' });
      expect(backproof(['check', 'a.md', '--output', 'no/such/folder.txt'], '', folder).code).toBe(2);
    });
  });

  test('10 MB of text with an equation at its end', () => {
    const run = check({
      'a.md': `${'Words without formulas, and 5$ of them. \n'.repeat(260_000)}\n${RIGHT}`,
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('1 equation: 1 correct');
  });
});
