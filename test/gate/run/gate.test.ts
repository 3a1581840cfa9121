import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/gate/mutants/built-in.js';
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import { readCase } from '../../../src/gate/plan/case-text.js';
import { runGate } from '../../../src/gate/run/gate.js';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import type { ModuleKernels } from '../../../src/gate/subject/kernels.js';
import type { WireTensors } from '../../../src/gate/subject/subject.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { mutantOf, resultIn, right, subjectOf, verdicts } from './kernels.js';

const few = { cases: 5 };

describe('a right kernel', () => {
  test('is verified at every rung, with every planted mistake found', async () => {
    const report = await runGate(subjectOf('conv2d', right('conv2d', 'blocked')), few);
    expect(verdicts(report)).toEqual({ y: 'verified', dx: 'verified', dw: 'verified', db: 'verified' });
    expect(report.summary).toEqual({ verified: 4, failed: 0, skipped: 0 });
    expect(report.results.map(({ mutants }) => mutants)).toEqual([
      { killed: 38, live: 0, equivalent: 0 },
      { killed: 33, live: 0, equivalent: 0 },
      { killed: 21, live: 0, equivalent: 0 },
      { killed: 5, live: 0, equivalent: 0 },
    ]);
    const dx = resultIn(report, 'dx');
    expect(dx.rung).toBe('exact');
    expect(dx.evidence.map(({ rung }) => rung)).toEqual(['exact', 'exact-difference', 'bounded', 'sampled']);
    expect(dx.missProbability).toBeLessThan(1e-9);
    expect(dx.cases).toBeGreaterThan(1936);
    expect(
      dx.conditions.filter(({ verdict }) => verdict === 'verified').map(({ condition }) => condition),
    ).toEqual(['strides', 'repeat']);
    expect(dx.domain).toMatch(
      /^float64: 11 pinned calls, all 1936 calls of a sweep \(.*\), 5 random calls \(seed 1\)$/u,
    );
  });

  test('that takes less is asked for less, and told what cannot be found there', async () => {
    const supports = { stride: [1], dilation: [1], groups: [1], padding: [0], maxRank: 2 };
    const report = await runGate(
      subjectOf('conv1d', right('conv1d', 'columns'), { supports, strides: false }),
      few,
    );
    expect(report.summary.verified).toBe(4);
    const { mutants, survivors } = resultIn(report, 'dx');
    expect(mutants.live).toBe(0);
    expect(resultIn(report, 'dx').domain).toMatch(/ pinned calls, the \d+ that it supports of a sweep \(/u);
    expect(mutants.equivalent).toBeGreaterThan(8);
    expect(mutants.killed).toBeGreaterThan(15);
    expect(survivors).toEqual([]);
  });

  test('without a backward pass is verified in y alone', async () => {
    const { forward } = right('linear');
    const report = await runGate(openFunctions({ linear: { forward } }, 'forward only'), few);
    expect(verdicts(report)).toEqual({ y: 'verified', dx: 'skipped', dw: 'skipped', db: 'skipped' });
    expect(resultIn(report, 'dw').reason).toContain('no backward pass');
  });

  test.each(['gelu', 'batch_norm', 'global_avg_pool'])('%s, beside the catalogue', async op => {
    const report = await runGate(subjectOf(op, builtIn(operatorNamed(op))), few);
    expect(report.results.map(({ verdict, reason }) => [verdict, reason])).toEqual(
      report.results.map(() => ['verified', expect.any(String)]),
    );
    for (const { mutants } of report.results) expect(mutants.killed).toBeGreaterThan(3);
  });

  test('in float32 with inexact arithmetic, for 3x3 kernels alone, is not blamed for mistakes that it would hide', async () => {
    const { declares, forward, backward } = right('conv2d', 'winograd-float32');
    const refuse = ({ w }: WireTensors) => {
      const unsupported = Object.assign(new Error('3x3 only'), { code: 'unsupported' });
      if (String(w!.shape.slice(2)) !== '3,3') throw unsupported;
    };
    const kernel: ModuleKernel = {
      declares: { ...declares, dtypes: ['float32'], supports: { stride: [1], dilation: [1] } },
      forward: (inputs, params) => {
        refuse(inputs);
        return forward(inputs, params);
      },
      backward: (inputs, upstream, params) => {
        refuse(inputs);
        return backward(inputs, upstream, params);
      },
    };
    const report = await runGate(subjectOf('conv2d', kernel, { dtypes: ['float32'] }));
    expect(report.results.map(({ verdict, mutants }) => [verdict, mutants.live])).toEqual(
      report.results.map(() => ['verified', 0]),
    );
    expect(resultIn(report, 'y').reason).toMatch(/^\d+ cases skipped: 3x3 only$/u);
  });

  test('in float32 with inexact arithmetic is judged by bounds alone', async () => {
    const kernel = right('conv2d', 'winograd-float32');
    const report = await runGate(subjectOf('conv2d', kernel, { dtypes: ['float32'] }), few);
    expect(report.results.map(({ verdict, rung }) => [verdict, rung])).toEqual(
      report.results.map(() => ['verified', 'bounded']),
    );
  });
});

/** An operator, and the mistakes of its results. */
const wrong: readonly [op: string, faults: Readonly<Record<string, string>>][] = [
  ['conv2d', { y: 'C8', dx: 'X10', dw: 'F12', db: 'B2' }],
  ['linear', { y: 'D3', dx: 'D1-input', dw: 'D2', db: 'D2-bias' }],
  ['softmax_cross_entropy', { y: 'S3', dx: 'E1' }],
];

/** Each result from the kernel that has it wrong. */
function together(op: string, faults: Readonly<Record<string, string>>): ModuleKernel {
  const kernels = Object.entries(faults).map(([result, id]) => [result, mutantOf(op, id)] as const);
  const y = kernels.find(([result]) => result === 'y')![1];
  return {
    declares: y.declares,
    forward: (inputs, params) => y.forward(inputs, params),
    backward(inputs, upstream, params) {
      const gradients = kernels.flatMap(([result, kernel]) => {
        const gradient =
          result === 'y' ? undefined : kernel.backward(inputs, upstream, params)[result.slice(1)];
        return gradient ? [[result.slice(1), gradient] as const] : [];
      });
      return Object.fromEntries(gradients);
    },
  };
}

describe('a wrong kernel', () => {
  test.each(wrong)('%s fails in every result, is made small, and each fault is named', async (op, faults) => {
    const report = await runGate(subjectOf(op, together(op, faults)), {
      ...few,
      replay: text => `replay ${text}`,
    });
    for (const { result, verdict, failure } of report.results) {
      expect([result, verdict]).toEqual([result, 'mismatch']);
      const told = failure!.diagnosis.map(({ mistake, evidence }) => `${mistake} ${evidence}`).join(' ');
      expect(told).toMatch(new RegExp(`\\b${faults[result]}\\b`, 'u'));
      expect(failure!.replay).toBe(`replay ${failure!.case}`);
    }
  });

  test('fails again where its case is replayed, and nothing else is run', async () => {
    const subject = () => subjectOf('linear', together('linear', { y: 'D3', dx: 'D1-input', dw: 'D2' }));
    const { failure } = resultIn(await runGate(subject(), few), 'dx');
    const again = await runGate(subject(), { only: readCase(failure!.case) });
    expect(resultIn(again, 'dx').failure).toMatchObject({
      ...{ case: failure!.case, expected: failure!.expected, got: failure!.got, index: failure!.index },
    });
    expect(again.results.map(({ cases }) => cases)).toEqual([1, 1, 1, 0]);
  });

  test('that declines every call has shown nothing', async () => {
    const report = await runGate(subjectOf('conv2d', mutantOf('conv2d', 'H8')), few);
    expect(report.summary).toEqual({ verified: 0, failed: 0, skipped: 4 });
    expect(resultIn(report, 'y').reason).toContain('this call is not supported');
  });

  test('that throws for some calls is a crash there, and its other results are judged', async () => {
    const kernel = right('conv1d');
    let forwards = 0;
    const forward = (...[inputs, params]: Parameters<typeof kernel.forward>) => {
      forwards++;
      if (params.groups !== 1) throw new TypeError('groups is not a function');
      return kernel.forward(inputs, params);
    };
    const report = await runGate(subjectOf('conv1d', { ...kernel, forward }), few);
    expect(verdicts(report)).toEqual({ y: 'crash', dx: 'verified', dw: 'verified', db: 'verified' });
    expect(resultIn(report, 'y').reason).toContain('groups is not a function');
    expect(resultIn(report, 'y').failure?.case).toContain('groups=2');
    // Once for the case, and for those before it: a fall is not asked for again.
    expect(forwards).toBeLessThan(20);
  });

  test('that writes to x, and that is right once only', async () => {
    const writes = await runGate(subjectOf('relu', mutantOf('relu', 'H2')), few);
    expect(verdicts(writes)).toEqual({ y: 'mutated-input', dx: 'mutated-input' });
    const once = await runGate(subjectOf('conv1d', mutantOf('conv1d', 'H3')), few);
    expect(resultIn(once, 'y').failure?.diagnosis[0]?.mistake).toContain('[H3]');
  });

  test('whose output has another shape is explained without an element', async () => {
    const report = await runGate(subjectOf('conv1d', mutantOf('conv1d', 'C9-ceil')), few);
    const { failure } = resultIn(report, 'y');
    expect(failure?.index).toEqual([]);
    expect(failure?.diagnosis.map(({ mistake }) => mistake).join(' ')).toContain('[C9-ceil]');
  });
});

describe('a gate', () => {
  test('that is ended early says so, and verifies nothing', async () => {
    const ending = new AbortController();
    const onProgress = (text: string) => {
      if (text.includes(' 160 of ')) ending.abort();
    };
    const report = await runGate(subjectOf('conv2d', right('conv2d')), {
      ...few,
      onProgress,
      signal: ending.signal,
    });
    expect(report.interrupted).toBe(true);
    expect(report.summary).toEqual({ verified: 0, failed: 0, skipped: 4 });
    expect(resultIn(report, 'y').domain).toMatch(/^a part of float64: 11 pinned calls/u);
    expect(resultIn(report, 'y').reason).toMatch(/^ended after \d+ cases, all of which agreed$/u);
  });

  test('asked for what the kernel does not have skips it', async () => {
    const report = await runGate(subjectOf('relu', right('relu')), { ...few, ops: ['tanh'] });
    expect(report.results.map(({ op, verdict, reason }) => [op, verdict, reason])).toEqual([
      ['tanh', 'skipped', 'the kernel has no tanh'],
      ['tanh', 'skipped', 'the kernel has no tanh'],
    ]);
  });

  test('notes the element types that it does not judge', async () => {
    const kernels: ModuleKernels = { relu: { ...right('relu'), declares: { dtypes: ['float16'] } } };
    const report = await runGate(openFunctions(kernels, 'half'), few);
    expect(report.notes).toEqual(['relu: float16 is declared, and not judged yet']);
    expect(report.summary.verified).toBe(0);
  });

  test.each([
    [{ ops: ['conv2'] }, 'unknown-operator'],
    [{ seed: -1 }, 'bad-seed'],
    [{ seed: 1.5 }, 'bad-seed'],
    [{ cases: Number.NaN }, 'bad-cases'],
  ])('%j is refused', async (options, code) => {
    const refused = runGate(subjectOf('relu', right('relu')), options);
    await expect(refused).rejects.toThrow(expect.objectContaining({ code }));
  });
});
