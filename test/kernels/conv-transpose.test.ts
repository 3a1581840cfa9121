/** Transposed convolution: against the component formula, against the convolution it transposes, and by hand. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  convBiasVjp,
  convForward,
  convInputVjp,
  convKernelVjp,
  convTransposeForward,
  convTransposeInputVjp,
  convTransposeKernelVjp,
  createEngine,
  type Engine,
  type EngineKind,
} from '../../src/kernels/index.js';
import { fromArray, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';
import { indices } from './slow-conv.js';
import { type Transposed, transposedCases, transposedFeatures, yShapeOf } from './transposed-cases.js';
import { cellAt, dot, type FloatTensor, integers } from './values.js';

function run<D extends 'float64' | 'float32'>(
  engine: Engine,
  it: Transposed,
  seed: number,
  dtype: D,
  amplitude?: number,
) {
  const yShape = yShapeOf(it);
  const tensor = (shape: readonly number[], salt: number) => integers(shape, seed + salt, dtype, amplitude);
  const [x, w, b, yBar] = [tensor(it.x, 1), tensor(it.w, 2), tensor([yShape[1]!], 3), tensor(yShape, 4)];
  const y = convTransposeForward({ x, w, b }, it, { engine });
  const xBar = convTransposeInputVjp(yBar, w, it.x, it, { engine });
  const wBar = convTransposeKernelVjp(yBar, x, it.w, it, { engine });
  return { x, w, b, yBar, y, xBar, wBar, bBar: convBiasVjp(yBar) };
}

/** Every input cell meets every kernel cell once; whether an output cell is there is all that is asked. */
function slowly(it: Transposed, x: FloatTensor, w: FloatTensor, b: FloatTensor, yBar: FloatTensor) {
  const yShape = yShapeOf(it);
  const y = [...indices(yShape)].map(index => b.data[index[1]!]!);
  const [xBar, wBar] = [Array.from(x.data, () => 0), Array.from(w.data, () => 0)];
  const inPerGroup = it.x[1]! / it.groups;
  for (const [n, c, ...i] of indices(it.x) as Generator<[number, number, ...number[]]>) {
    for (const [j, ...q] of indices(it.w.slice(1)) as Generator<[number, ...number[]]>) {
      const place = i.map((at, k) => at * it.stride[k]! + q[k]! * it.dilation[k]! - it.padding[k]![0]);
      if (!place.every((at, k) => at >= 0 && at < yShape[k + 2]!)) continue;
      const atY = cellAt(yShape, [n, Math.floor(c / inPerGroup) * it.w[1]! + j, ...place]);
      const [atX, atW] = [cellAt(it.x, [n, c, ...i]), cellAt(it.w, [c, j, ...q])];
      y[atY]! += x.data[atX]! * w.data[atW]!;
      xBar[atX]! += yBar.data[atY]! * w.data[atW]!;
      wBar[atW]! += yBar.data[atY]! * x.data[atX]!;
    }
  }
  return { y, xBar, wBar };
}

const plain = (values: Iterable<number>) => Array.from(values, value => value + 0);

const seeds = fc.integer({ min: 0, max: 2 ** 30 });

const kinds: readonly EngineKind[] = ['plain', 'tiled', 'wasm'];

describe.each(kinds)('conv_transpose kernels: %s', kind => {
  const engine = createEngine(kind);
  const seen = new Map<string, number>();
  afterAll(() => {
    const rare = [...seen].filter(([, count]) => count < 20);
    expect([seen.size, rare]).toEqual([12, []]);
  });

  test('are the component formula, exactly', () => {
    const law = (it: Transposed, seed: number) => {
      for (const name of transposedFeatures(it)) seen.set(name, (seen.get(name) ?? 0) + 1);
      const fast = run(engine, it, seed, 'float64');
      const slow = slowly(it, fast.x, fast.w, fast.b, fast.yBar);
      expect([fast.y.shape, plain(fast.y.data)]).toEqual([yShapeOf(it), plain(slow.y)]);
      expect([fast.xBar.shape, plain(fast.xBar.data)]).toEqual([it.x, plain(slow.xBar)]);
      expect([fast.wBar.shape, plain(fast.wBar.data)]).toEqual([it.w, plain(slow.wBar)]);
    };
    fc.assert(fc.property(transposedCases, seeds, law), { seed: 41, numRuns: 800 });
  }, 60_000);

  // WebAssembly sums in float32: exact below 2^24. The others sum in float64 and round once.
  test('in float32 are the exact sums, rounded once', () => {
    const amplitude = kind === 'wasm' ? 30 : 2 ** 20;
    const law = (it: Transposed, seed: number) => {
      const fast = run(engine, it, seed, 'float32', amplitude);
      const slow = slowly(it, fast.x, fast.w, fast.b, fast.yBar);
      for (const name of ['y', 'xBar', 'wBar'] as const)
        expect([fast[name].dtype, plain(fast[name].data)]).toEqual([
          'float32',
          plain(slow[name].map(Math.fround)),
        ]);
    };
    fc.assert(fc.property(transposedCases, seeds, law), { seed: 42, numRuns: 200 });
  }, 60_000);

  test('are the gradients of the convolution with the same parameters, and the reverse', () => {
    const law = (it: Transposed, seed: number) => {
      const { x, w, yBar, xBar, wBar } = run(engine, it, seed, 'float64');
      const y = convTransposeForward({ x, w }, it, { engine });
      expect([dot(xBar, x), dot(wBar, w)]).toEqual([dot(yBar, y), dot(yBar, y)]);
      // From output padding s on, the convolution of y has more windows than x has cells.
      if (it.outputPadding.some((extra, k) => extra >= it.stride[k]!) || y.shape.includes(0)) return;
      const convolved = convForward({ x: yBar, w }, it, { engine });
      expect([convolved.shape, plain(convolved.data)]).toEqual([it.x, plain(xBar.data)]);
      expect(plain(convInputVjp(x, w, y.shape, it, { engine }).data)).toEqual(plain(y.data));
      expect(plain(convKernelVjp(x, yBar, it.w, it, { engine }).data)).toEqual(plain(wBar.data));
    };
    fc.assert(fc.property(transposedCases, seeds, law), { seed: 43, numRuns: 600 });
  }, 60_000);
});

const line = (change: Partial<Transposed> = {}) => ({
  stride: [1],
  dilation: [1],
  padding: [[0, 0] as const],
  groups: 1,
  outputPadding: [0],
  ...change,
});

describe('conv_transpose by hand', () => {
  const x = fromArray([1, 1, 3], [2, 3, 5]);
  const w = fromArray([1, 1, 2], [10, 100]);

  test.each<[string, Partial<Transposed>, number[]]>([
    ['copies overlap', {}, [20, 230, 350, 500]],
    ['stride = kernel: side by side', { stride: [2] }, [20, 200, 30, 300, 50, 500]],
    ['stride > kernel: a gap between', { stride: [3] }, [20, 200, 0, 30, 300, 0, 50, 500]],
    ['dilation spreads the copy', { dilation: [2] }, [20, 30, 250, 300, 500]],
    ['padding crops, more behind', { stride: [2], padding: [[1, 2]] }, [200, 30, 300]],
    [
      'output padding adds cells behind',
      { stride: [3], outputPadding: [2] },
      [20, 200, 0, 30, 300, 0, 50, 500, 0, 0],
    ],
    [
      'padding that crops real cells, output padding brings one back',
      { stride: [2], padding: [[1, 1]], outputPadding: [1] },
      [200, 30, 300, 50, 500],
    ],
    ['padding that crops everything', { padding: [[3, 3]] }, []],
  ])('%s', (_, change, expected) => {
    const y = convTransposeForward({ x, w }, line(change));
    expect(y).toEqual(fromArray([1, 1, expected.length], expected));
  });

  test('a kernel of one cell is zero-stuffing and a factor', () => {
    const y = convTransposeForward({ x, w: fromArray([1, 1, 1], [7]) }, line({ stride: [2] }));
    expect([...y.data]).toEqual([14, 0, 21, 0, 35]);
  });

  test('groups keep channels apart, and the bias is added everywhere', () => {
    const two = fromArray([1, 2, 2], [1, 2, 3, 4]);
    const kernel = fromArray([2, 2, 1], [10, 20, 30, 40]);
    const b = fromArray([4], [1, 2, 3, 4]);
    const y = convTransposeForward({ x: two, w: kernel, b }, line({ groups: 2, stride: [2] }));
    expect(y.shape).toEqual([1, 4, 3]);
    expect([...y.data]).toEqual([11, 1, 21, 22, 2, 42, 93, 3, 123, 124, 4, 164]);
  });

  test('in two dimensions: 2x2 by 2x2, gradients too', () => {
    const image = fromArray([1, 1, 2, 2], [1, 2, 3, 4]);
    const kernel = fromArray([1, 1, 2, 2], [5, 6, 7, 8]);
    const plane = {
      ...line(),
      stride: [1, 1],
      dilation: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ] as const,
      outputPadding: [0, 0],
    };
    const y = convTransposeForward({ x: image, w: kernel }, plane);
    expect([...y.data]).toEqual([5, 16, 12, 22, 60, 40, 21, 52, 32]);
    const yBar = fromArray([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...convTransposeInputVjp(yBar, kernel, [1, 1, 2, 2], plane).data]).toEqual([85, 111, 163, 189]);
    expect([...convTransposeKernelVjp(yBar, image, [1, 1, 2, 2], plane).data]).toEqual([37, 47, 67, 77]);
  });

  test('an empty batch, no output channels', () => {
    expect(convTransposeForward({ x: zeros([0, 1, 3]), w }, line())).toEqual(zeros([0, 1, 4]));
    expect(convTransposeForward({ x, w: zeros([1, 0, 2]) }, line())).toEqual(zeros([1, 0, 4]));
    expect(convTransposeKernelVjp(zeros([0, 1, 4]), zeros([0, 1, 3]), [1, 1, 2], line())).toEqual(
      zeros([1, 1, 2]),
    );
  });

  test.each<[string, readonly number[], readonly number[], Partial<Transposed>]>([
    ['empty-input', [1, 1, 0], [1, 1, 2], {}],
    ['channels-mismatch', [1, 2, 3], [1, 2, 2], {}],
    ['groups-do-not-divide', [1, 3, 3], [3, 2, 2], { groups: 2 }],
    ['rank-mismatch', [1, 1, 3], [1, 1, 2, 2], {}],
    ['kernel-size-not-positive', [1, 1, 3], [1, 1, 0], {}],
    ['stride-not-positive', [1, 1, 3], [1, 1, 2], { stride: [0] }],
    ['negative-output-padding', [1, 1, 3], [1, 1, 2], { outputPadding: [-1] }],
    ['wrong-axis-count', [1, 1, 3], [1, 1, 2], { padding: [] }],
  ])('%s: x %j, w %j, %j', (code, xShape, wShape, change) => {
    const call = () => convTransposeForward({ x: zeros(xShape), w: zeros(wShape) }, line(change));
    expect(thrown(call).code).toBe(code);
  });

  test('a wrong cotangent and a wrong bias', () => {
    expect(thrown(() => convTransposeInputVjp(zeros([1, 1, 3]), w, [1, 1, 3], line())).code).toBe(
      'upstream-shape-mismatch',
    );
    expect(thrown(() => convTransposeKernelVjp(zeros([1, 1, 3]), x, [1, 1, 2], line())).code).toBe(
      'upstream-shape-mismatch',
    );
    expect(thrown(() => convTransposeForward({ x, w, b: zeros([2]) }, line())).code).toBe(
      'bias-shape-mismatch',
    );
  });
});
