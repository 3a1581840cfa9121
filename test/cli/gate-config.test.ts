import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/cli/gate/config.js';
import { BackproofError } from '../../src/error.js';

const refused = async (text: string): Promise<BackproofError> => {
  const error: unknown = await readConfig(text, 'gate.yaml').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BackproofError);
  return error as BackproofError;
};

test('everything that it may say', async () => {
  const text = `
seed: 5
cases: 20
hang: 1.5
startup: 60
require: [conv2d, conv2d.dw]
kernels:
  - name: mine
    module: ./k.mjs
    ops: [conv2d, relu, conv2d]
    vectors: v.jsonl
  - command: python3 "my kernels.py"
  - command: [python3, my kernels.py]
`;
  expect(await readConfig(text, 'some/where/gate.yaml')).toEqual({
    folder: 'some/where',
    ...{ seed: 5, cases: 20, hangMs: 1500, startupMs: 60_000, required: ['conv2d', 'conv2d.dw'] },
    jobs: [
      {
        ...{ name: 'mine', source: { kind: 'module', path: './k.mjs' } },
        ...{ ops: ['conv2d', 'relu'], vectors: 'v.jsonl' },
      },
      ...[0, 1].map(() => ({
        ...{ name: null, ops: null, vectors: null },
        source: { kind: 'command', argv: ['python3', 'my kernels.py'] },
      })),
    ],
  });
});

test('what is not said is left to the gate', async () => {
  expect(await readConfig('kernels: [{ module: k.mjs }]', 'gate.yaml')).toMatchObject({
    ...{ folder: '.', seed: null, cases: null, hangMs: null, startupMs: null, required: [] },
  });
});

describe('refused, with line and column', () => {
  test.each([
    ['', 1, 1, 'map'],
    ['- a', 1, 1, 'map'],
    ['seed: 1', 1, 1, 'no kernels'],
    ['kernels: []', 1, 10, 'one kernel at least'],
    ['kernels: k.mjs', 1, 10, 'list'],
    ['kernels:\n  - k.mjs', 2, 5, 'map'],
    ['kernels:\n  - { module: a, command: b }', 2, 5, 'both'],
    ['kernels:\n  - { name: a }', 2, 5, 'neither'],
    ['kernels: [{ module: a }]\nsed: 1', 2, 1, 'Did you mean seed?'],
    ['kernels:\n  - module: a\n    op: conv2d', 3, 5, 'Did you mean ops?'],
    ['seed: 1\nseed: 2\nkernels: [{ module: a }]', 2, 1, 'unique'],
    ['seed: -1\nkernels: [{ module: a }]', 1, 7, 'whole number'],
    ['seed: "1"\nkernels: [{ module: a }]', 1, 7, 'whole number'],
    ['hang: 0\nkernels: [{ module: a }]', 1, 7, 'seconds'],
    ['hang: .inf\nkernels: [{ module: a }]', 1, 7, 'seconds'],
    ['kernels:\n  - module: a\n    ops: [conv9d]', 3, 10, 'no operator of this name'],
    ['kernels:\n  - module: a\n    ops: []', 3, 10, 'empty'],
    ['kernels:\n  - module: 7', 2, 13, 'text'],
    ['kernels:\n  - module:', 2, 12, 'text'],
    ['kernels:\n  - command: python3 "k.py', 2, 14, 'a quote is not closed'],
    ['kernels:\n  - { module: a, name: n }\n  - { module: b, name: n }', 3, 5, 'one name'],
    ['kernels: [{ module: !!js/function a }]', 1, 21, 'tag'],
    ['kernels: [&a { module: k.mjs }, *a]', 1, 33, 'aliases'],
    ['kernels: [{ ? [a] : b }]', 1, 15, 'one word'],
    ['kernels: [{ module: a }', 1, 24, 'plain YAML'],
    ['kernels:\n\t- a', 2, 1, 'Tabs'],
    ['kernels: [{ module: a }]\n---\n1', 2, 1, 'multiple documents'],
  ])('%j', async (text, line, column, words) => {
    const error = await refused(text);
    expect(error.message).toContain(words);
    expect(error).toMatchObject({ code: 'bad-config', data: { file: 'gate.yaml', line, column } });
  });

  test('nesting without end, and aliases that multiply, end in an error', async () => {
    expect((await refused(`kernels: ${'['.repeat(2000)}${']'.repeat(2000)}`)).code).toBe('bad-config');
    const laughs = Array.from({ length: 30 }, (_, k) => `a${k + 1}: &a${k + 1} [*a${k}, *a${k}]`).join('\n');
    expect((await refused(`a0: &a0 [x]\n${laughs}`)).code).toBe('bad-config');
  });
});
