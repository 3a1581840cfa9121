import { describe, expect, test } from 'vitest';
import { createEngine, type Engine, type FloatDType } from '../../../src/kernels/index.js';
import type { Case } from '../slow-conv.js';
import { cells, integers } from '../values.js';
import { convPasses, densePasses, difference, operandsOf, type Pass, transposedPasses } from './passes.js';

const MEGABYTE = 2 ** 20;

const small: Case = { x: [2, 4, 5], w: [6, 2, 2], stride: [2], dilation: [1], padding: [[1, 0]], groups: 2 };
const depthwise: Case = { ...small, x: [1, 2, 9], w: [2, 1, 3], stride: [1] };

/** Calls of all passes in both element types, ready to be made again and again. */
const calls = ([...convPasses(small), ...convPasses(depthwise), ...densePasses([3, 4, 5])] satisfies Pass[])
  .concat(transposedPasses({ ...small, x: [2, 6, 3], outputPadding: [1] }))
  .flatMap(pass =>
    (['float64', 'float32'] as const).map((dtype: FloatDType) => {
      const operands = operandsOf(pass, (shape, salt) => integers(shape, salt, dtype, 20));
      return { pass, run: (engine: Engine) => pass.run(operands, { engine }) };
    }),
  );
const wanted = calls.map(({ run }) => run(createEngine('plain')));

describe.each(['wasm', 'tiled'] as const)('memory of an engine: %s', kind => {
  test('100,000 small calls take no more than the first round', () => {
    const engine = createEngine(kind);
    for (const { run } of calls) run(engine);
    const held = engine.held();
    expect(held).toBeGreaterThan(0);
    for (let count = 0; count < 100_000; count++) calls[count % calls.length]!.run(engine);
    expect(engine.held()).toBe(held);
    for (const [k, { run }] of calls.entries()) expect(difference(run(engine), wanted[k]!)).toBeNull();
  });

  test('release gives all back, and the engine computes the same again', () => {
    const engine = createEngine(kind);
    expect(engine.held()).toBe(0);
    for (let round = 0; round < 3; round++) {
      for (const [k, { run }] of calls.entries()) expect(difference(run(engine), wanted[k]!)).toBeNull();
      expect(engine.held()).toBeGreaterThan(0);
      engine.release();
      expect(engine.held()).toBe(0);
    }
  });

  test('two engines share no memory', () => {
    const [one, other] = [createEngine(kind), createEngine(kind)];
    const [a, b] = [one, other].map(engine => engine.machine('float64')!.reserve(10, 10));
    a!.floats.fill(1);
    b!.floats.fill(2);
    expect(a!.floats.buffer).not.toBe(b!.floats.buffer);
    expect([...a!.floats.subarray(0, 10)]).toEqual(new Array(10).fill(1));
    one.release();
    expect([one.held(), other.held() > 0]).toEqual([0, true]);
  });

  const wide: Case = {
    x: [1, 16, 500, 400],
    w: [4, 16, 7, 7],
    stride: [3, 2],
    dilation: [1, 1],
    padding: [
      [3, 3],
      [3, 3],
    ],
    groups: 1,
  };
  test.each(convPasses(wide).map(pass => [pass.name, pass] as const))(
    'the scratch of a large image stays below 16 MB: %s',
    (_, pass) => {
      const engine = createEngine(kind);
      const operands = operandsOf(pass, (shape, salt) => integers(shape, salt, 'float32', 5));
      pass.run(operands, { engine });
      // The columns of an unrolled image would be 49 times as many as its cells, over its strides.
      const unrolled = (cells(wide.x) * 49 * 4) / 6;
      expect(unrolled).toBeGreaterThan(90 * MEGABYTE);
      expect(engine.held()).toBeLessThan(16 * MEGABYTE + cells(wide.w) * 8);
      expect(engine.held()).toBeGreaterThan(0);
    },
  );
});

/** Two far taps that meet at the corners of an input as small as can be. */
const far = (reach: number, rank: number, channels: number): Case => ({
  x: [1, 1, ...new Array<number>(rank).fill(2)],
  w: [channels, 1, ...new Array<number>(rank).fill(2)],
  stride: new Array<number>(rank).fill(reach),
  dilation: new Array<number>(rank).fill(reach),
  padding: new Array<readonly [number, number]>(rank).fill([reach, reach]),
  groups: 1,
});

describe.each(['wasm', 'tiled'] as const)('far taps over small inputs: %s', kind => {
  // Laid out with their padding, these would take more than 512 MiB.
  test.each([
    [10 ** 9, 1, 1],
    [10 ** 8, 1, 5],
    [10 ** 5, 2, 1],
    [10 ** 5, 2, 5],
    [10 ** 3, 3, 1],
    [10 ** 3, 3, 5],
  ] as const)('are left to the plain loops: reach %i, rank %i, %i channels', (reach, rank, channels) => {
    const engine = createEngine(kind);
    const [forward, , toW] = convPasses(far(reach, rank, channels));
    for (const pass of [forward!, toW!]) {
      const operands = operandsOf(pass, (shape, salt) => integers(shape, salt, 'float64', 20));
      const want = pass.run(operands, { engine: createEngine('plain') });
      expect(difference(pass.run(operands, { engine }), want)).toBeNull();
      expect([pass.name, engine.held()]).toEqual([pass.name, 0]);
    }
  });

  test.each([1, 5])('a dilation of ten million takes less than 512 MiB: %i channels', channels => {
    const engine = createEngine(kind);
    for (const pass of convPasses(far(10 ** 7, 1, channels))) {
      const operands = operandsOf(pass, (shape, salt) => integers(shape, salt, 'float32', 20));
      const want = pass.run(operands, { engine: createEngine('plain') });
      expect(difference(pass.run(operands, { engine }), want)).toBeNull();
      expect(engine.held()).toBeLessThan(512 * MEGABYTE);
    }
  });
});

test.each([
  ['wasm', 2 ** 29],
  ['tiled', 2 ** 54],
] as const)(
  'a %s machine that gets no memory says so, and the call goes to the plain loops',
  (kind, elements) => {
    const engine = createEngine(kind);
    const machine = engine.machine('float64')!;
    expect(machine.reserve(elements, 1)).toBeNull();
    const refusing = { ...engine, machine: () => ({ ...machine, reserve: () => null }) };
    for (const [k, { run }] of calls.entries()) expect(difference(run(refusing), wanted[k]!)).toBeNull();
  },
);
