import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withFolder } from './run.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Says who it is, and then answers no request: what is being asked hangs. */
const SILENT = `import json, os, sys, time
sys.stdin.readline()
ready = {"t": "ready", "id": 0, "pay": 0, "bp": 1, "name": "silent", "version": "1", "lang": "python",
         "declares": {}, "ops": [{"op": "relu", "dtypes": ["f64"]}]}
sys.stdout.write(json.dumps(ready, separators=(",", ":")) + "\\n")
sys.stdout.flush()
sys.stdin.readline()
with open("at-work.part", "w") as file:
    file.write(str(os.getpid()))
os.rename("at-work.part", "at-work")
while True:
    time.sleep(1)
`;

/** Right, and so slow that the signal comes in between. */
const SLOW = `
import { writeFileSync } from 'node:fs';
let calls = 0;
const pause = () => new Promise(resolve => setTimeout(resolve, 50));
const map = (one, f) => ({ ...one, data: one.data.map(f) });
export const kernels = { relu: {
  async forward({ x }) {
    await pause();
    if (++calls === 20) writeFileSync('at-work', '');
    return map(x, v => Math.max(v, 0));
  },
  backward: ({ x }, yBar) => ({ x: map(yBar, (g, k) => (x.data[k] > 0 ? g : 0)) }),
} };`;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

async function isThere(file: string): Promise<void> {
  while (!existsSync(file)) await setTimeout(20);
}

/** Once the kernel is at work, the signals are sent, each after the word that the one before was heard. */
async function run(
  args: readonly string[],
  folder: string,
  signals: readonly NodeJS.Signals[],
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'gate', ...args], { cwd: folder });
  let stdout = '';
  child.stdout.on('data', data => {
    stdout += data;
  });
  const ended = new Promise<Ended>(resolve => {
    child.on('close', code => resolve({ code, stdout }));
  });
  await Promise.race([isThere(join(folder, 'at-work')), ended]);
  const [first, second] = signals;
  if (second)
    child.stderr.on('data', (words: Buffer) => {
      if (words.includes('once more')) child.kill(second);
    });
  child.kill(first);
  return ended;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.each(['SIGINT', 'SIGTERM'] as const)('%s: 3, with what is known by then', async signal => {
  const { code, stdout } = await withFolder({ 'k.mjs': SLOW }, folder =>
    run(['k.mjs', '--format', 'json'], folder, [signal]),
  );
  expect(code).toBe(3);
  const report = JSON.parse(stdout) as { interrupted: boolean; results: { cases: number }[] };
  expect(report.interrupted).toBe(true);
  expect(Math.max(...report.results.map(one => one.cases))).toBeGreaterThan(0);
});

test('a second one ends at once, and no process is left', async () => {
  await withFolder({ 'silent.py': SILENT }, async folder => {
    const ended = await run(['--command', 'python3 silent.py', '--hang', '600'], folder, [
      'SIGINT',
      'SIGINT',
    ]);
    expect(ended).toEqual({ code: 3, stdout: '' });
    const pid = Number(readFileSync(join(folder, 'at-work'), 'utf8'));
    expect(pid).toBeGreaterThan(1);
    while (isAlive(pid)) await setTimeout(20);
  });
});
