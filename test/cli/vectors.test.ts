import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pinnedPath, pinnedText } from '../gate/vectors/cases.js';
import { backproof, withFiles } from './run.js';

const [first, second] = pinnedText('conv1d').split('\n') as [string, string];

describe('vectors OP', () => {
  test('writes the same bytes for the same seed, to stdout or a file, one case a line', () => {
    const run = backproof(['vectors', 'conv1d', '--count', '3', '--seed', '5']);
    expect([run.code, run.stderr]).toEqual([0, '']);
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line).id)).toEqual(['conv1d-5-001', 'conv1d-5-002', 'conv1d-5-003']);
    withFiles({}, folder => {
      const output = join(folder, 'v.jsonl');
      const quiet = backproof(['vectors', 'conv1d', '--count', '3', '--seed', '5', '--output', output]);
      expect([quiet.code, quiet.stdout]).toEqual([0, '']);
      expect(readFileSync(output, 'utf8')).toBe(run.stdout);
    });
  });

  test('writes ten cases of seed 1 unless told otherwise, and they verify', () => {
    const { stdout } = backproof(['vectors', 'pad']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(10);
    expect(stdout).toContain('"id":"pad-1-010"');
    expect(backproof(['vectors', 'verify', '-'], stdout).code).toBe(0);
  });

  test.each([
    ['unknown-operator', ['conv9d']],
    ['bad-count', ['conv1d', '--count', '0']],
    ['bad-count', ['conv1d', '--count', '9999999999']],
    ['bad-option', ['conv1d', '--count', '-1']],
    ['bad-option', ['conv1d', '--seed', '1.5']],
    ['bad-option', ['conv1d', '--format', 'json']],
    ['bad-option', ['conv1d', 'file.jsonl']],
    ['bad-option', ['verify']],
    ['bad-option', ['verify', pinnedPath('conv1d'), '--seed', '1']],
    ['bad-option', ['verify', pinnedPath('conv1d'), '--format', 'jsonl']],
    ['missing-file', ['verify', 'no-such-file.jsonl']],
  ])('%s: %j', (code, args) => {
    const run = backproof(['vectors', ...args]);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(`[${code}]`);
  });
});

describe('vectors verify FILE', () => {
  const json = (text: string) => {
    const { code, stdout, stderr } = backproof(['vectors', 'verify', '-', '--format', 'json'], text);
    return { code, stderr, report: stdout === '' ? null : JSON.parse(stdout) };
  };

  test('all agreed: 0, with the promised fields', () => {
    const { code, report } = json(`${first}\n${second}\n`);
    expect(code).toBe(0);
    expect(report).toEqual({ formatVersion: 1, file: '-', cases: 2, agreed: 2, failed: [], unsupported: [] });
  });

  test('a difference: 1, with tensor, cell and both values', () => {
    const wrong = { ...JSON.parse(first), id: 'wrong' };
    wrong.outputs.y.data[1] += 1;
    wrong.grads.x.data[0] = 'NaN';
    const { code, report } = json(`${first}\n${JSON.stringify(wrong)}\n`);
    expect(code).toBe(1);
    expect(report).toMatchObject({ cases: 2, agreed: 1 });
    const y = { id: 'wrong', tensor: 'y', index: [0, 0, 1], expected: wrong.outputs.y.data[1] };
    const dx = { id: 'wrong', tensor: 'dx', index: [0, 0, 0], expected: 'NaN' };
    expect(report.failed).toEqual([
      { ...y, got: wrong.outputs.y.data[1] - 1 },
      { ...dx, got: JSON.parse(first).grads.x.data[0] },
    ]);
    const pretty = backproof(['vectors', 'verify', '-'], `${JSON.stringify(wrong)}\n`);
    expect(pretty.code).toBe(1);
    expect(pretty.stdout).toContain('FAILED wrong: y[0,0,1]');
    expect(pretty.stdout).toContain('1 case: 0 agreed, 1 failed, 0 unsupported');
  });

  test('no case: 3; a case that cannot be judged: 3', () => {
    expect(json('').code).toBe(3);
    const half = first.replaceAll('float64', 'float16').replace('"id":"', '"id":"half-');
    const { code, report } = json(`${first}\n${half}\n`);
    expect([code, report.agreed, report.unsupported.length]).toEqual([3, 1, 1]);
  });

  test('an unreadable line: 2, with its number', () => {
    const { code, stderr, report } = json(`${first}\n${second.slice(0, 300)}\n`);
    expect([code, report]).toEqual([2, null]);
    expect(stderr).toContain('-, line 2: the line is not JSON');
    expect(backproof(['vectors', 'verify', '-'], Uint8Array.of(0, 1, 2)).code).toBe(2);
  });
});
