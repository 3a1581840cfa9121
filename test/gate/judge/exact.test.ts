/** The exact rung: right kernels pass, one wrong cell or term is found, and nothing tried is no pass. */
import { describe, expect, test } from 'vitest';
import { exactDot } from '../../../src/gate/judge/adjoint.js';
import type { JudgeContext } from '../../../src/gate/judge/judge.js';
import type { Configuration, GateCase } from '../../../src/gate/plan/gate-case.js';
import type { SubjectCall } from '../../../src/gate/subject/subject.js';
import { judged as judgedCase } from './cases.js';
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

const gateCase = (op: string, configuration: Configuration, change: Partial<GateCase> = {}) => ({
  ...{ op, ...configuration, dtype: 'float64' as const, filling: null, seed: 5, ...change },
  check: 'exact' as const,
});

type Declared = Parameters<typeof subjectOf>[2];

function judged(
  op: string,
  configuration: Configuration,
  answer: Parameters<typeof subjectOf>[1],
  change: Partial<GateCase> = {},
  { context = {}, declares = {} }: { context?: Partial<JudgeContext>; declares?: Declared } = {},
) {
  const subject = subjectOf(op, answer, { dtypes: ['float64', 'float32'], ...declares });
  return judgedCase(subject, gateCase(op, configuration, change), context);
}

const agreed = { kind: 'agreed', rung: 'exact' };

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
      for (const finding of Object.values(outcome.findings)) expect(finding).toEqual(agreed);
      // Two probes at least, and the two parts of the first.
      expect(outcome.calls).toBeGreaterThanOrEqual(8);
      expect(outcome.missProbability).toBeLessThanOrEqual(1e-9);
    }
  });
});

describe('a wrong kernel', () => {
  test('one cell that is off by one is found, and named', async () => {
    const outcome = await judged('conv2d', conv, (_, right) => {
      const results = right();
      if (results.dw) results.dw.data[7]! += 1;
      return results;
    });
    expect(outcome.findings.y).toEqual(agreed);
    expect(outcome.findings.dw).toMatchObject({
      ...{ kind: 'failed', verdict: 'mismatch', rung: 'exact' },
      wrong: { kind: 'value', index: [0, 1, 0, 1], cells: 1 },
    });
  });

  test('float32 sums within a float64 kernel are found by the amplitude', async () => {
    const outcome = await judged('conv2d', conv, (_, right) => {
      const results = right();
      for (const one of Object.values(results)) one.data.set(one.data.map(Math.fround));
      return results;
    });
    expect(outcome.findings.y).toMatchObject({ kind: 'failed', verdict: 'mismatch' });
  });

  test('a gradient that is missing is skipped, a missing output is not', async () => {
    const outcome = await judged('conv2d', conv, (call, right) =>
      call.pass === 'forward' ? {} : { dx: right().dx! },
    );
    expect(outcome.findings.y).toMatchObject({ kind: 'failed', wrong: { kind: 'missing' } });
    expect(outcome.findings.dx).toEqual(agreed);
    expect(outcome.findings.dw).toMatchObject({ kind: 'skipped' });
  });

  test('a fault and a skip are told as they are', async () => {
    const crash = { kind: 'fault', fault: 'crash', message: 'boom', stderr: '' } as const;
    expect((await judged('conv2d', conv, () => crash)).findings.y).toMatchObject({
      ...{ kind: 'failed', verdict: 'crash', message: 'boom', wrong: null },
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
    expect(outcome.findings.y).toMatchObject({ verdict: 'mutated-input', message: 'It wrote to x.' });
  });

  test('the same seed draws the same probes, another seed others', async () => {
    const asked = async (seed: number) => {
      const calls: SubjectCall[] = [];
      const answer = (call: SubjectCall, right: () => object) => {
        calls.push(call);
        return right();
      };
      await judged('conv2d', conv, answer, { seed });
      return calls;
    };
    const [once, again, other] = [await asked(1), await asked(1), await asked(2)];
    expect(again).toEqual(once);
    expect(other[0]!.inputs.x!.data).not.toEqual(once[0]!.inputs.x!.data);
  });

  test('only what is still of interest is asked for, and found', async () => {
    const asked: string[] = [];
    const { findings } = await judged(
      'conv2d',
      conv,
      (call, right) => {
        asked.push(...Object.keys(call.want));
        return right();
      },
      {},
      { context: { results: ['dw'] } },
    );
    expect(findings).toEqual({ dw: agreed });
    expect(new Set(asked)).toEqual(new Set(['dw']));
  });
});

test('a kernel that is right on random integers, and not additive, is found by the parts of a probe', async () => {
  const { findings } = await judged('conv2d', conv, (call, right) => {
    const results = right();
    // Probes hold no 0; the parts of one do.
    if (results.y && call.inputs.x!.data.includes(0)) results.y.data[0]! += 1;
    return results;
  });
  expect(findings.y).toMatchObject({ kind: 'failed', verdict: 'mismatch' });
});

describe('what is not tried', () => {
  const wide: Configuration = { shapes: { x: [1, 9], w: [1, 9] }, params: {} };

  test('sums that are exact at no amplitude', async () => {
    const { findings, calls } = await judged(
      'linear',
      wide,
      (_, right) => right(),
      {},
      {
        declares: { accumulate: 'bool' },
      },
    );
    expect(calls).toBe(0);
    expect(findings.y).toEqual({
      kind: 'skipped',
      why: 'a sum of 9 products is exact in bool for no integers but 0',
    });
  });

  test('inexact arithmetic, and element types that are not declared', async () => {
    const inexact = await judged(
      'linear',
      wide,
      (_, right) => right(),
      {},
      {
        declares: { arithmetic: 'inexact' },
      },
    );
    expect(inexact.findings.dx).toMatchObject({ kind: 'skipped', why: expect.stringContaining('inexact') });
    const half = await judged(
      'linear',
      wide,
      (_, right) => right(),
      {},
      { declares: { dtypes: ['float16'] } },
    );
    expect(half.findings.y).toEqual({ kind: 'skipped', why: 'float64 is not declared' });
    expect(half.calls).toBe(0);
  });

  test('16-bit sums get small integers, and right ones agree', async () => {
    const seen: number[] = [];
    const { findings } = await judged(
      'linear',
      wide,
      (call, right) => {
        seen.push(...Array.from(call.inputs.x!.data, Math.abs));
        return right();
      },
      {},
      { declares: { accumulate: 'bfloat16' } },
    );
    expect(findings.y).toEqual(agreed);
    expect(Math.max(...seen) ** 2 * 9).toBeLessThanOrEqual(2 ** 8);
  });
});

test('exact dot products beyond 2^53, and none for fractions', () => {
  const big = Float64Array.of(2 ** 40 + 1, -(2 ** 40), 3);
  expect(exactDot(big, big)).toBe((2n ** 40n + 1n) ** 2n + 2n ** 80n + 9n);
  expect(exactDot(Float64Array.of(0.5), Float64Array.of(2))).toBeNull();
  expect(exactDot(Float64Array.of(1), Float64Array.of(1, 2))).toBeNull();
});
