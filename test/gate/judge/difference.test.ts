/** Exact differences: a backward pass against its own forward pass, which itself must be right. */
import { describe, expect, test } from 'vitest';
import { hasExactDifferences, placeOf } from '../../../src/gate/judge/difference-place.js';
import type { GateCase } from '../../../src/gate/plan/gate-case.js';
import { DEFAULTS } from '../../../src/gate/subject/declares.js';
import type { WireTensor } from '../../../src/gate/subject/subject.js';
import { context, judged } from './cases.js';
import { subjectOf } from './subjects.js';

const cases: readonly Pick<GateCase, 'op' | 'shapes' | 'params'>[] = [
  {
    op: 'max_pool2d',
    shapes: { x: [2, 3, 5, 4] },
    params: {
      kernel_size: [3, 2],
      stride: [2, 1],
      padding: [
        [1, 0],
        [0, 1],
      ],
      dilation: [1, 2],
      ceil_mode: false,
    },
  },
  { op: 'relu', shapes: { x: [3, 7] }, params: {} },
  { op: 'l1', shapes: { x: [3, 4], target: [3, 4] }, params: { reduction: 'sum' } },
  { op: 'mse', shapes: { x: [3, 4], target: [3, 4] }, params: { reduction: 'none' } },
  { op: 'linear', shapes: { x: [3, 4], w: [2, 4], b: [2] }, params: {} },
];

type Change = (results: Partial<Record<string, WireTensor>>) => void;

const found = (at: (typeof cases)[number], change: Change) => {
  const subject = subjectOf(at.op, (_, right) => {
    const results = right();
    change(results);
    return results;
  });
  return judged(subject, { ...at, dtype: 'float64', check: 'difference', filling: null, seed: 4 });
};

const changed = (tensor: WireTensor, change: (value: number, k: number) => number): WireTensor => ({
  ...tensor,
  data: Float64Array.from(tensor.data, change),
});

describe.each(cases)('$op', at => {
  test('a right kernel agrees', async () => {
    const { findings, missProbability } = await found(at, () => {});
    for (const finding of Object.values(findings))
      expect(finding).toEqual({ kind: 'agreed', rung: 'exact-difference' });
    expect(findings.dx).toBeDefined();
    expect(missProbability).toBeLessThan(1e-4);
  });

  test.each<[string, (value: number, k: number) => number]>([
    ['one cell off by one', (value, k) => value + (k === 1 ? 1 : 0)],
    ['one cell off by a percent', (value, k) => (k === 0 ? value * 1.01 + 0.25 : value)],
    ['the sign', value => -value - 1],
  ])('a wrong dx: %s', async (_, change) => {
    const { findings } = await found(at, results => {
      if (results.dx) results.dx = changed(results.dx, change);
    });
    expect(findings.dx).toMatchObject({ kind: 'failed', verdict: 'mismatch', rung: 'exact-difference' });
    expect(findings.y).toMatchObject({ kind: 'agreed' });
  });

  test('a wrong forward pass, its own gradient beside it: y is wrong, dx is not blamed', async () => {
    const { findings } = await found(at, results => {
      for (const name of ['y', 'dx'])
        if (results[name]) results[name] = changed(results[name], value => 2 * value + 1);
    });
    expect(findings.y).toMatchObject({ kind: 'failed', rung: 'exact-difference' });
    expect(findings.dx).toBeUndefined();
  });

  test('a gradient that is not returned is skipped', async () => {
    const { findings } = await found(at, results => {
      delete results.dx;
    });
    expect(findings.dx).toEqual({ kind: 'skipped', why: 'this gradient is not returned' });
  });
});

test('cells keep their order and their sign on the way', () => {
  for (const at of cases.slice(0, 3)) {
    const one = { ...at, dtype: 'float32', check: 'difference', filling: null, seed: 4 } as const;
    const place = placeOf(one, { op: at.op, passes: [], declares: DEFAULTS }, context.missProbability);
    if (typeof place === 'string') throw new Error(place);
    const values = Object.values(place.probe.inputs).flatMap(({ data }) => [...data]);
    const sorted = [...values].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((value, k) => value - sorted[k]!);
    expect(Math.min(...gaps)).toBeGreaterThan(2 * place.reach);
    expect(Math.min(...values.map(Math.abs))).toBeGreaterThan(place.reach);
  }
});

test('what divides, bends, or has real parameters is for other checks', () => {
  const pool = { kernel_size: 2, stride: 2, padding: 0, ceil_mode: false, count_include_pad: true };
  for (const at of [
    { op: 'avg_pool1d', shapes: { x: [1, 1, 4] }, params: pool },
    { op: 'sigmoid', shapes: { x: [3] }, params: {} },
    { op: 'leaky_relu', shapes: { x: [3] }, params: {} },
    { op: 'mse', shapes: { x: [3], target: [3] }, params: { reduction: 'mean' } },
  ])
    expect([at.op, hasExactDifferences(at)]).toEqual([at.op, false]);
});
