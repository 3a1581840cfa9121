/** What the pooling kernels refuse. */
import { describe, expect, test } from 'vitest';
import {
  avgPoolForward,
  avgPoolVjp,
  globalAvgForward,
  globalAvgVjp,
  maxPoolForward,
  maxPoolVjp,
  maxUnpoolForward,
  maxUnpoolSelectionVjp,
  maxUnpoolVjp,
  type PoolGeometry,
  upsampleForward,
  upsampleVjp,
} from '../../src/kernels/index.js';
import { zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';

const line = (kernel: number, output: number, change: Partial<PoolGeometry> = {}): PoolGeometry => ({
  kernel: [kernel],
  stride: [1],
  dilation: [1],
  padding: [[0, 0]],
  output: [output],
  ...change,
});

describe('what is refused', () => {
  const x = zeros([1, 2, 5]);
  const good = line(2, 4);
  const everywhere = (input: readonly number[], geometry: PoolGeometry): (() => unknown)[] => {
    const small = zeros([input[0]!, input[1]!, ...geometry.output]);
    const selection = zeros([...small.shape, ...geometry.kernel.map(k => Math.max(k, 0))]);
    return [
      () => maxPoolForward(zeros(input), geometry),
      () => maxPoolVjp(small, zeros(input), geometry, 'first'),
      () => avgPoolForward(zeros(input), geometry, 'real'),
      () => avgPoolVjp(small, input, geometry, 'real'),
      () => maxUnpoolForward(small, selection, input, geometry),
      () => maxUnpoolVjp(zeros(input), selection, geometry),
      () => maxUnpoolSelectionVjp(zeros(input), small, input, geometry),
    ];
  };

  test('the good call is good', () => {
    for (const call of everywhere(x.shape, good)) expect(call).not.toThrow();
  });

  test.each<[string, Partial<PoolGeometry>]>([
    ['kernel-size-not-positive', { kernel: [0] }],
    ['stride-not-positive', { stride: [0] }],
    ['dilation-not-positive', { dilation: [-1] }],
    ['negative-padding', { padding: [[0, -1]] }],
    ['not-an-integer-parameter', { stride: [1.5] }],
    ['wrong-axis-count', { padding: [] }],
    ['wrong-axis-count', { stride: [1, 1] }],
    ['wrong-axis-count', { output: [4, 1] }],
    ['window-outside-input', { output: [6] }],
    ['window-outside-input', { padding: [[2, 0]] }],
    ['window-outside-input', { padding: [[1, 6]], dilation: [6] }],
  ])('%s: %j', (code, change) => {
    const calls = everywhere(x.shape, { ...good, ...change });
    // Unpooling leaves out what falls outside y.
    const [covering, unpooling] = [calls.slice(0, 4), calls.slice(4)];
    for (const call of covering) expect(thrown(call).code).toBe(code);
    for (const call of unpooling) {
      if (code === 'window-outside-input') expect(call).not.toThrow();
      else expect(thrown(call).code).toBe(code);
    }
  });

  test('a window outside says which and where', () => {
    const error = thrown(() =>
      maxPoolForward(zeros([1, 1, 3]), line(2, 1, { dilation: [4], padding: [[1, 0]] })),
    );
    expect(error.data).toEqual({ axis: 0, window: 0, start: -1, input: 3 });
    expect(error.message).toContain('window 0 along spatial axis 0 reads cells -1 to 3 in steps of 4');
  });

  test('tensors that do not fit', () => {
    const code = (call: () => unknown) => thrown(call).code;
    expect(code(() => maxPoolForward(zeros([4]), good))).toBe('rank-mismatch');
    expect(code(() => maxPoolForward(zeros([1, 2, 5], 'int32') as never, good))).toBe('unsupported-dtype');
    expect(code(() => maxPoolVjp(zeros([1, 2, 3]), x, good, 'first'))).toBe('upstream-shape-mismatch');
    expect(code(() => maxPoolVjp(zeros([1, 2, 4], 'float32') as never, x, good, 'first'))).toBe(
      'dtype-mismatch',
    );
    expect(code(() => avgPoolVjp(zeros([2, 2, 4]), x.shape, good, 'real'))).toBe('upstream-shape-mismatch');
    expect(code(() => maxUnpoolForward(zeros([1, 2, 3]), zeros([1, 2, 4, 2]), x.shape, good))).toBe(
      'size-mismatch',
    );
    expect(code(() => maxUnpoolForward(zeros([1, 2, 4]), zeros([1, 2, 4, 3]), x.shape, good))).toBe(
      'size-mismatch',
    );
    expect(code(() => maxUnpoolSelectionVjp(zeros([1, 2, 4]), zeros([1, 2, 4]), x.shape, good))).toBe(
      'upstream-shape-mismatch',
    );
    expect(code(() => globalAvgForward(zeros([4])))).toBe('rank-mismatch');
    expect(code(() => globalAvgVjp(zeros([2, 2]), [2, 3, 4]))).toBe('size-mismatch');
    expect(code(() => upsampleForward(x, [2, 2]))).toBe('wrong-axis-count');
    expect(code(() => upsampleForward(x, [0]))).toBe('factor-not-positive');
    expect(code(() => upsampleForward(x, [1.5]))).toBe('factor-not-positive');
    expect(code(() => upsampleVjp(zeros([1, 2, 9]), x.shape, [2]))).toBe('size-mismatch');
  });
});
