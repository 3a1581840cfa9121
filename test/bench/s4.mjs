// S4: start-up. Wall time of fresh processes over a bare `node -e 0`, spawns interleaved.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, printLine, printSkipped } from './harness.mjs';
import { equationCount, notes } from './s4-notes.mjs';

const suite = 's4';
const runs = 21;
const cwd = fileURLToPath(new URL('../../', import.meta.url));
const hook = fileURLToPath(new URL('./cpu-at-exit.cjs', import.meta.url));
const command = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).bin.backproof;
const importing = name => ['--input-type=module', '-e', `import '${name}'`];

/** Loads the kernels and runs one in WebAssembly; its answer is checked. */
const firstConvolution = `
  import { convForward, createEngine } from 'backproof/kernels';
  const ones = shape => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b)).fill(1), dtype: 'float32' });
  const geometry = { stride: [1, 1], dilation: [1, 1], padding: [[1, 1], [1, 1]], groups: 1 };
  const operands = { x: ones([1, 3, 32, 32]), w: ones([16, 3, 3, 3]) };
  const y = convForward(operands, geometry, { engine: createEngine('wasm') });
  if (y.data[0] !== 12 || y.data[33] !== 27) throw new Error('wrong answer');`;

function spawnNode(args) {
  const start = performance.now();
  const child = spawnSync(process.execPath, ['-r', hook, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const wall_ms = performance.now() - start;
  const { user = 0, system = 0 } = child.output[3] ? JSON.parse(child.output[3]) : {};
  return { ...child, wall_ms, cpu_ms: (user + system) / 1000 };
}

const complaint = text => text.match(/^.*Error.*$/m)?.[0] ?? text.trim();
const exits0 = ({ status, stderr }) => (status === 0 ? null : `exit ${status}: ${complaint(stderr)}`);

/** A run of `check` counts only when it judged every equation of the file, and judged it right. */
function judgesAll(file) {
  const child = spawnNode([command, 'check', file, '--format', 'json']);
  const failure = exits0(child);
  if (failure) return failure;
  const { equations, correct } = JSON.parse(child.stdout).files[0].summary;
  const got = `${correct} of ${equations} equations correct`;
  return equations === equationCount && correct === equationCount
    ? null
    : `${got}, expected ${equationCount}`;
}

function makeCases(file) {
  const bare = { name: 'node -e 0', system: 'node', args: ['-e', '0'] };
  const peers = ['fast-check', 'mathjs'].map(peer => ({
    name: `import '${peer}'`,
    system: peer,
    args: importing(peer),
  }));
  const ours = [
    { name: "import 'backproof'", args: importing('backproof') },
    { name: 'first WASM convolution', args: ['--input-type=module', '-e', firstConvolution] },
    { name: 'backproof --version', args: [command, '--version'] },
    {
      name: `backproof check, ${equationCount} equations`,
      args: [command, 'check', file],
      judge: () => judgesAll(file),
    },
  ];
  return [bare, ...peers, ...ours.map(entry => ({ system: 'backproof', ...entry }))];
}

function sampleAll(cases) {
  const samples = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < runs; round += 1) {
    for (const { name, args } of cases) samples.get(name).push(spawnNode(args));
  }
  const of = (name, key) => median(samples.get(name).map(sample => sample[key]));
  return cases.map(entry => ({
    ...entry,
    median_ms: of(entry.name, 'wall_ms'),
    cpu_ms: of(entry.name, 'cpu_ms'),
  }));
}

export async function run() {
  console.error(`${suite} start-up: ${runs} interleaved spawns of each`);
  const folder = mkdtempSync(join(tmpdir(), 'backproof-bench-'));
  try {
    const file = join(folder, 'notes.md');
    writeFileSync(file, notes);
    const judged = makeCases(file).map(entry => ({
      ...entry,
      reason: entry.judge?.() ?? exits0(spawnNode(entry.args)), // and the first spawn warms the disk cache
    }));
    for (const { name, system, reason } of judged) {
      if (reason) printSkipped({ suite, name, system, reason });
    }
    const timed = sampleAll(judged.filter(({ reason }) => !reason));
    const bare = timed[0];
    for (const { name, system, median_ms, cpu_ms } of timed) {
      const over_ms = Number((median_ms - bare.median_ms).toFixed(1));
      printLine({ suite, name, system, median_ms, cpu_ms, runs, ratio: bare.cpu_ms / cpu_ms, over_ms });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
