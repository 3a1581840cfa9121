import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from './files.js';

test('the lock file names no host', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "(?!file:)/u);
});

test('the package holds what was built, the theorems, the demo, the clients, README and LICENSE', async () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: root });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  const expected =
    /^(?:dist\/.+\.(?:js|d\.ts|wasm)|dist\/vectors\.schema\.json|proofs\/.+\.md|src\/cli\/demo\/.+|src\/gate\/clients\/.+\.(?:py|c|h)|README\.md|LICENSE|package\.json)$/u;
  expect(paths.filter(path => !expected.test(path))).toEqual([]);
  expect(paths).toContain('LICENSE');
}, 30_000);
