import { expect, test } from 'vitest';
import { peerCheck } from '../../../src/gate/subject/bp1/peer-check.js';
import { hostile } from './clients/hostile.js';

/** The checks that did not pass, with the messages. */
async function failures(fault: string, hangMs = 20_000): Promise<[string, string][]> {
  const checks = await peerCheck(hostile(fault), { hangMs });
  return checks.filter(one => !one.passed).map(({ check, message }) => [check, message]);
}

test('a client that is never ready fails the handshake, and nothing else is tried', async () => {
  expect(await peerCheck(hostile('exits-at-once'))).toEqual([
    { check: 'handshake', passed: false, message: 'startup: hello: the client exited with code 7' },
  ]);
});

test('a client that answers what it should refuse fails there alone', async () => {
  const wrong = 'it answers ok, where only skip and err are right';
  const checks = await peerCheck(hostile('right'));
  const names = checks.map(one => one.check);
  expect(names).toEqual([
    'handshake',
    'relu f64 forward',
    'relu f64 backward',
    'relu u8 forward',
    'relu u8 backward',
    'an operator that it does not have',
    'scalar operands',
    'operands without cells',
    'a frame of an unknown kind',
    'a run without its fields',
    'a header that is not JSON',
    'a large payload in pieces',
    'bye',
  ]);
  const failed = checks.filter(one => !one.passed);
  expect(failed).toContainEqual({ check: 'scalar operands', passed: false, message: wrong });
  expect(failed).toContainEqual({
    check: 'relu f64 backward',
    passed: false,
    message: 'y was not asked for',
  });
  expect(failed.map(one => one.check)).not.toContain('relu f64 forward');
  expect(failed.map(one => one.check)).not.toContain('bye');
});

test('a client that falls over every run fails every run, with the end of stderr', async () => {
  const failed = await failures('exits');
  const words = `crash: the client exited with code 3; stderr ends: ${'x'.repeat(200)}`;
  expect(failed.slice(0, 2)).toEqual([
    ['relu f64 forward', words],
    ['relu f64 backward', words],
  ]);
  expect(failed.map(([check]) => check)).toContain('bye');
});

test.each([
  ['skip', []],
  ['unsupported', []],
  ['runtime', ['relu f64 forward', 'relu f64 backward', 'relu u8 forward', 'relu u8 backward']],
])('%s as the answer to every run', async (fault, expected) => {
  const failed = (await failures(fault)).map(([check]) => check);
  expect(failed.filter(check => check.startsWith('relu'))).toEqual(expected);
});

test('a client that ignores bye fails that', async () => {
  const failed = await failures('ignores-bye', 1000);
  expect(failed).toContainEqual(['bye', 'it did not end in time: SIGKILL']);
});
