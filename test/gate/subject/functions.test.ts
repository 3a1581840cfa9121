/** What is the same for kernels of a module and of this thread. */
import { describe, expect, test, vi } from 'vitest';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import type { ModuleKernels } from '../../../src/gate/subject/kernels.js';
import { RESULTS, type Subject } from '../../../src/gate/subject/subject.js';
import { callOf, float64, HURRIED, modulePath, opened, PATIENT, using, vector } from './calls.js';

const here = async (name: string): Promise<Subject> => {
  const { kernels } = (await import(modulePath(name))) as { kernels: ModuleKernels };
  return openFunctions(kernels, name);
};

const homes: readonly [home: string, open: (name: string) => Promise<Subject>][] = [
  ['in a worker', opened],
  ['in this thread', here],
];

const inputs = { x: vector(1, 2, 3), w: vector(4, 5) };

const writing: readonly [how: string, mutated: readonly string[]][] = [
  ['x', ['x']],
  ['w', ['w']],
  ['shape', ['x']],
  ['before', ['x']],
  ['after', ['w']],
  ['detached', ['x']],
  ['replaced', ['x']],
  ['swapped', ['x']],
  ['added', ['cache']],
  ['removed', ['w']],
  ['params', ['params']],
  ['padding', ['params']],
  ['nothing', []],
];

const nonsense: readonly [how: string, pass: 'forward' | 'backward', says: string][] = [
  [
    'nothing',
    'forward',
    'mse forward: it returned no tensor; expected a tensor { shape, data, dtype }, got undefined',
  ],
  ['promise of nothing', 'forward', 'got a Promise of undefined'],
  ['promise of text', 'backward', 'got a Promise of "done"'],
  ['null', 'forward', 'got null'],
  ['number', 'backward', 'mse backward: it returned no record'],
  ['array', 'forward', 'got a Float64Array of 3'],
  ['list', 'backward', 'got a list of 2'],
  ['function', 'forward', 'got a function'],
  ['no dtype', 'forward', 'the dtype of the tensor is unknown'],
  ['other dtype', 'forward', 'got "f64"'],
  ['plain data', 'forward', 'expected a Float64Array, got a list of 2'],
  ['other kind', 'forward', 'expected a Float64Array, got a Float32Array of 2'],
  ['too short', 'forward', 'the data does not fill shape [2,2]; expected 4 values, got 3'],
  ['no shape', 'forward', 'the shape of the tensor is no list'],
  ['bad shape', 'forward', 'axis 0 is not an extent in [1.5,2]'],
  ['bad gradient', 'backward', 'mse backward: x: it is no tensor'],
  ['other name', 'backward', 'it returned a name that is no input'],
];

describe.each(homes)('%s', (_, open) => {
  test('writes to what was given are seen, wherever they go', async () => {
    await using(await open('writes.mjs'), async subject => {
      for (const [how, mutated] of writing) {
        const params = { how, stride: [1, 1], padding: [[0, 0] as const, [1, 1] as const] };
        const answer = await subject.call(callOf('conv2d', { inputs, params }), PATIENT);
        expect({ how, ...answer }).toMatchObject({ how, kind: 'ok', mutated });
      }
      const answer = await subject.call(callOf('conv2d', { pass: 'backward', inputs }), PATIENT);
      expect(answer).toMatchObject({ mutated: ['upstream'] });
    });
    expect(inputs).toEqual({ x: vector(1, 2, 3), w: vector(4, 5) });
  });

  test('what is no tensor is a protocol fault', async () => {
    await using(await open('nonsense.mjs'), async subject => {
      for (const [how, pass, says] of nonsense) {
        const answer = await subject.call(callOf('mse', { pass, params: { how } }), PATIENT);
        const message = expect.stringContaining(says);
        expect({ how, ...answer }).toEqual({ how, kind: 'fault', fault: 'protocol', message, stderr: '' });
      }
    });
  });

  test('what is in order comes as it is', async () => {
    await using(await open('nonsense.mjs'), async subject => {
      const both = { x: float64([1, 2], [-0, Number.NaN]), target: vector(1) };
      const call = (how: string, pass: 'forward' | 'backward') =>
        subject.call(callOf('mse', { pass, inputs: both, params: { how } }), PATIENT);
      expect(await call('right tensor', 'forward')).toMatchObject({ outputs: { y: both.x } });
      const onlyX = { kind: 'ok', outputs: { dx: both.x }, mutated: [], nanoseconds: null };
      expect(await call('right gradients', 'backward')).toEqual(onlyX);
      expect(await call('gradient to a target', 'backward')).toEqual(onlyX);
    });
  });

  test('out is given where the call has one, and read where nothing is returned', async () => {
    await using(await open('arguments.mjs'), async subject => {
      const call = (changes: Parameters<typeof callOf>[1]) => subject.call(callOf('relu', changes), PATIENT);
      const [y, dx] = RESULTS.map(() => vector(-1, -1));
      const given = { out: { y: y!, dx: dx! } };
      expect(await call({ inputs })).toMatchObject({ outputs: { y: vector(2, 64, 72) } });
      expect(await call(given)).toMatchObject({ outputs: { y: vector(4, 4) }, mutated: [] });
      const upstream = vector(8, 9);
      const pass = 'backward';
      expect(await call({ pass, upstream })).toMatchObject({ outputs: { dx: vector(3, 8, 9) } });
      expect(await call({ pass, upstream, out: { dx: dx! } })).toMatchObject({
        outputs: { dx: vector(5, 5) },
        mutated: [],
      });
      for (const place of [13, 14]) {
        const outside = await call({ pass, upstream, out: { dx: dx! }, inputs: { x: vector(place) } });
        expect(outside).toMatchObject({ outputs: { dx: vector(5, 5) }, mutated: ['out.dx'] });
      }
      expect(dx).toEqual(vector(-1, -1));
    });
  });

  test('an error and unsupported', async () => {
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    await using(await open('throws.mjs'), async subject => {
      const answer = await subject.call(callOf('relu'), PATIENT);
      expect(answer).toMatchObject({
        fault: 'crash',
        message: expect.stringMatching(
          /^RangeError: no idea [^\n]+\n[^\n]+throws\.mjs:\d+:\d+\)\n[^\n]+throws\.mjs:\d+:\d+\)$/u,
        ),
      });
    });
    await using(await open('unsupported.mjs'), async subject => {
      expect(await subject.call(callOf('relu'), PATIENT)).toEqual({ kind: 'skip', why: 'no float32 here' });
    });
    printed.mockRestore();
  });

  test('strides and views reach the kernel, and may not come back', async () => {
    await using(await open('arguments.mjs'), async subject => {
      const data = new Float64Array(1000).subarray(10, 14).fill(6);
      const x = { shape: [2, 3], data, dtype: 'float64', strides: [1, 0], offset: 2 } as const;
      const seen = await subject.call(callOf('tanh', { inputs: { x } }), PATIENT);
      expect(seen).toMatchObject({ outputs: { y: vector(6, 6, 6, 6, 1, 0, 2) }, mutated: [] });
      const back = await subject.call(callOf('sigmoid', { inputs: { x } }), PATIENT);
      const message = expect.stringContaining('a dense tensor in C order');
      expect(back).toMatchObject({ kind: 'fault', fault: 'protocol', message });
    });
  });
});

test('in this thread, a Promise that does not settle is a hang', async () => {
  const subject = await here('never-settles.mjs');
  expect(await subject.call(callOf('relu'), HURRIED)).toMatchObject({ kind: 'fault', fault: 'hang' });
});

test.each([
  [{ conv2: { forward: () => null } }, 'kernel-module-operator'],
  [{ relu: { forward: () => null, declares: { ties: 'one' } } }, 'bad-declares'],
  [{}, 'kernel-module-shape'],
])('functions that are no kernels: %j', (kernels, code) => {
  expect(() => openFunctions(kernels, 'mine')).toThrow(expect.objectContaining({ code }));
});
