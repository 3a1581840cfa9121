/** The subject as the package carries it: bundled, minified, away from its sources. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callOf, modulePath } from './calls.js';

const source = (name: string) => fileURLToPath(new URL(`../../../src/gate/subject/${name}`, import.meta.url));

test('worker-text.ts is worker.ts as it stands (npm run worker)', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [source('bundle-worker.mjs'), '--print']);
  expect(readFileSync(source('worker-text.ts'), 'utf8')).toBe(stdout);
});

const script = `
const [bundle, call, forgotten, ...paths] = process.argv.slice(1);
const { openModule } = await import(bundle);
const subjects = await Promise.all(paths.map(path => openModule(path)));
const one = JSON.parse(call);
one.inputs.x.data = Float64Array.of(1, 2, 3);
const answers = [];
for (const [k, subject] of subjects.entries()) {
  answers.push(await subject.call(one, { hangMs: k === 1 ? 300 : 60000 }));
  if (k >= Number(forgotten)) await subject.close();
}
console.log(JSON.stringify(answers.map(({ kind, fault }) => [kind, fault])));
`;

/** In a process of its own, which must end by itself. */
async function run(bundle: string, forgotten: number, flags: readonly string[]) {
  const modules = ['default-export', 'endless', 'prints'].map(name => modulePath(`${name}.mjs`));
  const call = JSON.stringify(callOf('relu'));
  const args = [...flags, '--input-type=module', '-e', script, bundle, call, String(forgotten), ...modules];
  return promisify(execFile)(process.execPath, args, { timeout: 30_000 });
}

describe('bundled as the library is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'backproof-'));
  const outfile = join(folder, 'subject.mjs');
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    await build({
      entryPoints: [source('module.ts')],
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      minify: true,
      outfile,
    });
  });
  const verdicts = '[["ok",null],["fault","hang"],["ok",null]]\n';

  test('it answers, and nothing that a kernel prints is printed', async () => {
    const preload = ['--import', 'data:text/javascript,console.log("loaded before")'];
    const { stdout, stderr } = await run(outfile, 0, preload);
    expect(stdout).toBe(`loaded before\n${verdicts}`);
    expect(stderr).toBe('');
  });

  test('subjects that nobody closes do not keep the process alive', async () => {
    expect((await run(outfile, 3, [])).stdout).toBe(verdicts);
  });
});
