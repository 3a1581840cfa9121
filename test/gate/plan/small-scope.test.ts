import { describe, expect, test } from 'vitest';
import { callOf } from '../../../src/gate/plan/call.js';
import { configurationText } from '../../../src/gate/plan/configuration-text.js';
import { slidingKind } from '../../../src/gate/plan/sliding-call.js';
import { smallScope } from '../../../src/gate/plan/small-scope.js';
import { operatorNamed, operators } from '../../../src/ops/index.js';

const names = operators.map(({ name }) => name);

describe.each(names)('%s', op => {
  const scope = smallScope(op);
  const all = [...scope.configurations()];

  test('as many calls as counted, each valid, no two alike', () => {
    expect(all).toHaveLength(scope.count);
    expect(all.filter(one => callOf(operatorNamed(op), one) === null)).toEqual([]);
    expect(new Set(all.map(one => configurationText(op, one))).size).toBe(scope.count);
    expect(scope.count).toBeLessThanOrEqual(2100);
    expect(scope.domain === '').toBe(scope.count === 0);
  });
});

test('the sliding operators have hundreds of calls, other promised ones dozens', () => {
  for (const op of names.filter(slidingKind)) expect(smallScope(op).count).toBeGreaterThan(400);
  for (const op of ['linear', 'relu', 'mse', 'softmax_cross_entropy'])
    expect(smallScope(op).count).toBeGreaterThan(35);
});

test('conv1d: the calls that the words promise, counted apart', () => {
  const { domain, count } = smallScope('conv1d');
  expect(domain).toContain('x 1 2 3 4 5 6, kernel 1 2 3 4, stride 1 2 3, dilation 1 2 3');
  expect(domain).toContain('2,2,3,1 with b');
  const [upToThree, pads] = [
    [1, 2, 3],
    [0, 1, 2],
  ];
  let found = 0;
  for (const L of [1, 2, 3, 4, 5, 6])
    for (const k of [1, 2, 3, 4])
      for (const _stride of upToThree)
        for (const d of k === 1 ? [1] : upToThree)
          for (const a of pads) for (const b of pads) if (L + a + b >= d * (k - 1) + 1) found++;
  expect(count).toBe(found);
});

test('conv2d: every pair of axes, and every axis in every layout', () => {
  const axes = new Map<string, Set<string>>();
  const pairs = new Set<string>();
  for (const { shapes, params } of smallScope('conv2d').configurations()) {
    const axis = (k: number) =>
      JSON.stringify([
        shapes.x![2 + k],
        shapes.w![2 + k],
        ...['stride', 'padding', 'dilation'].map(name => (params[name] as unknown[])[k]),
      ]);
    pairs.add(`${axis(0)} ${axis(1)}`);
    for (const k of [0, 1]) {
      const layouts = axes.get(axis(k)) ?? new Set();
      axes.set(
        axis(k),
        layouts.add(JSON.stringify([shapes.x!.slice(0, 2), shapes.w!.slice(0, 2), params.groups, shapes.b])),
      );
    }
  }
  expect(pairs.size).toBe(axes.size ** 2);
  expect([...axes.values()].filter(layouts => layouts.size !== 5)).toEqual([]);
});
