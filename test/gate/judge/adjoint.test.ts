/** The adjoint alone, without a reference: every slip of a gradient unbalances it, and right ones never do. */
import { describe, expect, test } from 'vitest';
import { firstImbalance, hasAdjoint } from '../../../src/gate/judge/adjoint.js';
import {
  type Configuration,
  drawProbe,
  integersUpTo,
  resultsOf,
  subjectCall,
} from '../../../src/gate/judge/probe.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { rightAnswer } from './subjects.js';

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

describe.each(cases)('%s', (op, configuration) => {
  const probe = drawProbe(operatorNamed(op), configuration, 'float64', integersUpTo(100), 'adjoint');
  const y = rightAnswer(subjectCall(probe, 'forward')).y!;
  const gradients = rightAnswer(subjectCall(probe, 'backward'));

  test('right results balance', () => {
    expect(hasAdjoint(probe)).toBe(true);
    expect(firstImbalance(probe, y, gradients)).toBeNull();
  });

  test.each(['dx', 'dw', 'db'] as const)('a cell of %s that is off by one, a sign, a cell lost', result => {
    expect(resultsOf(probe, 'backward')).toContain(result);
    const changes: readonly ((value: number, k: number) => number)[] = [
      (value, k) => value + (k === 1 ? 1 : 0),
      value => -value,
      (value, k) => (k === 2 ? 0 : value),
    ];
    for (const change of changes) {
      const wrong = { ...gradients[result]!, data: Float64Array.from(gradients[result]!.data, change) };
      expect(firstImbalance(probe, y, { ...gradients, [result]: wrong })).toMatchObject({ result });
    }
  });

  test('a wrong forward pass does not balance either', () => {
    const data = Float64Array.from(y.data, (value, k) => value + (k === 3 ? 2 : 0));
    expect(firstImbalance(probe, { ...y, data }, gradients)).not.toBeNull();
  });
});

test('operators with functions have no such adjoint', () => {
  const probe = drawProbe(
    operatorNamed('sigmoid'),
    { shapes: { x: [3] }, params: {} },
    'float64',
    integersUpTo(3),
    '',
  );
  expect(hasAdjoint(probe)).toBe(false);
});
