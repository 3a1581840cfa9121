/** Kernels that compute nothing of the form that is looked for: no formula comes back, and the reason is named. */
import { describe, expect, test } from 'vitest';
import type { Ask, Problem } from '../../../src/gate/diagnosis/problem.js';
import { recoverFormula } from '../../../src/gate/diagnosis/recover.js';
import type { WireTensor } from '../../../src/gate/subject/wire.js';
import { fromArray } from '../../../src/tensor/index.js';
import { askRight, askWrong, rewritten, type Tamper, withInput, withOutput } from './kernels.js';

const problem: Problem = {
  op: 'conv2d',
  params: { stride: [2, 1], padding: 1, dilation: 1, groups: 1 },
  shapes: { x: [2, 2, 4, 3], w: [3, 2, 3, 2] },
  dtype: 'float64',
  result: 'dx',
  index: [1, 0, 2, 1],
  mayRead: null,
};

const why = async (ask: Ask, at = problem) => {
  const found = await recoverFormula(ask, at);
  return found.kind === 'recovered' ? 'recovered' : found.why;
};

/** A new number with each call, as a test can repeat it. */
function counting(): () => number {
  let calls = 0;
  return () => ++calls;
}

const addsAnInput: Tamper = right => tensors =>
  rewritten(right(tensors), (index, read) => read(index) + tensors.x!.data[5]!);

const accumulates: Tamper = right => {
  let kept: readonly number[] | null = null;
  return tensors => {
    const result = right(tensors);
    const sums = Array.from(result.data, (value, cell) => value + (kept?.[cell] ?? 0));
    kept = sums;
    return fromArray(result.shape, sums, result.dtype);
  };
};

const noise = counting();

const kernels: readonly (readonly [what: string, tamper: Tamper, reason: RegExp])[] = [
  [
    'a relu inside',
    withOutput((index, read) => Math.max(0, read(index))),
    /^it is not linear in yBar: with yBar times/,
  ],
  [
    'a square',
    withInput('w', (index, read) => read(index) ** 2),
    /^it is not linear in w: with w times -1, 0, 1, 3/,
  ],
  ['a cube', withInput('w', (index, read) => read(index) ** 3), /^it is not linear in w/],
  ['NaN', withOutput(() => Number.NaN), /^the element is NaN/],
  ['infinity', withOutput(() => Number.POSITIVE_INFINITY), /^the element is Infinity/],
  ['random numbers', withOutput(() => noise()), /^two equal calls gave \d+ and \d+/],
  ['a sum over calls', accumulates, /keeps something between calls/],
  [
    'a constant that is added',
    withOutput((index, read) => read(index) + 3),
    /^it is 3 where yBar and w are 0/,
  ],
  ['a constant alone', withOutput(() => 0.5), /^it is 0\.5 where yBar and w are 0/],
  ['a gradient that reads x', addsAnInput, /^dx changes when only x changes/],
  ['an irrational factor', withOutput((index, read) => read(index) * Math.SQRT1_2), /no small fractions/],
];

describe('not recovered', () => {
  test.each(kernels)('%s', async (_, tamper, reason) => {
    for (const dtype of ['float64', 'float32'] as const) {
      const at = { ...problem, dtype };
      expect(await why(askWrong(at, tamper), at)).toMatch(reason);
    }
  });

  test('no result', async () => {
    expect(await why(async () => null)).toBe('the kernel gave no dx on a probe');
    expect(await why(async () => ({}))).toBe('the kernel gave no dx on a probe');
  });

  test('a result of another shape or element type', async () => {
    const zeros = (shape: readonly number[], dtype: 'float64' | 'float32') => async () => ({
      dx: fromArray(shape, new Array<number>(48).fill(0), dtype) as WireTensor,
    });
    expect(await why(zeros([2, 2, 3, 4], 'float64'))).toMatch(/^dx came as float64 \[2,2,3,4\]/);
    expect(await why(zeros([2, 2, 4, 3], 'float32'))).toMatch(/^dx came as float32 /);
  });

  test('more calls than are allowed', async () => {
    const found = await recoverFormula(askRight(problem), problem, { maxCalls: 9 });
    expect(found).toEqual({ kind: 'not-recovered', why: 'it would take more than 9 calls', calls: 9 });
  });

  test('an operator that is no polynomial', async () => {
    const at: Problem = {
      ...problem,
      op: 'sigmoid',
      params: {},
      shapes: { x: [3] },
      result: 'y',
      index: [1],
    };
    expect(await why(askRight(at), at)).toBe('sigmoid is no polynomial of its inputs');
    expect(
      await recoverFormula(
        askWrong(
          at,
          withOutput(() => 0),
        ),
        at,
      ),
    ).toMatchObject({ kind: 'recovered' });
  });
});

describe('what a kernel may read is for the caller to say', () => {
  test('x as well', async () => {
    const at: Problem = { ...problem, mayRead: ['yBar', 'x', 'w'] };
    const found = await recoverFormula(askWrong(at, addsAnInput), at);
    if (found.kind !== 'recovered') throw new Error(found.why);
    expect(found.formula.get('x:5')?.coefficient).toEqual({ numerator: 1, denominator: 1 });
  });
});

test('sums in float32 inside a float64 kernel are recovered as far as they are exact', async () => {
  const single = withOutput((index, read) => Math.fround(read(index)));
  const found = await recoverFormula(askWrong(problem, single), problem);
  expect(found).toMatchObject({ kind: 'recovered', bits: 24 });
});

test('a position outside, and a result that is not there, are refused', async () => {
  const refused = (change: Partial<Problem>) => recoverFormula(askRight(problem), { ...problem, ...change });
  await expect(refused({ index: [0, 0, 0] })).rejects.toMatchObject({ code: 'bad-element' });
  await expect(refused({ index: [0, 0, 4, 0] })).rejects.toMatchObject({ code: 'bad-element' });
  await expect(refused({ result: 'db', index: [0] })).rejects.toMatchObject({ code: 'bad-result' });
});
