import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { convForward, convInputVjp, convKernelVjp, createEngine } from '../../../src/kernels/index.js';
import { type Case, outputShape } from '../slow-conv.js';
import { integers } from '../values.js';

const ROUNDS = 200;
const layers: readonly Case[] = [
  {
    x: [2, 8, 9, 11],
    w: [12, 8, 3, 3],
    stride: [2, 1],
    dilation: [1, 1],
    padding: [
      [1, 1],
      [0, 2],
    ],
    groups: 1,
  },
  {
    x: [2, 6, 12, 10],
    w: [6, 1, 3, 2],
    stride: [1, 1],
    dilation: [1, 2],
    padding: [
      [2, 0],
      [1, 1],
    ],
    groups: 6,
  },
];

const operandsOf = (it: Case) => ({
  x: integers(it.x, 1, 'float32', 20),
  w: integers(it.w, 2, 'float32', 20),
  yBar: integers(outputShape(it), 3, 'float32', 20),
});

/** Waits until both are there, then computes the same layer again and again, each time into new arrays. */
const program = `
import { workerData, parentPort } from 'node:worker_threads';
import { convForward, convInputVjp, convKernelVjp, createEngine } from './index.ts';
const { it, operands: { x, w, yBar }, rounds, gate } = workerData;
const engine = createEngine('wasm');
const round = () => [
  convForward({ x, w }, it, { engine }),
  convInputVjp(yBar, w, it.x, it, { engine }),
  convKernelVjp(yBar, x, it.w, it, { engine }),
].map(({ data }) => data);
const first = round();
Atomics.add(gate, 0, 1);
while (Atomics.load(gate, 0) < 2) Atomics.wait(gate, 1, 0, 1);
let changed = 0;
for (let k = 0; k < rounds; k++)
  for (const [at, data] of round().entries()) if (data.some((value, cell) => value !== first[at][cell])) changed++;
parentPort.postMessage({ results: first, changed });
`;

interface Answer {
  readonly results: readonly Float32Array[];
  readonly changed: number;
}

const answerOf = (url: URL, workerData: object): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the worker ended without an answer')));
  });

test('two threads at once compute what the plain loops of the main thread compute', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: program,
      resolveDir: fileURLToPath(new URL('../../../src/kernels', import.meta.url)),
      loader: 'js',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const url = new URL(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`,
  );
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const answers = await Promise.all(
    layers.map(it => answerOf(url, { it, operands: operandsOf(it), rounds: ROUNDS, gate })),
  );
  const engine = createEngine('plain');
  for (const [k, it] of layers.entries()) {
    const { x, w, yBar } = operandsOf(it);
    const want = [
      convForward({ x, w }, it, { engine }),
      convInputVjp(yBar, w, it.x, it, { engine }),
      convKernelVjp(yBar, x, it.w, it, { engine }),
    ];
    expect(answers[k]!.results.map(data => [...data])).toEqual(want.map(({ data }) => [...data]));
    expect(answers[k]!.changed).toBe(0);
  }
});
