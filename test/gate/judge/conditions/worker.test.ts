/** Kernels in a thread of their own: what they do to memory is seen from here. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConditionCheck } from '../../../../src/gate/judge/conditions/applies.js';
import { conditionsOf } from '../../../../src/gate/judge/conditions/applies.js';
import { DEFAULTS } from '../../../../src/gate/subject/declares.js';
import { openModule } from '../../../../src/gate/subject/module.js';
import type { Offer, Subject } from '../../../../src/gate/subject/subject.js';
import { operatorNamed, operators } from '../../../../src/ops/index.js';
import { CONTEXT, caseOf, judged, messages, verdicts } from './judging.js';
import { ALL } from './library-kernel.js';

let subject: Subject;

beforeAll(async () => {
  const opened = await openModule(fileURLToPath(new URL('modules/misbehaves.mjs', import.meta.url)));
  if ('fault' in opened) throw new Error(opened.message);
  subject = opened;
});
afterAll(() => subject.close());

const plane = { shapes: { x: [3, 4] } as const, params: {} };
const judge = (check: ConditionCheck, op: string, hangMs = 60_000) =>
  judged(subject, caseOf(check, op, plane), { ...CONTEXT, hangMs });

describe('in a worker', () => {
  test('unwritten, and added to what was there', async () => {
    const outcome = await judge('out', 'relu');
    expect(verdicts(outcome)).toEqual({ y: 'unwritten', dx: 'mismatch' });
    expect(outcome.findings.y).toMatchObject({ wrong: { index: [0, 0], got: 'what was there before' } });
    expect(messages(outcome)[1]).toBe('dx is added to what was there, with an out that was filled before');
  });

  test('nondeterministic', async () => {
    const outcome = await judge('repeat', 'tanh');
    expect(verdicts(outcome)).toEqual({ y: 'nondeterministic', dx: 'agreed' });
    expect(outcome.findings.y).toMatchObject({ wrong: { index: [0, 0], cells: 1 } });
  });

  test('mutated-input', async () => {
    const outcome = await judge('out', 'leaky_relu');
    expect(verdicts(outcome)).toEqual({ y: 'mutated-input', dx: 'mutated-input' });
    expect(messages(outcome)).toEqual([
      'the kernel writes outside of out.y with an out that was filled before',
      'the kernel writes to yBar without an out',
    ]);
  });

  test('views read as dense, and a crash', async () => {
    const outcome = await judge('strides', 'sigmoid');
    expect(verdicts(outcome)).toEqual({ y: 'mismatch', dx: 'crash' });
    expect(messages(outcome)[0]).toBe('y is wrong with x at an offset (strides 4,1, offset 5)');
  });

  test('a hang on a NaN', async () => {
    expect(verdicts(await judge('special', 'sigmoid', 300))).toEqual({ y: 'hang', dx: 'crash' });
  });

  test('what is not declared is skipped with the reason', async () => {
    const outcome = await judge('special', 'relu');
    const why = 'specialValues is not declared';
    expect(outcome).toMatchObject({ calls: 0, findings: { y: { kind: 'skipped', why }, dx: { why } } });
    expect((await judge('ties', 'relu')).findings.y).toEqual({ kind: 'skipped', why: 'relu has no ties' });
  });

  test('a type that is not declared is skipped', async () => {
    const outcome = await judged(subject, caseOf('kink', 'relu', plane, { dtype: 'float32' }));
    expect(outcome.findings.dx).toEqual({ kind: 'skipped', why: 'float32 is not declared' });
  });
});

const offerOf = (more: Partial<Offer> = {}, declares = {}): Offer => ({
  ...{ op: 'conv2d', passes: ['forward', 'backward'], declares: { ...DEFAULTS, ...declares } },
  ...more,
});

describe('conditionsOf', () => {
  const reasons = (op: string, offer: Offer) =>
    Object.fromEntries(conditionsOf(operatorNamed(op), offer).map(({ check, reason }) => [check, reason]));

  test('nothing declared', () => {
    expect(reasons('conv2d', offerOf())).toEqual({
      strides: 'strides is not declared',
      out: 'out is not declared',
      repeat: null,
      special: 'specialValues is not declared',
    });
    expect(reasons('max_pool1d', offerOf({ passes: ['forward'] }))).toMatchObject({
      ties: 'no backward pass',
    });
    expect(reasons('relu', offerOf())).toMatchObject({ kink: null });
  });

  test('behind a pipe', () => {
    expect(reasons('relu', offerOf({ behindPipe: true }, ALL))).toEqual({
      strides: 'the kernel is behind a pipe: tensors there are dense',
      out: 'the kernel is behind a pipe: its results are its own',
      ...{ repeat: null, special: null, kink: null },
    });
  });

  test('everything declared: of every operator all are tried, but special values of some', () => {
    const untried: string[] = [];
    for (const { name } of operators) {
      const { special, ...others } = reasons(name, offerOf({}, ALL));
      expect(new Set(Object.values(others))).toEqual(new Set([null]));
      if (special !== null) untried.push(name);
    }
    expect(untried.join(' ')).toBe(
      'softmax log_softmax softmax_cross_entropy bce bce_with_logits mse l1 l2_regularization batch_norm layer_norm sgd momentum_velocity weight_decay',
    );
    expect(reasons('softmax', offerOf({}, ALL)).special).toMatch(/how its formula is written/u);
    expect(reasons('conv2d', offerOf({}, { ...ALL, arithmetic: 'inexact' })).special).toMatch(/inexact/u);
  });
});
