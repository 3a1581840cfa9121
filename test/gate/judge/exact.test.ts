/** The exact rung and the adjoint: right kernels pass, one wrong cell or term is found, and nothing tried is no pass. */
import { describe, expect, test } from 'vitest';
import { exactDot } from '../../../src/gate/judge/adjoint.js';
import { type ExactPlan, probeExactly } from '../../../src/gate/judge/exact.js';
import type { Configuration } from '../../../src/gate/judge/probe.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { subjectOf } from './subjects.js';

const conv: Configuration = {
  shapes: { x: [2, 4, 6, 7], w: [6, 2, 3, 2], b: [6] },
  params: {
    stride: [2, 1],
    padding: [
      [1, 0],
      [0, 2],
    ],
    dilation: [1, 3],
    groups: 2,
  },
};

const plan = (op: string, configuration: Configuration, change: Partial<ExactPlan> = {}): ExactPlan => ({
  operator: operatorNamed(op),
  configuration,
  dtype: 'float64',
  seed: 5,
  missProbability: 1e-9,
  hangMs: 1000,
  ...change,
});

async function judged(
  op: string,
  configuration: Configuration,
  answer: Parameters<typeof subjectOf>[1],
  change = {},
) {
  const subject = subjectOf(op, answer);
  return probeExactly(subject, subject.offers.get(op)!, plan(op, configuration, change));
}

describe('a right kernel', () => {
  test.each<[string, Configuration, string[]]>([
    ['conv2d', conv, ['y', 'dx', 'dw', 'db']],
    ['conv1d', { shapes: { x: [1, 2, 9], w: [3, 2, 4] }, params: { stride: 3 } }, ['y', 'dx', 'dw']],
    [
      'conv_transpose2d',
      { shapes: { x: [2, 3, 4, 3], w: [3, 2, 2, 3] }, params: { stride: [2, 3], padding: 1 } },
      ['y', 'dx', 'dw'],
    ],
    ['linear', { shapes: { x: [5, 4], w: [3, 4], b: [3] }, params: {} }, ['y', 'dx', 'dw', 'db']],
  ])('%s agrees in both element types', async (op, configuration, results) => {
    for (const dtype of ['float64', 'float32'] as const) {
      const outcome = await judged(op, configuration, (_, right) => right(), { dtype });
      expect(Object.keys(outcome.findings)).toEqual(results);
      expect(new Set(Object.values(outcome.findings).map(({ kind }) => kind))).toEqual(new Set(['agreed']));
      expect(outcome.probes).toBe(outcome.budget!.probes);
      expect(outcome.budget!.missProbability).toBeLessThanOrEqual(1e-9);
    }
  });
});

describe('a wrong kernel', () => {
  test('one cell that is off by one is found, and named', async () => {
    const outcome = await judged('conv2d', conv, (call, right) => {
      const results = right();
      if (call.pass === 'backward') results.dw!.data[7]! += 1;
      return results;
    });
    expect(outcome.findings.y).toEqual({ kind: 'agreed' });
    expect(outcome.findings.dw).toMatchObject({
      kind: 'wrong',
      wrong: { kind: 'value', index: [0, 1, 0, 1], cells: 1 },
    });
  });

  test('float32 sums within a float64 kernel are found by the amplitude', async () => {
    const outcome = await judged('conv2d', conv, (_, right) => {
      const results = right();
      for (const one of Object.values(results)) one.data.set(one.data.map(Math.fround));
      return results;
    });
    expect(outcome.findings.y).toMatchObject({ kind: 'wrong' });
  });

  test('a gradient that is missing is skipped, a missing output is not', async () => {
    const outcome = await judged('conv2d', conv, (call, right) =>
      call.pass === 'forward' ? {} : { dx: right().dx! },
    );
    expect(outcome.findings.y).toMatchObject({ kind: 'wrong', wrong: { kind: 'missing' } });
    expect(outcome.findings.dx).toEqual({ kind: 'agreed' });
    expect(outcome.findings.dw).toMatchObject({ kind: 'skipped' });
  });

  test('a fault and a skip are told as they are', async () => {
    const crash = { kind: 'fault', fault: 'crash', message: 'boom', stderr: '' } as const;
    expect((await judged('conv2d', conv, () => crash)).findings.y).toMatchObject({
      kind: 'fault',
      answer: crash,
    });
    const skip = { kind: 'skip', why: 'groups' } as const;
    expect((await judged('conv2d', conv, () => skip)).findings.dx).toEqual({
      kind: 'skipped',
      why: 'groups',
    });
  });

  test('written inputs are a finding of their own', async () => {
    const subject = (kind: 'ok') => ({ kind, outputs: {}, mutated: ['x'], nanoseconds: null });
    const outcome = await judged('conv2d', conv, () => subject('ok'));
    expect(outcome.findings.y).toMatchObject({ kind: 'mutated', names: ['x'] });
  });

  test('the same seed draws the same probe, another seed another', async () => {
    const wrong = async (seed: number) => {
      const { findings } = await judged('conv2d', conv, () => ({}), { seed });
      return findings.y!.kind === 'wrong' ? findings.y!.probe : null;
    };
    expect((await wrong(1))!.inputs.x!.data).toEqual((await wrong(1))!.inputs.x!.data);
    expect((await wrong(1))!.inputs.x!.data).not.toEqual((await wrong(2))!.inputs.x!.data);
  });
});

test('sums that are exact at no amplitude are not tried', async () => {
  const subject = subjectOf('linear', (_, right) => right(), { accumulate: 'bool' });
  const wide = plan('linear', { shapes: { x: [1, 9], w: [1, 9] }, params: {} });
  expect(await probeExactly(subject, subject.offers.get('linear')!, wide)).toEqual({
    budget: null,
    probes: 0,
    findings: {},
  });
});

test('exact dot products beyond 2^53, and none for fractions', () => {
  const big = Float64Array.of(2 ** 40 + 1, -(2 ** 40), 3);
  expect(exactDot(big, big)).toBe((2n ** 40n + 1n) ** 2n + 2n ** 80n + 9n);
  expect(exactDot(Float64Array.of(0.5), Float64Array.of(2))).toBeNull();
  expect(exactDot(Float64Array.of(1), Float64Array.of(1, 2))).toBeNull();
});
