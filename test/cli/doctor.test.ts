import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { KillMatrix } from '../../src/gate/index.js';
import { doctorPretty } from '../../src/report/gate/doctor.js';
import { backproof, withFiles } from './run.js';

const CLIENTS = fileURLToPath(new URL('../../src/gate/clients/python/', import.meta.url));

describe('doctor', () => {
  test('says of every planted mistake whether it is found: 0, or 1 if one is not', () => {
    const { code, stdout, stderr } = backproof(['doctor', '--op', 'relu', '--format', 'json']);
    expect(stdout, stderr).not.toBe('');
    const { formatVersion, operators } = JSON.parse(stdout) as KillMatrix;
    expect([formatVersion, operators.map(one => one.op)]).toEqual([1, ['relu']]);
    const { mutants } = operators[0]!;
    expect(mutants.find(one => one.id === 'R2')).toMatchObject({ result: 'dx', named: true });
    expect(code).toBe(mutants.every(one => one.killedBy !== null) ? 0 : 1);
  });

  test('a table of mistakes and checks that fits 100 columns, and who is alive', () => {
    const killed = (check: 'exact' | 'strides') => ({ check, rung: 'exact', case: 'c' }) as const;
    const mutant = (id: string, style: string, check: 'exact' | 'strides' | null) => ({
      ...({ id, style, result: 'dx', named: check === 'exact' } as const),
      killedBy: check && killed(check),
    });
    const mutants = [
      mutant('X1', 'direct', 'exact'),
      mutant('X1', 'columns', 'exact'),
      mutant('X19', 'direct', 'strides'),
      mutant(`X3-${'very-'.repeat(30)}long`, 'direct', null),
    ];
    const text = doctorPretty({ formatVersion: 1, operators: [{ op: 'conv2d', mutants }] }, false);
    const lines = text.split('\n');
    expect(lines[0]).toBe('conv2d: killed 3 of 4 wrong kernels (3 mistakes), named 2');
    expect(lines.find(line => line.startsWith('  X1 '))).toMatch(/^ {2}X1 +dx +2 +named$/);
    expect(lines.find(line => line.startsWith('  X19'))).toMatch(/^ {2}X19 +dx +1$/);
    expect(lines.filter(line => line.startsWith('  X3'))).toHaveLength(1);
    const table = lines.filter(line => /^ {2}(mistake|X)/.test(line));
    expect(table.every(line => line.length <= 100)).toBe(true);
    expect(text).toMatch(/alive {2}X3-\S*\s+\(direct\)/);
  });

  test.each([
    ['unknown-operator', ['--op', 'conv9d']],
    ['bad-option', ['--op', 'pad']],
  ])('%s: %j', (code, args) => {
    const run = backproof(['doctor', ...args]);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(`[${code}]`);
  });
});

describe('peer-check', () => {
  test('a client that speaks bp1: 0', () => {
    const run = backproof(['peer-check', '--', 'python3', join(CLIENTS, 'example_conv.py')]);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toMatch(/^ok +handshake/m);
    expect(run.stdout).toContain('It speaks bp1');
  });

  test('a program that does not: 4, and which check failed', () => {
    const files = { 'talks.py': 'print("hello")\n' };
    const run = withFiles(files, folder =>
      backproof(['peer-check', '--format', 'json', '--', 'python3', join(folder, 'talks.py')]),
    );
    expect(run.code).toBe(4);
    const { formatVersion, checks, summary } = JSON.parse(run.stdout);
    expect([formatVersion, checks[0].check, checks[0].passed, summary]).toEqual([
      ...[1, 'handshake', false],
      { passed: 0, failed: 1 },
    ]);
    const none = backproof(['peer-check', '--', 'no-such-program', '--flag']);
    expect(none.code).toBe(4);
    expect(none.stdout).toMatch(/^FAILED +handshake/m);
  });

  test('no command: 2', () => {
    expect(backproof(['peer-check']).code).toBe(2);
    expect(backproof(['peer-check', '--']).code).toBe(2);
    expect(backproof(['peer-check', '--', '']).code).toBe(2);
  });
});
