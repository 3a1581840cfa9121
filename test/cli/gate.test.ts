import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { pinnedPath } from '../gate/vectors/cases.js';
import { backproof, type Run, withFiles } from './run.js';

const CLIENTS = fileURLToPath(new URL('../../src/gate/clients/python/', import.meta.url));

/** A relu: right, or with another slope, or with another pass. */
const relu = ({ slope = 'v > 0 ? 1 : 0', backward = '', more = '' } = {}): string => `
const map = (one, f) => ({ ...one, data: one.data.map(f) });
${more}
export const kernels = { relu: {
  forward: ({ x }) => map(x, v => Math.max(v, 0)),
  backward: ({ x }, yBar) => { ${backward} return { x: map(yBar, (g, k) => { const v = x.data[k]; return g * (${slope}); }) }; },
} };`;

const FORWARD_ONLY = `export const kernels = { relu: { forward: ({ x }) => ({ ...x, data: x.data.map(v => Math.max(v, 0)) }) } };`;

interface Result {
  readonly op: string;
  readonly result: string;
  readonly verdict: string;
  readonly kernel?: string;
  readonly failure: { readonly case: string; readonly replay: string } | null;
}

interface Report {
  readonly formatVersion: number;
  readonly kernel: string;
  readonly results: readonly Result[];
  readonly summary: { readonly verified: number; readonly failed: number; readonly skipped: number };
  readonly absent: readonly string[];
  readonly seed: number;
}

const QUICK = ['--cases', '0'];

function gated(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[]): Run {
  return withFiles(files, folder => backproof(['gate', ...args], '', folder));
}

const reportOf = ({ stdout, stderr }: Run): Report => {
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Report;
};

const verdictsOf = ({ results }: Report) =>
  Object.fromEntries(results.map(one => [`${one.op}.${one.result}`, one.verdict]));

describe('a module', () => {
  test('right: 0, with the promised fields', () => {
    const run = gated({ 'k.mjs': relu() }, ['k.mjs', ...QUICK, '--seed', '7', '--format', 'json']);
    const report = reportOf(run);
    expect(verdictsOf(report)).toEqual({ 'relu.y': 'verified', 'relu.dx': 'verified' });
    expect(run.code).toBe(0);
    expect(report).toMatchObject({ formatVersion: 1, kernel: 'k.mjs', seed: 7 });
    expect(report.summary).toEqual({ verified: 2, failed: 0, skipped: 0 });
    const keys = 'op result verdict rung cases missProbability mutants failure'.split(' ');
    for (const one of report.results) expect(Object.keys(one).slice(0, keys.length)).toEqual(keys);
  });

  test('right, for people: each result with its evidence, and what to do', () => {
    const { code, stdout } = gated({ 'k.mjs': relu() }, ['k.mjs', ...QUICK]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^verified +relu\.dx +exact on \d+ configurations?/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('Verified');
  });

  test('a wrong gradient: 1, with a replay line that fails too, and passes once it is right', () => {
    const files = { 'my kernel.mjs': relu({ slope: 'v > 0 ? 1 : 0.01' }) };
    withFiles(files, folder => {
      const run = backproof(['gate', 'my kernel.mjs', ...QUICK, '--format', 'json'], '', folder);
      expect(run.code).toBe(1);
      const report = reportOf(run);
      expect(verdictsOf(report)).toEqual({ 'relu.y': 'verified', 'relu.dx': 'mismatch' });
      const { failure } = report.results.find(one => one.result === 'dx')!;
      expect(failure!.replay).toBe(`npx backproof gate 'my kernel.mjs' --case '${failure!.case}'`);
      const again = backproof(['gate', 'my kernel.mjs', '--case', failure!.case], '', folder);
      expect([again.code, again.stderr]).toEqual([1, '']);
      expect(again.stdout).toMatch(/^mismatch +relu\.dx$/m);
    });
  });

  test('a gradient only forward: skipped, and 3 where it is required', () => {
    const files = { 'k.mjs': FORWARD_ONLY };
    const run = gated(files, ['k.mjs', ...QUICK, '--format', 'json']);
    expect(verdictsOf(reportOf(run))).toEqual({ 'relu.y': 'verified', 'relu.dx': 'skipped' });
    expect(run.code).toBe(0);
    for (const name of ['relu', 'relu.dx', 'conv2d'])
      expect(gated(files, ['k.mjs', ...QUICK, '--require', name]).code).toBe(3);
    expect(gated(files, ['k.mjs', ...QUICK, '--require', 'relu.y']).code).toBe(0);
  });

  test('an operator that the kernel has not: 3, nothing verified', () => {
    const run = gated({ 'k.mjs': relu() }, ['k.mjs', '--op', 'tanh', ...QUICK]);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('nothing was judged');
  });

  test.each([
    ['crash', 1, { backward: 'throw new Error("no gradient today");' }, 'no gradient today'],
    ['hang', 1, { backward: 'for (;;);' }, 'no answer within 300 ms'],
    ['mutated-input', 1, { backward: 'x.data[0] += 1;' }, 'x'],
    ['protocol', 4, { backward: 'return 7;' }, '7'],
  ])('%s: %i, and why', (verdict, code, kernel, words) => {
    const run = gated({ 'k.mjs': relu(kernel) }, ['k.mjs', ...QUICK, '--hang', '0.3']);
    expect(run.code, run.stdout).toBe(code);
    expect(run.stdout).toMatch(new RegExp(`^${verdict} +relu\\.dx$`, 'm'));
    expect(run.stdout).toContain(words);
  });

  test('a module that does not load in time: 4', () => {
    const files = { 'k.mjs': relu({ more: 'await new Promise(() => setInterval(() => {}, 1000));' }) };
    const run = gated(files, ['k.mjs', '--startup', '0.3', '--op', 'relu']);
    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/^startup +relu\.y, dx$/m);
  });

  test('what a kernel prints is not the result', () => {
    const files = { 'k.mjs': relu({ more: 'console.log("hello"); console.error("hello");' }) };
    const run = gated(files, ['k.mjs', ...QUICK, '--format', 'json']);
    expect(run.code).toBe(0);
    expect(run.stderr).not.toContain('hello');
    expect(reportOf(run).summary.verified).toBe(2);
  });
});

describe('a command', () => {
  test('that is no client: 4, with what it wrote', () => {
    const run = gated({}, ['--command', 'python3 no-such-file.py', '--op', 'conv2d']);
    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/^startup +conv2d\.y, dx, dw, db$/m);
    expect(run.stdout).toContain('No such file');
    const none = gated({}, ['--command', 'no-such-program', '--format', 'json']);
    expect([none.code, verdictsOf(reportOf(none))]).toEqual([4, { '*.y': 'startup' }]);
  });

  test('with a wrong kernel: 1, and a replay line that can be pasted', () => {
    const command = `python3 '${join(CLIENTS, 'example_conv_wrong.py')}'`;
    const run = gated({}, ['--command', command, ...QUICK, '--format', 'json']);
    expect(run.code).toBe(1);
    const failed = reportOf(run).results.find(one => one.failure !== null)!;
    expect(failed.failure!.replay).toContain('npx backproof gate --command ');
    expect(failed.failure!.replay).toContain(failed.failure!.case);
  });
});

describe('golden vectors', () => {
  test('instead of generated cases', () => {
    const run = gated({ 'k.mjs': relu() }, ['k.mjs', '--vectors', pinnedPath('relu'), '--format', 'json']);
    expect(verdictsOf(reportOf(run))).toMatchObject({ 'relu.y': 'verified', 'relu.dx': 'verified' });
    expect(run.code).toBe(0);
    const wrong = { 'k.mjs': relu({ slope: 'v > 0 ? 1 : 0.01' }) };
    expect(gated(wrong, ['k.mjs', '--vectors', pinnedPath('relu')]).code).toBe(1);
  });

  test('that cannot be read: 2, with the line', () => {
    const [line] = readFileSync(pinnedPath('relu'), 'utf8').split('\n');
    const files = { 'k.mjs': relu(), 'v.jsonl': `${line}\n{}\n` };
    const run = gated(files, ['k.mjs', '--vectors', 'v.jsonl']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('v.jsonl, line 2');
    expect(gated({ ...files, 'v.jsonl': '' }, ['k.mjs', '--vectors', 'v.jsonl']).code).toBe(3);
  });
});

describe('several kernels', () => {
  const files = {
    'right.mjs': relu(),
    'wrong.mjs': relu({ slope: '2' }),
  };
  const config = (text: string) =>
    gated({ ...files, 'gate.yaml': text }, ['--config', 'gate.yaml', '--format', 'json']);

  test('one report, each result with its kernel; a name may be required', () => {
    const run = config(
      'cases: 0\nseed: 3\nkernels:\n  - { name: good, module: right.mjs, ops: relu }\n  - { module: ./wrong.mjs }\n',
    );
    const report = reportOf(run);
    expect(report).toMatchObject({ formatVersion: 1, kernel: 'good, ./wrong.mjs', seed: 3 });
    expect(report.results.map(one => [one.kernel, one.result, one.verdict])).toEqual([
      ['good', 'y', 'verified'],
      ['good', 'dx', 'verified'],
      ['./wrong.mjs', 'y', 'verified'],
      ['./wrong.mjs', 'dx', 'mismatch'],
    ]);
    expect(report.summary).toEqual({ verified: 3, failed: 1, skipped: 0 });
    expect(run.code).toBe(1);
    const required = config(
      'cases: 0\nrequire: [good, tanh]\nkernels: [{ name: good, module: right.mjs }]\n',
    );
    expect([required.code, reportOf(required).absent]).toEqual([3, ['tanh']]);
  });

  test('paths and commands count from the file, and a replay line goes there', () => {
    const run = withFiles(
      { ...files, 'gate.yaml': 'cases: 0\nkernels: [{ module: wrong.mjs }]\n' },
      folder => {
        const found = backproof(['gate', '--config', join(folder, 'gate.yaml'), '--format', 'json']);
        return { ...found, folder };
      },
    );
    expect(run.code).toBe(1);
    const { failure } = reportOf(run).results.find(one => one.failure !== null)!;
    expect(failure!.replay).toMatch(`cd ${run.folder} && npx backproof gate wrong.mjs --case '`);
  });
});

describe('a call that cannot be used: 2', () => {
  const files = {
    'k.mjs': relu(),
    'none.mjs': 'export const kernels = {};',
    'odd.mjs': 'export const kernels = { relo: { forward() {} } };',
    'binary.mjs': Uint8Array.of(0, 159, 146, 150),
  };
  test.each([
    ['bad-option', []],
    ['bad-option', ['k.mjs', '--command', 'python3 k.py']],
    ['bad-option', ['k.mjs', '--config', 'gate.yaml']],
    ['bad-option', ['k.mjs', '--seed', '-1']],
    ['bad-option', ['k.mjs', '--seed', '1e3']],
    ['bad-option', ['k.mjs', '--cases', '1.5']],
    ['bad-option', ['k.mjs', '--hang', '0']],
    ['bad-option', ['k.mjs', '--hang', '99999999']],
    ['bad-option', ['k.mjs', '--startup', 'soon']],
    ['bad-option', ['k.mjs', '--case', 'x', '--seed', '1']],
    ['bad-option', ['k.mjs', '--vectors', 'v', '--cases', '1']],
    ['bad-option', ['k.mjs', '--require', 'relu.dw']],
    ['bad-option', ['--config', 'gate.yaml', '--op', 'relu']],
    ['unknown-operator', ['k.mjs', '--op', 'conv9d']],
    ['unknown-operator', ['k.mjs', '--require', 'conv9d']],
    ['bad-case', ['k.mjs', '--case', 'relu and so on']],
    ['missing-file', ['k.mjs', '--vectors', 'no-such-file']],
    ['missing-file', ['--config', 'no-such-file']],
    ['binary-file', ['--config', 'binary.mjs']],
    ['kernel-module-missing', ['no-such-file.mjs']],
    ['kernel-module-missing', ['.']],
    ['kernel-module-shape', ['none.mjs']],
    ['kernel-module-operator', ['odd.mjs']],
    ['kernel-module-unloadable', ['binary.mjs']],
    ['unbalanced-quote', ['--command', 'python3 "k.py']],
    ['empty-command', ['--command', ' ']],
    ['unwritable-output', ['k.mjs', '--cases', '0', '--output', 'no/such/folder.json']],
  ])('%s: %j', (code, args) => {
    const run = gated(files, args);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(`[${code}]`);
  });

  test('an unknown format', () => {
    const run = gated(files, ['k.mjs', '--format', 'xml']);
    expect([run.code, run.stdout]).toEqual([2, '']);
  });
});
