/** The matcher in a real run of vitest, as a project that has installed the package runs it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SUITE = `
import { expect, test } from 'vitest';
import 'backproof/vitest';
const map = (one: any, f: (v: number, k: number) => number) => ({ ...one, data: one.data.map(f) });
const relu = (slope: number) => ({
  forward: ({ x }: any) => map(x, v => Math.max(v, 0)),
  backward: ({ x }: any, yBar: any) => ({ x: map(yBar, (g, k) => (x.data[k] > 0 ? g : g * slope)) }),
});
const options = { cases: 0 };
test('right', () => expect(relu(0)).toMatchGradientOf('relu', options));
test('wrong', () => expect(relu(0.01)).toMatchGradientOf('relu', options));
test('not wrong', () => expect(relu(0.01)).not.toMatchGradientOf('relu', options));
test('not right', () => expect(relu(0)).not.toMatchGradientOf('relu', options));
test('not judged', () => expect({ command: ['no-such-program'] }).not.toMatchGradientOf('relu', options));
`;

/** With types: the augmentation is part of what is promised. */
const TYPED = `
import { expect } from 'vitest';
import 'backproof/vitest';
const matched: Promise<unknown> = expect('./k.mjs').toMatchGradientOf('conv2d', { seed: 1 });
// @ts-expect-error an operator is a name
const wrong = expect('./k.mjs').toMatchGradientOf(7);
export { matched, wrong };
`;

const folder = mkdtempSync(join(tmpdir(), 'backproof-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** node_modules with the package and vitest as links. */
function project(): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'backproof'));
  for (const name of ['vitest', '@vitest', '@types', 'vite'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'suite.test.ts'), SUITE);
  writeFileSync(join(folder, 'typed.ts'), TYPED);
}

test('a right kernel passes, a wrong one fails with its diagnosis, and not is the other way round', () => {
  project();
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const report = join(folder, 'report.json');
  const args = ['run', '--testTimeout', '100000', '--reporter', 'json', '--outputFile', report];
  spawnSync(process.execPath, [vitest, ...args], { cwd: folder });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const all = testResults[0]!.assertionResults;
  expect(all.map(one => [one.title, one.status])).toEqual([
    ['right', 'passed'],
    ['wrong', 'failed'],
    ['not wrong', 'passed'],
    ['not right', 'failed'],
    ['not judged', 'failed'],
  ]);
  const messages = all.map(one => one.failureMessages.join('\n'));
  expect(messages[1]).toContain('mismatch: relu dx');
  expect(messages[3]).toContain('they are verified');
  expect(messages[4]).toContain('gradient-not-verified');
});

test('the matcher has its type', () => {
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  const flags = '--noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node typed.ts';
  const { status, stdout } = spawnSync(tsc, flags.split(' '), { cwd: folder, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});
