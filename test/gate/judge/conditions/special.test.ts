/** NaN, infinities, zeros and the ends of the number range. */
import { describe, expect, test } from 'vitest';
import { RIGHT } from '../../../../src/gate/mutants/catalogue.js';
import type { WireTensor, WireTensors } from '../../../../src/gate/subject/subject.js';
import type { Params } from '../../../../src/ops/index.js';
import { caseOf, judged, messages, type Plan, plansOf, subjectOf, verdicts } from './judging.js';
import { libraryKernel } from './library-kernel.js';

/** Kahan's compensation is infinity less infinity: NaN. Such a kernel cannot declare special values. */
const styles = RIGHT.filter(
  ({ op, style }) => !/^(?:winograd|kahan)/u.test(style) && /^(?:conv|linear|avg|tanh|sigmoid)/u.test(op),
);

describe('right kernels, whatever they multiply padding by', () => {
  test.each(styles)('$op, $style', async ({ op, kernel }) => {
    const [right, dtypes] = [kernel(), kernel().declares.dtypes!];
    let calls = 0;
    for (const [seed, plan] of plansOf(op, 6, 'special').entries()) {
      for (const dtype of ['float64', 'float32'] as const) {
        if (!dtypes.includes(dtype)) continue;
        const subject = subjectOf(op, right, { ...right.declares, specialValues: true });
        const outcome = await judged(subject, caseOf('special', op, plan, { dtype, seed }));
        const told = { ...plan, dtype, messages: messages(outcome) };
        expect(told).toEqual({ ...told, messages: [] });
        calls += outcome.calls;
      }
    }
    expect(calls).toBeGreaterThan(50);
  });
});

const conv: Plan = {
  shapes: { x: [2, 2, 6, 5], w: [4, 2, 3, 2], b: [4] },
  params: {
    ...{ stride: [2, 1], dilation: [1, 2], groups: 1 },
    padding: [
      [1, 0],
      [0, 1],
    ],
  },
};

type Change = (results: Record<string, WireTensor>, inputs: WireTensors, upstream: WireTensor | null) => void;

/** The library's kernel, its results changed. */
function changed(op: string, change: Change) {
  const right = libraryKernel(op);
  return {
    forward(inputs: WireTensors, params: Params) {
      const y = right.forward(inputs, params);
      change({ y }, inputs, null);
      return y;
    },
    backward(inputs: WireTensors, upstream: WireTensor, params: Params) {
      const { x, w, b } = right.backward(inputs, upstream, params);
      const results = Object.fromEntries(Object.entries({ dx: x, dw: w, db: b }).filter(([, one]) => one));
      change(results as Record<string, WireTensor>, inputs, upstream);
      return { x, w, b };
    },
  };
}

const each =
  (name: string, value: (old: number, cell: number, all: ArrayLike<number>) => number): Change =>
  results => {
    const one = results[name];
    one?.data.set(Array.from(one.data, (old, cell) => value(old, cell, one.data)));
  };

const judge = (kernel: object, op = 'conv2d', plan = conv, dtype: 'float64' | 'float32' = 'float64') =>
  judged(
    subjectOf(op, kernel, { specialValues: true, dtypes: ['float64', 'float32'], kink: 0 }),
    caseOf('special', op, plan, { dtype }),
  );

const all = (verdict: string) => ({ y: verdict, dx: verdict, dw: verdict, db: verdict });
const plane: Plan = { shapes: { x: [4, 5] }, params: {} };
const isAnyNaN = (values: ArrayLike<number>) => Array.from(values).some(Number.isNaN);
const isSubnormal = (value: number) => value !== 0 && Math.abs(value) < 2 ** -1022;

const planted: readonly [says: string, op: string, change: Change, found: object, message: RegExp][] = [
  [
    'turns NaN into 0',
    'conv2d',
    each('y', one => one || 0),
    { ...all('agreed'), y: 'mismatch' },
    /y is wrong with a NaN in x/u,
  ],
  [
    'spreads a NaN to the other images',
    'conv2d',
    each('y', (one, cell, values) => (isAnyNaN(values) && cell === values.length - 1 ? Number.NaN : one)),
    { ...all('agreed'), y: 'mismatch' },
    /a NaN in x/u,
  ],
  [
    'turns infinity into the largest number',
    'conv2d',
    each('dw', one => Math.min(one, Number.MAX_VALUE)),
    { ...all('agreed'), dw: 'mismatch' },
    /with an infinity in x/u,
  ],
  [
    'turns infinity into NaN',
    'conv2d',
    each('dx', one => (Number.isFinite(one) ? one : Number.NaN)),
    { ...all('agreed'), dx: 'mismatch' },
    /with an infinity in w/u,
  ],
  [
    'loses the sign of infinity',
    'conv2d',
    each('db', one => (one === Number.NEGATIVE_INFINITY ? -one : one)),
    { ...all('agreed'), db: 'mismatch' },
    /with a negative infinity in yBar/u,
  ],
  [
    'is wrong beside a NaN',
    'conv2d',
    each('dw', (one, _, values) => (isAnyNaN(values) ? one * 1.001 : one)),
    { ...all('agreed'), dw: 'mismatch' },
    /with a NaN in/u,
  ],
  [
    'clips large numbers',
    'conv2d',
    each('y', one => (Math.abs(one) < 2 ** 1000 || !Number.isFinite(one) ? one : 2 ** 1000)),
    { ...all('agreed'), y: 'mismatch' },
    /the largest finite number in x/u,
  ],
  [
    'is wrong where an operand is 0',
    'conv2d',
    (results, { w }) => {
      if (results.y && w!.data.some(value => value === 0)) results.y.data[0]! += 0.01;
    },
    { ...all('agreed'), y: 'mismatch' },
    /with 0 in w/u,
  ],
  [
    'takes -0 for a NaN',
    'relu',
    (results, { x }) => {
      results.y?.data.set(
        Array.from(x!.data, value => (Object.is(value, -0) ? Number.NaN : Math.max(value, 0))),
      );
    },
    { y: 'mismatch', dx: 'agreed' },
    /with -0 in x/u,
  ],
  [
    'flushes subnormal numbers',
    'relu',
    each('y', one => (isSubnormal(one) ? 0 : one)),
    { y: 'mismatch', dx: 'agreed' },
    /subnormal numbers in x/u,
  ],
  [
    'loses the NaN of yBar',
    'relu',
    (results, _, upstream) => {
      if (upstream) results.dx!.data.set(Array.from(results.dx!.data, one => one || 0));
    },
    { y: 'agreed', dx: 'mismatch' },
    /with a NaN in yBar/u,
  ],
  ['turns NaN into 0', 'sigmoid', each('y', one => one || 0), { y: 'mismatch', dx: 'agreed' }, /a NaN in x/u],
  [
    'saturates to a NaN',
    'sigmoid',
    (results, { x }) => {
      results.y?.data.set(Array.from(x!.data, value => Math.exp(value) / (1 + Math.exp(value))));
    },
    { y: 'mismatch', dx: 'agreed' },
    /an infinity in x/u,
  ],
];

describe('a kernel is refused that', () => {
  test.each(planted)('%s: %s', async (_, op, change, found, message) => {
    const outcome = await judge(changed(op, change), op, op === 'conv2d' ? conv : plane);
    expect(verdicts(outcome)).toEqual(found);
    expect(messages(outcome).join()).toMatch(message);
  });
});

test('-0 is as good as 0, and a right kernel agrees in both types', async () => {
  const signs = each('y', one => (one === 0 ? -one : one));
  for (const dtype of ['float64', 'float32'] as const) {
    for (const change of [() => {}, signs]) {
      const outcome = await judge(changed('conv2d', change), 'conv2d', conv, dtype);
      expect(messages(outcome)).toEqual([]);
      expect(verdicts(outcome)).toEqual(all('agreed'));
      expect(outcome.calls).toBeGreaterThan(40);
    }
  }
});

test('compensated sums that turn infinity into NaN are refused', async () => {
  const { kernel } = RIGHT.find(({ op, style }) => op === 'conv2d' && style === 'kahan')!;
  expect(messages(await judge(kernel())).join()).toMatch(/^y is wrong with an infinity in x/u);
});

test('relu by a mask, by a product and by a comparison that a NaN fails', async () => {
  const slopes: ((x: number, yBar: number) => number)[] = [
    (x, yBar) => (x > 0 ? yBar : 0),
    (x, yBar) => (x <= 0 ? 0 : yBar),
    (x, yBar) => (x > 0 ? 1 : 0) * yBar,
  ];
  for (const slope of slopes) {
    const own = changed('relu', (results, { x }, upstream) => {
      if (upstream) results.dx!.data.set(Array.from(x!.data, (value, k) => slope(value, upstream.data[k]!)));
    });
    for (const dtype of ['float64', 'float32'] as const)
      expect(messages(await judge(own, 'relu', plane, dtype))).toEqual([]);
  }
});

test('a narrower accumulator may flush and overflow', async () => {
  const single = each('y', one => (isSubnormal(one) || Math.abs(one) < 2 ** -150 ? 0 : Math.fround(one)));
  const declares = { specialValues: true, accumulate: 'float32' };
  const one = caseOf('special', 'relu', plane);
  const right = subjectOf('relu', changed('relu', single), declares);
  expect(verdicts(await judged(right, one))).toEqual({ y: 'agreed', dx: 'agreed' });
});
