/** Subjects behind a command, bundled and in a process of its own, which ends by itself only if nothing is left open. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostile, isAlive, reluCall, remembered, withMemory } from './clients/hostile.js';

const folder = mkdtempSync(join(tmpdir(), 'backproof-'));
const outfile = join(folder, 'command.mjs');

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../../src/gate/subject/command.ts', import.meta.url));
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external' } as const;
  await build({ entryPoints: [entry], outfile, ...options });
});
afterAll(() => rmSync(folder, { recursive: true }));

const opens = `
const listeners = process.listenerCount('exit');
const { openCommand } = await import(process.argv[1]);
const call = JSON.parse(process.argv[2]);
call.inputs.x.data = Float64Array.of(1, 2, 3);
const subject = await openCommand(process.argv.slice(3));
const kinds = [(await subject.call(call, { hangMs: 2000 })).kind];
`;
const closes = `
await new Promise(resolve => setTimeout(resolve, 200));
await subject.close();
// Node closes the handle of a process in a later turn.
for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
const left = process.getActiveResourcesInfo().filter(name => /Process|Timeout/.test(name));
console.log(JSON.stringify([...kinds, process.listenerCount('exit') - listeners, left]));
`;

const run = (script: string, argv: readonly string[]) =>
  promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, outfile, JSON.stringify(reluCall), ...argv],
    { timeout: 60_000 },
  );

test.each([
  ['right', 'ok'],
  ['ignores-bye', 'ok'],
  ['late-noise', 'ok'],
  ['hangs', 'fault'],
  ['closes-stdout', 'fault'],
])('%s: after close there is neither process, timer nor listener', async (fault, kind) => {
  expect((await run(opens + closes, hostile(fault))).stdout).toBe(`["${kind}",0,[]]\n`);
});

test.each([
  ['a process that exits', 'process.exit(0);'],
  ['a process that throws', "throw new Error('on purpose');"],
])('%s without close takes its client along', async (_, end) => {
  await withMemory(async memory => {
    const ended = run(`${opens}${end}`, hostile('leaves-a-child', memory)).catch(error => error);
    await ended;
    const children = remembered(memory).match(/\d+/g)!.map(Number);
    await expect.poll(() => children.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });
});
