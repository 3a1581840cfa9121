/** The clients and example kernels that the package carries, held to the library's kernels. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peerCheck } from '../../../src/gate/subject/bp1/peer-check.js';
import { sampleTensor } from '../../../src/gate/subject/bp1/sample-call.js';
import type { Subject, SubjectCall, WireTensor } from '../../../src/gate/subject/subject.js';
import { WIRE_DTYPES } from '../../../src/gate/subject/wire-arrays.js';
import { createEngine } from '../../../src/kernels/index.js';
import { type FloatTensor, kernelCall } from '../../../src/ops/index.js';
import { callOf, convShape, PATIENT, pair, using } from './calls.js';
import { openedCommand } from './clients/hostile.js';

const clients = fileURLToPath(new URL('../../../src/gate/clients/', import.meta.url));
const python = (name: string) => ['python3', join(clients, 'python', name)];
const works = (...argv: string[]) => spawnSync(argv[0]!, argv.slice(1), { timeout: 100_000 }).status === 0;

const noPython = !works('python3', '--version');
const compiler = process.env.CC ?? 'cc';
const noCompiler = !works(compiler, '--version');
const noTorch = noPython || !works('python3', '-c', 'import torch');

const folder = mkdtempSync(join(tmpdir(), 'backproof-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configuration = fc.record({
  ...convShape,
  groups: fc.integer({ min: 1, max: 3 }),
  padding: fc.tuple(pair(0, 2), pair(0, 2)),
  bias: fc.boolean(),
  dtype: fc.constantFrom('float64', 'float32'),
});
type Configuration = typeof configuration extends fc.Arbitrary<infer C> ? C : never;

/** Whole numbers and halves that are all different from 0: no sum of these tests is rounded. */
function filled(shape: readonly number[], salt: number, dtype: 'float64' | 'float32'): FloatTensor {
  const cells = shape.reduce((count, extent) => count * extent, 1);
  const values = Array.from({ length: cells }, (_, k) => ((k * 7 + salt) % 13) - 6.5);
  return { shape, dtype, data: dtype === 'float64' ? Float64Array.from(values) : Float32Array.from(values) };
}

/** Both passes, with the library's results. */
function passesOf({
  batch,
  perGroup,
  outputsPerGroup,
  groups,
  input,
  kernel,
  bias,
  dtype,
  ...rest
}: Configuration) {
  const params = { ...rest, groups };
  const x = filled([batch, perGroup * groups, ...input], 1, dtype);
  const w = filled([outputsPerGroup * groups, perGroup, ...kernel], 2, dtype);
  const inputs = bias ? { x, w, b: filled([outputsPerGroup * groups], 3, dtype) } : { x, w };
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
  const call = kernelCall('conv2d', shapes, params, createEngine('plain'));
  const y = call.forward(inputs);
  const upstream = filled(y.shape, 4, dtype);
  const entries = Object.keys(inputs).map(name => [`d${name}`, call.vjp(name, upstream, inputs)]);
  const gradients: Record<string, FloatTensor> = Object.fromEntries(entries);
  const run = (pass: 'forward' | 'backward', results: Record<string, WireTensor>) => ({
    call: callOf('conv2d', {
      pass,
      inputs,
      params,
      upstream: pass === 'forward' ? null : upstream,
      want: results,
    }),
    results,
  });
  return [run('forward', { y }), run('backward', gradients)];
}

const cases = (dtypes: readonly string[], seed: number, numRuns: number) =>
  fc
    .sample(configuration, { seed, numRuns: 2 * numRuns })
    .filter(one => dtypes.includes(one.dtype))
    .slice(0, numRuns);

/** Whether a call's results are the library's, bit for bit. */
async function agrees(subject: Subject, { call, results }: { call: SubjectCall; results: unknown }) {
  const answer = await subject.call(call, PATIENT);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return JSON.stringify(answer.outputs) === JSON.stringify(results);
}

async function expectRight(argv: readonly string[], dtypes: readonly string[], seed: number): Promise<void> {
  await using(await openedCommand(argv), async subject => {
    for (const one of cases(dtypes, seed, 25).flatMap(passesOf))
      expect(await agrees(subject, one)).toBe(true);
  });
}

/** Right forward; wrong backward where `shows` says that the fault can be seen, right elsewhere. */
async function expectWrong(argv: readonly string[], seed: number, shows: (one: Configuration) => boolean) {
  const seen: boolean[] = [];
  await using(await openedCommand(argv), async subject => {
    for (const one of cases(['float64'], seed, 25)) {
      const [forward, backward] = passesOf(one) as [Passes, Passes];
      expect(await agrees(subject, forward)).toBe(true);
      const agreed = await agrees(subject, backward);
      if (!shows(one)) expect(agreed).toBe(true);
      seen.push(agreed);
    }
  });
  expect(seen.filter(agreed => !agreed).length).toBeGreaterThan(5);
}
type Passes = ReturnType<typeof passesOf>[number];

async function expectToPass(argv: readonly string[]): Promise<void> {
  const checks = await peerCheck(argv, { hangMs: 60_000, startupMs: 100_000 });
  expect(checks.filter(one => !one.passed)).toEqual([]);
  expect(checks.length).toBeGreaterThan(8);
}

test.each(['python/bp1_client.py', 'c/bp1_client.c', 'c/bp1.h'])('%s has at most 40 lines of 120', name => {
  const lines = readFileSync(join(clients, name), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(120);
});

test('nothing else is shipped', () => {
  expect(readdirSync(join(clients, 'c')).sort()).toEqual([
    'bp1.h',
    'bp1_client.c',
    'example_conv.c',
    'example_conv_wrong.c',
  ]);
});

describe.skipIf(noPython)('Python (skipped where there is no python3)', () => {
  test('example_conv.py is right', () => expectRight(python('example_conv.py'), ['float64', 'float32'], 51));
  test('example_conv_wrong.py is wrong where padding is not symmetric', () =>
    expectWrong(python('example_conv_wrong.py'), 52, one =>
      one.padding.some(([before, after]) => before !== after),
    ));
  test('example_conv.py bears the conversation', () => expectToPass(python('example_conv.py')));

  /** relu and tanh give back what they get, in every element type; what is printed must not harm. */
  const echo = `
import sys
sys.path.insert(0, ${JSON.stringify(join(clients, 'python'))})
import bp1_client, os
def forward(inputs, params):
    print("printed")
    os.system("echo printed by a child")
    if params: raise NotImplementedError("no parameters")
    return inputs["x"]
def backward(inputs, upstream, params):
    if upstream.shape == (0,) or list(upstream.shape) == [0]: raise MemoryError("none left")
    return {"x": upstream}
dtypes = ["f64", "f32", "f16", "bf16", "i32", "u8", "bool"]
bp1_client.serve({"relu": {"forward": forward, "backward": backward, "dtypes": dtypes}}, name="echo", version="1")
`;
  // -S leaves site packages, and so numpy, out.
  test.each([[['-S']], [[]]])('python3 %j: every element type, shape and error', async options => {
    const script = join(folder, 'echo.py');
    writeFileSync(script, echo);
    await using(await openedCommand(['python3', ...options, script]), async subject => {
      expect(subject.offers.get('relu')!.declares.dtypes).toEqual(WIRE_DTYPES);
      for (const dtype of WIRE_DTYPES) {
        for (const shape of [[], [1], [2, 0], [2, 3]]) {
          const x = sampleTensor(shape, dtype);
          const want = { y: { shape, dtype }, dx: { shape, dtype } };
          const answer = await subject.call(callOf('relu', { inputs: { x }, want }), PATIENT);
          expect(answer).toMatchObject({ kind: 'ok', outputs: { y: x } });
          const back = callOf('relu', { inputs: { x }, want, pass: 'backward', upstream: x });
          expect(await subject.call(back, PATIENT)).toMatchObject({ kind: 'ok', outputs: { dx: x } });
        }
      }
      const large = sampleTensor([500, 1001], 'float64');
      const want = { y: { shape: large.shape, dtype: large.dtype } };
      const whole = await subject.call(callOf('relu', { inputs: { x: large }, want }), PATIENT);
      if (whole.kind !== 'ok') throw new Error(JSON.stringify(whole));
      expect(Buffer.from(whole.outputs.y!.data.buffer).equals(Buffer.from(large.data.buffer))).toBe(true);
      const refusing = await subject.call(callOf('relu', { params: { a: 1 } }), PATIENT);
      expect(refusing).toEqual({ kind: 'skip', why: 'no parameters' });
      const empty = sampleTensor([0], 'float64');
      const failing = callOf('relu', { pass: 'backward', upstream: empty });
      const answer = await subject.call(failing, PATIENT);
      expect(answer).toMatchObject({ kind: 'fault', fault: 'crash' });
      if (answer.kind !== 'fault') throw new Error('no fault');
      expect(answer.message).toContain('MemoryError: none left');
      expect(answer.stderr).toContain('printed by a child\n');
    });
  });
});

describe.skipIf(noCompiler)('C (skipped where there is no cc)', () => {
  const built = (name: string) => join(folder, name);
  beforeAll(() => {
    for (const name of ['example_conv', 'example_conv_wrong']) {
      const sources = [`${name}.c`, 'bp1_client.c'].map(file => join(clients, 'c', file));
      const strict = ['-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror', '-O2'];
      const { stderr, status } = spawnSync(compiler, [...strict, '-o', built(name), ...sources], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    }
  });
  test('example_conv.c is right', () => expectRight([built('example_conv')], ['float64'], 53));
  test('example_conv_wrong.c is wrong where strides differ', () =>
    expectWrong([built('example_conv_wrong')], 54, one => one.stride[0] !== one.stride[1]));
  test('example_conv.c bears the conversation', () => expectToPass([built('example_conv')]));
});

describe.skipIf(noTorch)('torch (skipped where python3 has none)', () => {
  test('example_torch.py is right', () =>
    expectRight(python('example_torch.py'), ['float64', 'float32'], 55));
  test('example_torch.py bears the conversation', () => expectToPass(python('example_torch.py')));
});
