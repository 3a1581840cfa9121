import { describe, expect, test } from 'vitest';
import {
  type Activation,
  activate,
  activateVjp,
  expActivation,
  geluActivation,
  geluTanhActivation,
  leakyReluActivation,
  logActivation,
  reluActivation,
  sigmoidActivation,
  siluActivation,
  softplusActivation,
  tanhActivation,
} from '../../src/kernels/index.js';
import { fromArray } from '../../src/tensor/index.js';
import { codeOf } from '../exact/thrown.js';
import { truthOf, units } from './activations-truth.js';

const [SCALE, CUBIC, SLOPE] = [Math.sqrt(2 / Math.PI), 0.044715, 0.01];
const geluTanh = geluTanhActivation(SCALE, CUBIC);
const leakyRelu = leakyReluActivation(SLOPE);

const ordinary = [-6.5, -2.75, -1.3, -0.7517915, -0.3, -1e-3, 1e-3, 0.4, 0.6875, 1.1, 2.3, 5.7, 8.9];
const far = [-740, -300, -37.5, -20, 20, 37.5, 300, 740];
const tiny = [-1e-300, -5e-324, 0, 5e-324, 1e-300];

interface Case {
  readonly of: Activation;
  readonly formula: string;
  /** Enough for 1 + exp(-740) and for exp(740) - 1. */
  readonly digits: number;
  /** Bounds in units of 2^-52: exp, log1p and tanh count 2 halves, each other operation 1 half. */
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
  /** The slope is a sum of parts that may cancel; its bound is relative to their sizes. */
  readonly parts?: (x: number) => number;
  readonly points: readonly number[];
}

const everywhere = [...ordinary, ...far, ...tiny];
const few = (count: number) => () => count;
const amplified = (x: number) => 4 + 3 * Math.abs(2 * SCALE * x * (1 + CUBIC * x * x));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const steep = (x: number) => sigmoid(x) * (1 - sigmoid(x));

const cases: readonly Case[] = [
  {
    of: reluActivation,
    formula: 'max(0, x)',
    digits: 1100,
    value: few(0),
    slope: few(0),
    points: everywhere,
  },
  {
    of: leakyRelu,
    formula: `select(-x, ${SLOPE}*x, x)`,
    digits: 30,
    value: few(2),
    slope: few(1),
    points: everywhere,
  },
  {
    of: sigmoidActivation,
    formula: '1/(1 + exp(-x))',
    digits: 360,
    value: few(3),
    slope: few(4),
    points: everywhere,
  },
  { of: tanhActivation, formula: 'tanh(x)', digits: 700, value: few(2), slope: few(4), points: everywhere },
  {
    of: softplusActivation,
    formula: 'log(1 + exp(x))',
    digits: 360,
    value: few(3),
    slope: few(3),
    points: everywhere,
  },
  {
    of: geluActivation,
    formula: 'x*normcdf(x)',
    digits: 45,
    value: few(9),
    slope: few(9),
    parts: x => 0.5 * Math.exp((-x * x) / 2) * (1 + Math.abs(x)) + (x > 0 ? 1 : 0),
    points: [...ordinary, -37, -20, 20, 740, ...tiny],
  },
  {
    of: geluTanh,
    formula: `x*(1 + tanh(${SCALE}*(x + ${CUBIC}*x^3)))/2`,
    digits: 700,
    value: amplified,
    slope: x => 2 * amplified(x),
    parts: x => {
      const twice = 2 * SCALE * x * (1 + CUBIC * x * x);
      return sigmoid(twice) + Math.abs(x * steep(twice) * 2 * SCALE * (1 + 3 * CUBIC * x * x));
    },
    points: [...ordinary, -20, -15, 20, ...tiny],
  },
  {
    of: siluActivation,
    formula: 'x/(1 + exp(-x))',
    digits: 360,
    value: few(4),
    slope: few(5),
    parts: x => sigmoid(x) + Math.abs(x) * steep(x),
    points: everywhere,
  },
  {
    of: expActivation,
    formula: 'exp(x)',
    digits: 40,
    value: few(1),
    slope: few(1),
    points: [...ordinary, ...tiny, -740, -300, 300, 709],
  },
  {
    of: logActivation,
    formula: 'log(x)',
    digits: 40,
    value: few(1),
    slope: few(1),
    points: [...ordinary, ...far, 1e-300, 1e300].filter(x => x > 0),
  },
];

const all = cases.map(({ of }) => of);
const one = (x: number) => fromArray([1], [x]);
const valueAt = (of: Activation, x: number): number => activate(of, one(x)).data[0]!;
const slopeAt = (of: Activation, x: number): number => activateVjp(of, one(1), one(x)).data[0]!;

describe.each(cases)('$of.name', ({ of, formula, digits, value, slope, parts, points }) => {
  test('value and slope within the bound of the truth, everywhere', async () => {
    const truth = await truthOf(formula, digits);
    for (const x of points) {
      const expected = truth(x);
      // Times x, a subnormal factor makes a larger absolute error.
      const least = Math.max(1, Math.abs(x)) * Number.MIN_VALUE;
      expect(units(valueAt(of, x), expected.value, { least }), `value at ${x}`).toBeLessThanOrEqual(value(x));
      const scale = parts ? parts(x) : Math.abs(expected.slope.toNumber());
      const slips = units(slopeAt(of, x), expected.slope, { scale, least });
      expect(slips, `slope at ${x}`).toBeLessThanOrEqual(slope(x));
    }
  });

  test('float32 is the float64 result, rounded once', () => {
    const x = fromArray([3, 1, 2], [0.3, 2.7, 0.9, 11.5, 0.125, 6.1], 'float32');
    const yBar = fromArray([3, 1, 2], [1.7, -0.4, 3.3, 0.6, -2.2, 5.9], 'float32');
    const [wide, wideBar] = [fromArray([3, 1, 2], x.data), fromArray([3, 1, 2], yBar.data)];
    const [y, xBar] = [activate(of, x), activateVjp(of, yBar, x)];
    expect(y).toEqual(fromArray([3, 1, 2], activate(of, wide).data, 'float32'));
    expect(xBar).toEqual(fromArray([3, 1, 2], activateVjp(of, wideBar, wide).data, 'float32'));
  });

  test('each cell by itself, times its own upstream gradient', () => {
    const cells = [0.75, 1.5, 2.25, 3.5, 0.5, 4.5];
    const y = activate(of, fromArray([2, 3], cells));
    expect(y).toEqual(
      fromArray(
        [2, 3],
        cells.map(x => valueAt(of, x)),
      ),
    );
    const upstream = [2, -3, 5, 0.5, -7, 11];
    const xBar = activateVjp(of, fromArray([2, 3], upstream), fromArray([2, 3], cells));
    expect([...xBar.data]).toEqual(cells.map((x, k) => upstream[k]! * slopeAt(of, x)));
    expect(activate(of, fromArray([0, 3], [])).shape).toEqual([0, 3]);
    expect(activate(of, fromArray([], [2])).shape).toEqual([]);
  });

  test('NaN is never hidden', () => {
    expect([valueAt(of, Number.NaN), slopeAt(of, Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    expect(activateVjp(of, one(Number.NaN), one(1)).data[0]).toBeNaN();
  });

  test('what is refused', () => {
    const x = fromArray([2, 3], [1, 2, 3, 4, 5, 6]);
    const integers = fromArray([2, 3], [1, 2, 3, 4, 5, 6], 'int32');
    expect(codeOf(() => activate(of, integers as never))).toBe('unsupported-dtype');
    expect(codeOf(() => activateVjp(of, fromArray([3, 2], x.data), x))).toBe('upstream-shape-mismatch');
    expect(codeOf(() => activateVjp(of, fromArray([2, 3], x.data, 'float32') as never, x))).toBe(
      'dtype-mismatch',
    );
  });
});

describe('limits', () => {
  const [most, least] = [1e300, -1e300];

  test.each<[Activation, number[]]>([
    [reluActivation, [most, 0, 1, 0]],
    [leakyRelu, [most, SLOPE * -1e300, 1, SLOPE]],
    [sigmoidActivation, [1, 0, 0, 0]],
    [tanhActivation, [1, -1, 0, 0]],
    [softplusActivation, [most, 0, 1, 0]],
    [geluActivation, [most, 0, 1, 0]],
    [geluTanh, [most, 0, 1, 0]],
    [siluActivation, [most, 0, 1, 0]],
    [expActivation, [Infinity, 0, Infinity, 0]],
  ])('$name at 1e300 and -1e300: the value there, then the slope', (of, expected) => {
    expect([valueAt(of, most), valueAt(of, least), slopeAt(of, most), slopeAt(of, least)]).toEqual(expected);
  });

  test.each<[Activation, number[]]>([
    [reluActivation, [Infinity, 0, 1, 0]],
    [leakyRelu, [Infinity, -Infinity, 1, SLOPE]],
    [leakyReluActivation(0), [Infinity, 0, 1, 0]],
    [sigmoidActivation, [1, 0, 0, 0]],
    [tanhActivation, [1, -1, 0, 0]],
    [softplusActivation, [Infinity, 0, 1, 0]],
    [geluActivation, [Infinity, 0, 1, 0]],
    [geluTanh, [Infinity, 0, 1, 0]],
    [geluTanhActivation(SCALE, 0), [Infinity, 0, 1, 0]],
    [siluActivation, [Infinity, 0, 1, 0]],
    [expActivation, [Infinity, 0, Infinity, 0]],
    [logActivation, [Infinity, Number.NaN, 0, 0]],
  ])('$name at Infinity and -Infinity: the value, then the slope', (of, expected) => {
    const got = [
      valueAt(of, Infinity),
      valueAt(of, -Infinity),
      slopeAt(of, Infinity),
      slopeAt(of, -Infinity),
    ];
    expect(got).toEqual(expected);
  });

  test('softplus(800) is 800, and softplus(-740) keeps its digits', () => {
    expect(valueAt(softplusActivation, 800)).toBe(800);
    expect(valueAt(softplusActivation, -740)).toBe(Math.exp(-740));
    expect(valueAt(softplusActivation, -800)).toBe(0);
  });

  test('log at 0 and below', () => {
    expect([valueAt(logActivation, 0), slopeAt(logActivation, 0)]).toEqual([-Infinity, Infinity]);
    expect([valueAt(logActivation, -2), slopeAt(logActivation, -2)]).toEqual([Number.NaN, -0.5]);
  });
});

describe('kinks and symmetries', () => {
  test('at 0 the slope is that of the side below, as in PyTorch', () => {
    for (const zero of [0, -0]) {
      expect(Math.abs(slopeAt(reluActivation, zero))).toBe(0);
      expect(slopeAt(leakyReluActivation(0.3), zero)).toBe(0.3);
      expect(slopeAt(leakyReluActivation(-2), zero)).toBe(-2);
    }
  });

  test('a gradient of 0 is never -0', () => {
    for (const x of [-3, 0]) expect(activateVjp(reluActivation, one(-2), one(x)).data[0]).toBe(0);
  });

  test.each(ordinary.filter(x => x > 0))('at %s and its opposite', x => {
    expect(valueAt(tanhActivation, -x)).toBe(-valueAt(tanhActivation, x));
    for (const of of [tanhActivation, sigmoidActivation]) expect(slopeAt(of, -x)).toBe(slopeAt(of, x));
    const both = (of: Activation) => [valueAt(of, x), valueAt(of, -x)] as const;
    const [above, below] = both(sigmoidActivation);
    expect(Math.abs(above + below - 1)).toBeLessThanOrEqual(2 ** -51);
    // softplus has f(x) - f(-x) = x, and so has each f(x) = x g(x) with g(x) + g(-x) = 1; the last has amplified roundings.
    for (const of of [softplusActivation, siluActivation, geluActivation, geluTanh]) {
      const [plus, minus] = both(of);
      expect(Math.abs(plus - minus - x)).toBeLessThanOrEqual(2 * amplified(x) * 2 ** -52 * plus);
    }
  });

  test('no two of them are alike', () => {
    expect(new Set(all.map(of => `${valueAt(of, 1.25)} ${valueAt(of, -2) || 0}`)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });
});
