/** Equal maxima and the kink of relu: what is declared is held to, what is not is free within what a gradient may be. */
import { describe, expect, test } from 'vitest';
import type { WireTensor, WireTensors } from '../../../../src/gate/subject/subject.js';
import { createEngine } from '../../../../src/kernels/index.js';
import { type FloatTensor, kernelCall, type Params } from '../../../../src/ops/index.js';
import { caseOf, judged, messages, type Plan, subjectOf, verdicts } from './judging.js';
import { ALL, libraryKernel } from './library-kernel.js';

const plain = createEngine('plain');

/** Windows that overlap, with holes, and padding. */
const pool: Plan = {
  shapes: { x: [2, 2, 5, 6] },
  params: {
    ...{ kernel_size: [2, 3], stride: [2, 1], dilation: [2, 1], ceil_mode: false },
    padding: [
      [1, 0],
      [0, 1],
    ],
  },
};

type Change = (xBar: WireTensor, x: WireTensor, yBar: WireTensor, params: Params) => void;

/** Max pooling with the gradient of a policy, then changed. */
function pooling(ties: string, change: Change = () => {}) {
  const right = libraryKernel('max_pool2d');
  return {
    forward: right.forward,
    backward(inputs: WireTensors, upstream: WireTensor, params: Params) {
      const x = inputs.x as FloatTensor;
      const call = kernelCall('max_pool2d', { x: x.shape }, { ...params, ties }, plain);
      const xBar = call.vjp('x', upstream as FloatTensor, { x });
      change(xBar, x, upstream, params);
      return { x: xBar };
    },
  };
}

const judgeTies = (kernel: object, ties: string, dtype: 'float64' | 'float32' = 'float64') =>
  judged(
    subjectOf('max_pool2d', kernel, { ties, dtypes: ['float64', 'float32'], specialValues: true }),
    caseOf('ties', 'max_pool2d', pool, { dtype }),
  );

const policies = ['first', 'last', 'split'];

describe.each(['float64', 'float32'] as const)('ties in %s', dtype => {
  test.each(policies.flatMap(own => [...policies, 'any'].map(declared => [own, declared] as const)))(
    'a kernel that takes %s and declares %s',
    async (own, declared) => {
      const outcome = await judgeTies(pooling(own), declared, dtype);
      const isRight = own === declared || declared === 'any';
      expect(verdicts(outcome)).toEqual({ y: 'agreed', dx: isRight ? 'agreed' : 'mismatch' });
      expect(messages(outcome).join()).toMatch(
        isRight ? /^$/u : /^dx is wrong where maxima are equal \(declared ties/u,
      );
    },
  );
});

test('any may choose another one in each call', async () => {
  let calls = 0;
  const moody = {
    ...pooling('first'),
    backward: (...call: Parameters<ReturnType<typeof pooling>['backward']>) =>
      pooling(policies[calls++ % 3]!).backward(...call),
  };
  expect(verdicts(await judgeTies(moody, 'any'))).toEqual({ y: 'agreed', dx: 'agreed' });
});

const illegal: readonly [says: string, change: Change][] = [
  ['gives half of it', xBar => xBar.data.set(xBar.data.map(value => value / 2))],
  [
    'takes from one winner what it gives to another',
    (xBar, x) => {
      const [a, b] = neighbours(xBar, x);
      xBar.data[a] = 3 * xBar.data[a]!;
      xBar.data[b] = (-2 * xBar.data[a]!) / 3;
    },
  ],
  [
    'gives a share to a cell that is no maximum',
    (xBar, x) => {
      const low = x.data.findIndex(value => value === 2 || value === -3);
      const high = xBar.data.findIndex(value => value !== 0);
      if (low < 0 || high < 0) return;
      xBar.data[low]! += xBar.data[high]! / 2;
      xBar.data[high]! -= xBar.data[high]! / 2;
    },
  ],
  ['gives nothing', xBar => xBar.data.set(xBar.data.map(() => 0))],
  ['gives a NaN', xBar => xBar.data.set([Number.NaN], 3)],
  ['gives each of them all of it', (xBar, x, yBar, params) => xBar.data.set(allOfIt(x, yBar, params))],
];

/** Two cells: one with a gradient, and another of the same value. */
function neighbours(xBar: WireTensor, x: WireTensor): [number, number] {
  const a = xBar.data.findIndex(value => value !== 0);
  const b = x.data.findIndex((value, k) => k > a && value === x.data[a]);
  return [a, b];
}

/** Each winner as if it were alone. */
function allOfIt(x: WireTensor, yBar: WireTensor, params: Params): Float64Array {
  const sum = new Float64Array(x.data.length);
  for (const ties of ['first', 'last']) {
    const call = kernelCall('max_pool2d', { x: x.shape }, { ...params, ties }, plain);
    call.vjp('x', yBar as FloatTensor, { x: x as FloatTensor }).data.forEach((value, k) => {
      if (sum[k] === 0) sum[k] = value;
    });
  }
  return sum;
}

test.each(illegal)('no policy allows a kernel that %s', async (_, change) => {
  for (const declared of ['any', 'first']) {
    const outcome = await judgeTies(pooling('first', change), declared);
    expect(verdicts(outcome)).toEqual({ y: 'agreed', dx: 'mismatch' });
  }
});

test('a forward pass whose padding is 0 fails where maxima are negative', async () => {
  const right = pooling('first');
  const zero = {
    ...right,
    forward(inputs: WireTensors, params: Params) {
      const y = right.forward(inputs, params);
      return {
        ...y,
        data: (y.data as Float64Array).map((value, k) => (k % 6 === 5 ? Math.max(0, value) : value)),
      };
    },
  };
  const outcome = await judgeTies(zero, 'any');
  expect(verdicts(outcome)).toEqual({ y: 'mismatch', dx: 'agreed' });
});

test('windows of nothing but NaN and infinities, under any policy', async () => {
  for (const own of policies) {
    for (const declared of [own, 'any']) {
      const declares = { ties: declared, specialValues: true };
      const outcome = await judged(
        subjectOf('max_pool2d', pooling(own), declares),
        caseOf('special', 'max_pool2d', pool),
      );
      expect(messages(outcome)).toEqual([]);
      expect(outcome.calls).toBeGreaterThan(20);
    }
  }
  const blind = pooling('first', (xBar, x) => {
    xBar.data.set(xBar.data.map((value, k) => (Number.isNaN(x.data[k]!) ? 0 : value)));
  });
  const subject = subjectOf('max_pool2d', blind, { ties: 'any', specialValues: true });
  const outcome = await judged(subject, caseOf('special', 'max_pool2d', pool));
  expect(outcome.findings.dx).toMatchObject({
    verdict: 'mismatch',
    message: expect.stringContaining('with a NaN in x'),
  });
});

const plane: Plan = { shapes: { x: [3, 5] }, params: {} };

/** relu whose slope at 0 is what is said. */
const relu = (slope: (x: number, yBar: number) => number) => ({
  forward: libraryKernel('relu').forward,
  backward: ({ x }: WireTensors, yBar: WireTensor) => ({
    x: {
      ...x!,
      data: (x!.data as Float64Array).map((value, k) => {
        const own = value === 0 ? slope(value, yBar.data[k]!) : value > 0 ? 1 : 0;
        return own * yBar.data[k]!;
      }),
    },
  }),
});

const judgeKink = (kernel: object, kink: number | 'any', dtype: 'float64' | 'float32' = 'float64') =>
  judged(
    subjectOf('relu', kernel, { kink, dtypes: ['float64', 'float32'] }),
    caseOf('kink', 'relu', plane, { dtype }),
  );

describe.each(['float64', 'float32'] as const)('the kink of relu in %s', dtype => {
  const slopes = [0, 0.5, 1] as const;
  test.each(slopes.flatMap(own => [...slopes, 'any' as const].map(declared => [own, declared] as const)))(
    'slope %s, declared %s',
    async (own, declared) => {
      const outcome = await judgeKink(
        relu(() => own),
        declared,
        dtype,
      );
      const isRight = own === declared || declared === 'any';
      expect(verdicts(outcome)).toEqual({ y: 'agreed', dx: isRight ? 'agreed' : 'mismatch' });
    },
  );

  test.each<[string, boolean, (x: number, yBar: number) => number]>([
    ['0.3', true, () => 0.3],
    ['another one at -0', true, x => (Object.is(x, -0) ? 1 : 0)],
    ['1.01', false, () => 1.01],
    ['-0.01', false, () => -0.01],
    ['NaN', false, () => Number.NaN],
    ['that of the sign of yBar', false, (_, yBar) => (yBar > 0 ? 1 : 0)],
  ])('slope %s, declared any: %s', async (_, isRight, slope) => {
    expect(verdicts(await judgeKink(relu(slope), 'any', dtype)).dx).toBe(isRight ? 'agreed' : 'mismatch');
  });
});

test('a kernel that is wrong only at -0 fails where a slope is declared', async () => {
  const outcome = await judgeKink(
    relu(x => (Object.is(x, -0) ? 1 : 0)),
    0,
  );
  expect(outcome.findings.dx).toMatchObject({
    ...{
      verdict: 'mismatch',
      rung: 'exact',
      message: 'dx is wrong where cells of x are 0 or -0 (declared kink: 0)',
    },
    wrong: { index: [0, 3] },
  });
});

test('relu that is wrong beside the kink, and a y that is not 0 on it', async () => {
  const shifted = relu(() => 0);
  const wrongBeside = {
    ...shifted,
    backward: (inputs: WireTensors, yBar: WireTensor) => {
      const { x } = shifted.backward(inputs, yBar);
      x.data[1]! += 1;
      return { x };
    },
  };
  expect(verdicts(await judgeKink(wrongBeside, 'any'))).toEqual({ y: 'agreed', dx: 'mismatch' });
  const lifted = {
    ...shifted,
    forward: ({ x }: WireTensors) => ({
      ...x!,
      data: (x!.data as Float64Array).map(value => Math.max(value, 1e-9)),
    }),
  };
  expect(verdicts(await judgeKink(lifted, 'any'))).toEqual({ y: 'mismatch', dx: 'agreed' });
});

test('leaky_relu: any slope between its two, none beyond', async () => {
  const leaky = (slope: number) => ({
    forward: libraryKernel('leaky_relu').forward,
    backward: ({ x }: WireTensors, yBar: WireTensor, { negative_slope }: Params) => ({
      x: {
        ...x!,
        data: (x!.data as Float64Array).map((value, k) => {
          const own = value === 0 ? slope : value > 0 ? 1 : Number(negative_slope);
          return own * yBar.data[k]!;
        }),
      },
    }),
  });
  const one = caseOf('kink', 'leaky_relu', { ...plane, params: { negative_slope: 0.25 } });
  const judge = async (kernel: object) =>
    verdicts(await judged(subjectOf('leaky_relu', kernel, ALL), one)).dx;
  for (const slope of [0.25, 0.6, 1]) expect(await judge(leaky(slope))).toBe('agreed');
  for (const slope of [0, 0.2, 1.1]) expect(await judge(leaky(slope))).toBe('mismatch');
});
