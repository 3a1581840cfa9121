import { afterEach, describe, expect, test, vi } from 'vitest';
import { memo } from '../../../src/kernels/engine/memo.js';
import { convForward, createEngine, matmulKernel, sharedEngine } from '../../../src/kernels/index.js';
import { integers } from '../values.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('choosing an engine', () => {
  test('auto takes WebAssembly where it has vectors, else plain TypeScript', () => {
    expect(createEngine().kind).toBe('wasm');
    expect(createEngine('auto').kind).toBe('wasm');
    vi.stubGlobal('WebAssembly', undefined);
    expect(createEngine().kind).toBe('tiled');
    vi.stubGlobal('WebAssembly', { validate: () => false });
    expect(createEngine('auto').kind).toBe('tiled');
  });

  test('a kind by name is that kind, or an error', () => {
    for (const kind of ['wasm', 'tiled', 'plain'] as const) expect(createEngine(kind).kind).toBe(kind);
    const unknown = () => createEngine('gpu' as 'wasm');
    expect(unknown).toThrow(expect.objectContaining({ code: 'unknown-engine', data: { choice: 'gpu' } }));
    vi.stubGlobal('WebAssembly', undefined);
    expect(() => createEngine('wasm')).toThrow(expect.objectContaining({ code: 'no-wasm-vectors' }));
    expect(createEngine('tiled').kind).toBe('tiled');
  });

  test('auto leaves small calls to the plain loops; a kind by name takes them', () => {
    const square = (extent: number) => integers([extent, extent], 1, 'float64');
    const line = { stride: [1], dilation: [1], padding: [[0, 0] as const], groups: 1 };
    const calls = [
      (extent: number) => (engine: ReturnType<typeof createEngine>) =>
        matmulKernel(square(extent), square(extent), { engine }),
      (extent: number) => (engine: ReturnType<typeof createEngine>) =>
        convForward(
          {
            x: integers([1, extent, extent], 1, 'float64'),
            w: integers([extent, extent, 1], 2, 'float64'),
          },
          line,
          { engine },
        ),
    ];
    for (const call of calls) {
      const [auto, named] = [createEngine(), createEngine('wasm')];
      // 15^3 < 4096 = 16^3.
      call(15)(auto);
      expect(auto.held()).toBe(0);
      call(16)(auto);
      expect(auto.held()).toBeGreaterThan(0);
      call(2)(named);
      expect(named.held()).toBeGreaterThan(0);
    }
  });

  test('calls that name no engine share one, made once', () => {
    expect(sharedEngine()).toBe(sharedEngine());
    sharedEngine().release();
    matmulKernel(integers([16, 16], 1, 'float64'), integers([16, 16], 2, 'float64'));
    expect(sharedEngine().held()).toBeGreaterThan(0);
  });
});

test('a memo recalls what was made for a key, and forgets the oldest of more than 64', () => {
  const made: number[] = [];
  const values = memo<number>();
  const recall = (key: number) =>
    values.recall(String(key), () => {
      made.push(key);
      return key;
    });
  for (let key = 0; key < 64; key++) expect(recall(key)).toBe(key);
  expect([recall(0), recall(63), made.length]).toEqual([0, 63, 64]);
  recall(64);
  expect([recall(1), made.length]).toEqual([1, 65]);
  expect([recall(0), made.length]).toEqual([0, 66]);
});
