/** The catalogue of kernels under hostile calling conditions: right ones pass in every style, wrong ones do not. */
import { describe, expect, test } from 'vitest';
import { type ConditionCheck, conditionsOf } from '../../../../src/gate/judge/conditions/applies.js';
import { MUTANTS, RIGHT } from '../../../../src/gate/mutants/catalogue.js';
import { operatorNamed } from '../../../../src/ops/index.js';
import { caseOf, judged, messages, plansOf, subjectOf, verdicts } from './judging.js';

const ops = [...new Set(RIGHT.map(({ op }) => op))];

describe.each(ops)('%s', op => {
  test('right kernels pass every condition that they declare, in every style and type', async () => {
    let calls = 0;
    for (const { style, kernel } of RIGHT.filter(one => one.op === op)) {
      for (const [k, plan] of plansOf(op, 5).entries()) {
        const subject = subjectOf(op, kernel());
        const offer = subject.offers.get(op)!;
        for (const { check, reason } of conditionsOf(operatorNamed(op), offer)) {
          if (reason !== null) continue;
          for (const dtype of ['float64', 'float32'] as const) {
            if (!offer.declares.dtypes.includes(dtype)) continue;
            const outcome = await judged(subject, caseOf(check, op, plan, { dtype, seed: k }));
            expect({ style, check, messages: messages(outcome) }).toEqual({ style, check, messages: [] });
            expect(Object.values(verdicts(outcome))).not.toContain('skipped');
            calls += outcome.calls;
          }
        }
      }
    }
    expect(calls).toBeGreaterThan(200);
  });
});

/** Which condition must find which misbehaviour. */
const KILLED: readonly [check: ConditionCheck, op: string, ids: string][] = [
  ['strides', 'conv1d', 'X19'],
  ['strides', 'conv2d', 'X19'],
  ['strides', 'conv3d', 'X19'],
  ['repeat', 'conv2d', 'H3 H4 F13 X20 H2 H2-weights H2-upstream H5 H6'],
  ['repeat', 'relu', 'H3 H4 H2 H2-upstream'],
  ['repeat', 'sigmoid', 'H3 H4'],
  ['repeat', 'softmax_cross_entropy', 'H3 H4 E3'],
  ['repeat', 'avg_pool2d', 'H3 H4'],
  ['repeat', 'linear', 'H3 H4'],
  ['ties', 'max_pool1d', 'M1 M2 M3 M6'],
  ['ties', 'max_pool2d', 'M1 M2 M3 M6'],
  ['ties', 'max_pool3d', 'M1 M2 M3 M6'],
  ['special', 'max_pool1d', 'M7 M7-always'],
  ['special', 'max_pool2d', 'M7 M7-always'],
  ['special', 'max_pool3d', 'M7 M7-always'],
  ['kink', 'relu', 'R1 R2'],
  ['special', 'relu', 'R2-nan'],
];

test.each(KILLED)('%s of %s finds %s', async (check, op, ids) => {
  for (const id of ids.split(' ')) {
    const mutant = MUTANTS.find(one => one.op === op && one.id === id);
    if (!mutant) throw new Error(`no mutant ${op} ${id}`);
    for (const style of mutant.styles) {
      let found = '';
      for (const plan of plansOf(op, 30)) {
        const outcome = await judged(subjectOf(op, mutant.kernel(style)), caseOf(check, op, plan));
        found = verdicts(outcome)[id === 'H2' || id === 'H2-weights' ? 'y' : mutant.result] ?? '';
        if (found !== 'agreed') break;
      }
      const right = id.startsWith('H2') ? 'mutated-input' : 'mismatch';
      expect({ id, style, found }).toEqual({ id, style, found: right });
    }
  }
});

test('a policy that is not declared is nobody’s: M3 takes the last of equal maxima', async () => {
  const { kernel } = MUTANTS.find(one => one.op === 'max_pool2d' && one.id === 'M3')!;
  for (const plan of plansOf('max_pool2d', 12)) {
    for (const ties of ['last', 'any']) {
      const subject = subjectOf('max_pool2d', kernel('windows'), { ties });
      expect(verdicts(await judged(subject, caseOf('ties', 'max_pool2d', plan)))).toEqual({
        ...{ y: 'agreed', dx: 'agreed' },
      });
    }
  }
});

test.each(['M2', 'M6', 'M4', 'M5'])('%s is no gradient under any policy', async id => {
  const { kernel } = MUTANTS.find(one => one.op === 'max_pool2d' && one.id === id)!;
  const found = new Set<string>();
  for (const plan of plansOf('max_pool2d', 12)) {
    const subject = subjectOf('max_pool2d', kernel('cells'), { ties: 'any' });
    found.add(verdicts(await judged(subject, caseOf('ties', 'max_pool2d', plan))).dx!);
  }
  expect(found).toContain('mismatch');
});
