import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { assertGradient, gate, type ModuleKernel } from '../../src/index.js';
import { withFolder } from '../cli/run.js';

const OPTIONS = { cases: 0 } as const;

const cellwise = (f: (v: number) => number, slope: (v: number) => number): ModuleKernel => {
  const map = (one: { data: ArrayLike<number> }, g: (v: number, k: number) => number) => ({
    ...one,
    data: Float64Array.from(one.data, g),
  });
  return {
    forward: ({ x }) => map(x!, f),
    backward: ({ x }, yBar) => ({ x: map(yBar, (g, k) => g * slope(x!.data[k]!)) }) as never,
  };
};

const relu = cellwise(
  v => Math.max(v, 0),
  v => (v > 0 ? 1 : 0),
);
const leaking = cellwise(
  v => Math.max(v, 0),
  v => (v > 0 ? 1 : 0.01),
);

const SOURCE = `export const kernels = { relu: { forward: ({ x }) => ({ ...x, data: x.data.map(v => Math.max(v, 0)) }) } };`;

const refusal = async (call: Promise<unknown>): Promise<BackproofError> => {
  const error: unknown = await call.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BackproofError);
  return error as BackproofError;
};

describe('gate', () => {
  test('kernels by operator, one kernel for one operator', async () => {
    const report = await gate({ relu }, OPTIONS);
    expect(report.summary).toEqual({ verified: 2, failed: 0, skipped: 0 });
    expect((await gate(relu, { ...OPTIONS, ops: ['relu'] })).results).toEqual(report.results);
  });

  test('a path; a gradient that is not there is skipped', async () => {
    const report = await withFolder({ 'k.mjs': SOURCE }, folder => gate(`${folder}/k.mjs`, OPTIONS));
    expect(report.results.map(one => [one.result, one.verdict])).toEqual([
      ['y', 'verified'],
      ['dx', 'skipped'],
    ]);
  });

  test('a command that cannot be started is a report, not an error', async () => {
    const report = await gate({ command: ['no-such-program'] }, { ops: ['relu'] });
    expect(report.results.map(one => [one.op, one.result, one.verdict])).toEqual([
      ['relu', 'y', 'startup'],
      ['relu', 'dx', 'startup'],
    ]);
  });

  test('the replay line is a line of code that shows it again', async () => {
    const { results } = await gate({ relu: leaking }, OPTIONS);
    const { failure } = results.find(one => one.result === 'dx')!;
    expect(failure!.replay).toBe(`await gate(kernels, { case: ${JSON.stringify(failure!.case)} })`);
    const again = await gate({ relu: leaking }, { case: failure!.case });
    expect(again.results.find(one => one.result === 'dx')).toMatchObject({ verdict: 'mismatch' });
    // One kernel needs no name either: the case has it.
    expect((await gate(leaking, { case: failure!.case })).summary.failed).toBe(1);
  });

  test.each([
    ['gate-kernel', relu, {}],
    ['gate-kernel', relu, { ops: ['relu', 'tanh'] }],
    ['gate-kernel', 7 as never, {}],
    ['gate-kernel', null as never, {}],
    ['kernel-module-shape', {}, {}],
    ['kernel-module-operator', { relo: relu }, {}],
    ['kernel-module-missing', './no-such-file.mjs', {}],
    ['empty-command', { command: '' }, {}],
    ['empty-command', { command: [] }, {}],
    ['bad-case', { relu }, { case: 'relu and so on' }],
  ] as const)('%s: %o', async (code, kernel, options) => {
    expect((await refusal(gate(kernel, options))).code).toBe(code);
  });
});

describe('assertGradient', () => {
  test('returns the report of a right kernel', async () => {
    expect((await assertGradient(relu, 'relu', OPTIONS)).summary.verified).toBe(2);
  });

  test('a wrong gradient: the diagnosis is the message', async () => {
    const error = await refusal(assertGradient(leaking, 'relu', OPTIONS));
    expect(error.code).toBe('gradient-mismatch');
    expect(error.message).toContain('mismatch: relu dx');
    expect(error.message).toContain('replay');
    expect(error.data.report).toMatchObject({ summary: { failed: 1 } });
  });

  test.each([
    ['no backward pass', { forward: relu.forward }],
    ['no kernel for it', { tanh: relu }],
    ['no process', { command: ['no-such-program'] }],
  ])('not verified: %s', async (_, kernel) => {
    expect((await refusal(assertGradient(kernel, 'relu', OPTIONS))).code).toBe('gradient-not-verified');
  });

  test('not verified: ended before', async () => {
    const signal = AbortSignal.abort();
    const error = await refusal(assertGradient(relu, 'relu', { ...OPTIONS, signal }));
    expect(error.code).toBe('gradient-not-verified');
  });

  test('a kernel that throws is wrong', async () => {
    const kernel = { ...relu, backward: () => Promise.reject(new Error('not today')) };
    const error = await refusal(assertGradient(kernel, 'relu', OPTIONS));
    expect(error.code).toBe('gradient-mismatch');
    expect(error.message).toContain('not today');
  });
});
