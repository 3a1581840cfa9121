/** The language of definitions, tried on operators that are declared later: values and gradients. */
import { describe, expect, test } from 'vitest';
import { vjp } from '../../src/autodiff/index.js';
import { constant, evaluateAll, float64, variable } from '../../src/expr/index.js';
import {
  cellExpressions,
  evaluateProgram,
  float64Algebra,
  linearityIn,
  parseProgram,
  programLatex,
  programText,
} from '../../src/index-sum/index.js';
import { size, unravel } from '../../src/tensor/index.js';

interface Trial {
  readonly name: string;
  readonly text: string;
  readonly rank: number;
  readonly sizes: Readonly<Record<string, number>>;
  readonly inputs: Readonly<Record<string, { shape: number[]; values: number[] }>>;
  readonly expected: (inputs: Readonly<Record<string, number[]>>) => number[];
  readonly linearity: Readonly<Record<string, string>>;
}

const logits = { shape: [2, 3], values: [0.3, -1.2, 2.5, 1.1, 0.7, -0.4] };
const rows = (x: number[]) => [x.slice(0, 3), x.slice(3)];
const image = { shape: [1, 2, 5], values: [3, -1, 4, 1, -5, -9, -2, -6, -5, -3.5] };

const trials: readonly Trial[] = [
  {
    name: 'softmax',
    text: `m[n<N] = max(k<K) x[n, k]
           e[n<N, k<K] = exp(x[n, k] - m[n])
           z[n<N] = sum(k<K) e[n, k]
           y[n<N, k<K] = e[n, k] / z[n]`,
    rank: 0,
    sizes: { N: 2, K: 3 },
    inputs: { x: logits },
    expected: ({ x }) =>
      rows(x!).flatMap(row => {
        const e = row.map(Math.exp);
        return e.map(one => one / e.reduce((a, b) => a + b));
      }),
    linearity: { x: 'nonlinear' },
  },
  {
    name: 'batch normalisation with its own statistics',
    text: `r[] = 1/(N*prod(L@))
           mean[c<C] = sum(n<N, i@<L@) r[] * x[n, c, i@]
           d[n<N, c<C, i@<L@] = x[n, c, i@] - mean[c]
           v[c<C] = sum(n<N, i@<L@) r[] * d[n, c, i@] * d[n, c, i@]
           s[c<C] = 1 / sqrt(v[c] + eps[])
           y[n<N, c<C, i@<L@] = gamma[c] * s[c] * d[n, c, i@] + beta[c]`,
    rank: 1,
    sizes: { N: 1, C: 2, L1: 5 },
    inputs: {
      x: image,
      eps: { shape: [], values: [0.01] },
      gamma: { shape: [2], values: [1.5, -0.5] },
      beta: { shape: [2], values: [0.25, 2] },
    },
    expected: ({ x, gamma, beta, eps }) =>
      [0, 1].flatMap(c => {
        const row = x!.slice(5 * c, 5 * c + 5);
        const mean = row.reduce((a, b) => a + b) / 5;
        const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / 5;
        return row.map(one => (gamma![c]! * (one - mean)) / Math.sqrt(variance + eps![0]!) + beta![c]!);
      }),
    linearity: { x: 'nonlinear', gamma: 'affine', beta: 'affine' },
  },
  {
    name: 'max pooling, padding left out by the guard',
    text: 'y[n<N, c<C, p@<P@] = max(q@<K@) [0 <= s@*p@ + q@ - a@ < L@] x[n, c, s@*p@ + q@ - a@]',
    rank: 1,
    sizes: { N: 1, C: 2, L1: 5, K1: 3, s1: 2, a1: 1, P1: 3 },
    inputs: { x: image },
    expected: () => [3, 4, 1, -2, -2, -3.5],
    linearity: { x: 'nonlinear' },
  },
  {
    name: 'max pooling with its selection as a one-hot tensor (the tie policy chose it)',
    text: `y[n<N, c<C, p@<P@] = sum(q@<K@) [0 <= s@*p@ + q@ - a@ < L@]
             S[n, c, p@, q@] * x[n, c, s@*p@ + q@ - a@]`,
    rank: 1,
    sizes: { N: 1, C: 2, L1: 5, K1: 3, s1: 2, a1: 1, P1: 3 },
    inputs: {
      x: image,
      S: { shape: [1, 2, 3, 3], values: [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0] },
    },
    expected: () => [3, 4, 1, -2, -2, -3.5],
    linearity: { x: 'linear', S: 'linear' },
  },
  {
    name: 'softmax cross entropy with one-hot targets, mean over rows',
    text: `m[n<N] = max(k<K) x[n, k]
           e[n<N, k<K] = exp(x[n, k] - m[n])
           z[n<N] = sum(k<K) e[n, k]
           l[n<N, k<K] = log(z[n]) + m[n] - x[n, k]
           r[] = 1/(N)
           y[] = sum(n<N, k<K) r[] * t[n, k] * l[n, k]`,
    rank: 0,
    sizes: { N: 2, K: 3 },
    inputs: { x: logits, t: { shape: [2, 3], values: [0, 0, 1, 1, 0, 0] } },
    expected: ({ x }) => {
      const loss = (row: number[], k: number) => Math.log(row.reduce((a, b) => a + Math.exp(b), 0)) - row[k]!;
      const [first, second] = rows(x!);
      return [(loss(first!, 2) + loss(second!, 0)) / 2];
    },
    linearity: { x: 'nonlinear', t: 'linear' },
  },
  {
    name: 'upsampling by repetition',
    text: 'y[n<N, c<C, i@<P@] = sum(j@<L@, t@<r@) [i@ = r@*j@ + t@] x[n, c, j@]',
    rank: 1,
    sizes: { N: 1, C: 2, L1: 5, r1: 2, P1: 10 },
    inputs: { x: image },
    expected: ({ x }) => x!.flatMap(one => [one, one]),
    linearity: { x: 'linear' },
  },
];

describe.each(trials)('$name', ({ text, rank, sizes, inputs, expected, linearity }) => {
  const program = parseProgram(text, rank);
  const values = Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, one.values]));
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, one.shape]));
  const run = (at: Readonly<Record<string, number[]>>) => {
    const given = Object.entries(at).map(
      ([name, list]) => [name, { shape: shapes[name]!, values: list }] as const,
    );
    return evaluateProgram(program, sizes, new Map(given), float64Algebra).values;
  };

  test('the definition gives the values', () => {
    const [got, want] = [run(values), expected(values)];
    expect(got.length).toBe(want.length);
    got.forEach((value, k) => {
      expect(value).toBeCloseTo(want[k]!, 12);
    });
  });

  test('its cells as expressions have the same values, and their gradients agree with differences', () => {
    const cells = cellExpressions(program, sizes, shapes);
    const numberAt = (name: string, index: readonly number[]) =>
      values[name]![shapes[name]!.reduce((flat, extent, axis) => flat * extent + index[axis]!, 0)]!;
    const got = evaluateAll(cells.values, float64, v => numberAt(v.tensor, v.index));
    expect(got).toEqual(run(values));
    const weights = got.map((_, k) => 1 + k / 2);
    const gradient = vjp(
      cells.values,
      weights.map(weight => constant({ numerator: weight * 2, denominator: 2 })),
    );
    const cotangent = (name: string, cell: number) =>
      evaluateAll([gradient.of(variable(name, unravel(shapes[name]!, cell)))], float64, v =>
        numberAt(v.tensor, v.index),
      )[0]!;
    for (const name of Object.keys(linearity)) {
      for (let cell = 0; cell < size(shapes[name]!); cell++) {
        const shifted = (h: number) => {
          const list = values[name]!.map((value, k) => (k === cell ? value + h : value));
          return run({ ...values, [name]: list }).reduce((total, y, k) => total + weights[k]! * y, 0);
        };
        expect(cotangent(name, cell)).toBeCloseTo((shifted(1e-5) - shifted(-1e-5)) / 2e-5, 6);
      }
    }
  });

  test('linearity is told for each input, and the printed text reads back as the same definition', () => {
    for (const [name, kind] of Object.entries(linearity)) expect(linearityIn(program, name)).toBe(kind);
    expect(parseProgram(programText(program), rank)).toEqual(program);
    expect(programLatex(program)).toMatch(/=/);
  });
});
