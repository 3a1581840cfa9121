/** Differences alone fail nothing: where they disagree, the definition says which pass is wrong, if it can. */
import { describe, expect, test } from 'vitest';
import type { JudgeContext } from '../../../src/gate/judge/judge.js';
import { slopeBy } from '../../../src/gate/judge/ridders.js';
import type { Declares } from '../../../src/gate/subject/declares.js';
import type { SubjectCall, WireTensor } from '../../../src/gate/subject/subject.js';
import type { Filling } from '../../../src/gate/vectors/filling.js';
import { judged, type ValueCase } from './cases.js';
import { readable } from './readable.js';
import { rightAnswer, subjectOf } from './subjects.js';

const sampled = (op: string, filling: Filling | null = null): ValueCase => ({
  ...{ op, shapes: { x: [3, 4] }, params: {}, dtype: 'float64', check: 'sampled', filling, seed: 1 },
});

type Results = Partial<Record<string, WireTensor>>;

function found(
  one: ValueCase,
  change: (results: Results, call: SubjectCall) => void,
  context: Partial<JudgeContext> = {},
  declares: Partial<Declares> = {},
) {
  const answer = (call: SubjectCall) => {
    const results: Results = rightAnswer(readable(call));
    change(results, call);
    return results;
  };
  return judged(subjectOf(one.op, answer, declares), one, context);
}

const changed = (tensor: WireTensor, change: (value: number, k: number) => number): WireTensor => ({
  ...tensor,
  data: Float64Array.from(tensor.data, change),
});

describe('sigmoid', () => {
  test('a right kernel agrees, and no reference is computed', async () => {
    const { findings } = await found(sampled('sigmoid'), () => {}, { precision: null });
    expect(findings).toEqual({ dx: { kind: 'agreed', rung: 'sampled' } });
  });

  const slip = (results: Results) => {
    if (results.dx) results.dx = changed(results.dx, (value, k) => (k === 5 ? value * 1.01 : value));
  };

  test('a wrong gradient is a mismatch at its cell, by the definition', async () => {
    const { findings } = await found(sampled('sigmoid'), slip);
    expect(findings.dx).toMatchObject({
      ...{ kind: 'failed', verdict: 'mismatch', rung: 'bounded' },
      wrong: { index: [1, 1], cells: 1 },
    });
    expect(findings.y).toMatchObject({ kind: 'agreed' });
  });

  test('without a definition to ask it is suspect, no more', async () => {
    const { findings } = await found(sampled('sigmoid'), slip, { precision: null });
    expect(findings.dx).toMatchObject({ kind: 'failed', verdict: 'suspect', rung: 'sampled' });
  });

  test('a wrong forward pass is told as such, and the gradient is not blamed', async () => {
    const { findings } = await found(sampled('sigmoid'), (results, { inputs }) => {
      if (results.y) results.y = changed(results.y, (value, k) => value + 1e-3 * inputs.x!.data[k]! ** 2);
    });
    expect(findings.y).toMatchObject({ kind: 'failed', verdict: 'mismatch', rung: 'bounded' });
    expect(findings.dx).toMatchObject({ kind: 'agreed', rung: 'bounded' });
  });

  test('a forward pass without results says nothing of the gradient', async () => {
    const crash = { kind: 'fault', fault: 'crash', message: 'boom', stderr: '' } as const;
    const subject = subjectOf('sigmoid', call => (call.pass === 'forward' ? crash : rightAnswer(call)));
    const { findings } = await judged(subject, sampled('sigmoid'));
    expect(findings).toEqual({
      y: expect.objectContaining({ verdict: 'crash', message: 'boom' }),
    });
  });
});

describe('relu at its kink', () => {
  test('differences disagree with a slope of 0, and the definition clears the kernel that declares it', async () => {
    const { findings } = await found(sampled('relu', 'zeros'), () => {}, {}, { kink: 0 });
    expect(findings.dx).toEqual({ kind: 'agreed', rung: 'bounded' });
  });

  test('where another slope may be meant, nothing is said', async () => {
    const { findings } = await found(sampled('relu', 'zeros'), () => {});
    expect(findings.dx).toMatchObject({ kind: 'skipped', why: expect.stringContaining('kink') });
  });
});

test('float32 has too few digits for differences', async () => {
  const one = { ...sampled('sigmoid'), dtype: 'float32' } as const;
  const { findings, calls } = await found(one, () => {}, {}, { dtypes: ['float32'] });
  expect(findings.dx).toMatchObject({ kind: 'skipped' });
  expect(calls).toBe(0);
});

describe('slopes', () => {
  const by = (f: (x: number) => number, at: number) =>
    slopeBy(async step => f(at + step) - f(at - step), 2 ** -4);

  test.each<[string, (x: number) => number, number, number]>([
    ['exp', Math.exp, 1, Math.E],
    ['sin', Math.sin, 0.5, Math.cos(0.5)],
    ['1/x', x => 1 / x, 0.25, -16],
    ['x^5', x => x ** 5, 2, 80],
    ['a constant', () => 3, 2, 0],
  ])('%s', async (_, f, at, slope) => {
    const found = await by(f, at);
    expect(Math.abs(found.value - slope)).toBeLessThanOrEqual(1e-9 * Math.abs(slope));
    expect(Math.abs(found.value - slope)).toBeLessThanOrEqual(16 * found.error + 1e-15);
  });

  test('a jump is not taken for a slope', async () => {
    const { value, error } = await by(x => (x > 2.01 ? 1 : 0), 2);
    expect(error).toBeGreaterThan(Math.abs(value) / 16);
  });

  test('there is none where there are no values', async () => {
    expect(await by(() => Number.NaN, 2)).toMatchObject({ error: Number.POSITIVE_INFINITY });
  });
});
