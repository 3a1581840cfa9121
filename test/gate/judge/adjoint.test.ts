/** The adjoint alone, without a reference of gradients: every slip of one unbalances it, and right ones never do. */
import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../src/gate/plan/gate-case.js';
import type { SubjectCall, WireTensor } from '../../../src/gate/subject/subject.js';
import { judged } from './cases.js';
import { subjectOf } from './subjects.js';

const cases: readonly (readonly [string, Configuration])[] = [
  [
    'conv2d',
    {
      shapes: { x: [2, 4, 5, 4], w: [6, 2, 2, 3], b: [6] },
      params: {
        stride: [2, 1],
        padding: [
          [0, 1],
          [2, 0],
        ],
        groups: 2,
      },
    },
  ],
  ['conv_transpose1d', { shapes: { x: [2, 4, 3], w: [4, 3, 2], b: [6] }, params: { stride: 3, groups: 2 } }],
  ['linear', { shapes: { x: [3, 5], w: [4, 5], b: [4] }, params: {} }],
];

const found = async (
  op: string,
  configuration: Configuration,
  change: (results: Partial<Record<string, WireTensor>>, call: SubjectCall) => void,
) => {
  const answer = (call: SubjectCall, right: () => Partial<Record<string, WireTensor>>) => {
    const results = right();
    change(results, call);
    return results;
  };
  const one = { op, ...configuration, dtype: 'float64', check: 'adjoint', filling: null, seed: 3 } as const;
  return judged(subjectOf(op, answer), one);
};

const changed = (tensor: WireTensor, change: (value: number, k: number) => number): WireTensor => ({
  ...tensor,
  data: Float64Array.from(tensor.data, change),
});

describe.each(cases)('%s', (op, configuration) => {
  test('right results balance, in two calls', async () => {
    const { findings, calls } = await found(op, configuration, () => {});
    const balanced = { kind: 'agreed', rung: 'adjoint' };
    expect(findings).toEqual({
      y: { kind: 'agreed', rung: 'exact' },
      ...{ dx: balanced, dw: balanced, db: balanced },
    });
    expect(calls).toBe(2);
  });

  test.each(['dx', 'dw', 'db'] as const)('a slip of %s is found there, and nowhere else', async result => {
    const changes: readonly ((value: number, k: number) => number)[] = [
      (value, k) => value + (k === 1 ? 1 : 0),
      value => -value,
      (value, k) => (k === 2 ? 0 : value),
      (value, k) => (k === 0 ? value * 1.01 : value),
    ];
    for (const change of changes) {
      const { findings } = await found(op, configuration, results => {
        if (results[result]) results[result] = changed(results[result], change);
      });
      for (const [name, finding] of Object.entries(findings))
        expect([name, finding.kind]).toEqual([name, name === result ? 'failed' : 'agreed']);
      expect(findings[result]).toMatchObject({ verdict: 'mismatch', rung: 'adjoint', wrong: null });
    }
  });

  test('a wrong forward pass is found, and the gradients are not blamed for it', async () => {
    const { findings } = await found(op, configuration, results => {
      if (results.y) results.y = changed(results.y, (value, k) => value + (k === 3 ? 2 : 0));
    });
    expect(Object.keys(findings)).toEqual(['y']);
    expect(findings.y).toMatchObject({ kind: 'failed', rung: 'exact' });
  });

  test('a gradient in another shape is none', async () => {
    const { findings } = await found(op, configuration, results => {
      if (results.dx) results.dx = { ...results.dx, shape: [...results.dx.shape].reverse() };
    });
    expect(findings.dx).toMatchObject({ kind: 'failed', verdict: 'mismatch' });
  });
});

test('operators with functions have no such adjoint', async () => {
  const { findings, calls } = await found('sigmoid', { shapes: { x: [3] }, params: {} }, () => {});
  expect(findings.dx).toMatchObject({ kind: 'skipped' });
  expect(calls).toBe(0);
});
