/** No right kernel fails: the library's own kernels, at every example of every operator, under every condition. */
import { expect, test } from 'vitest';
import { conditionsOf } from '../../../../src/gate/judge/conditions/applies.js';
import { operators } from '../../../../src/ops/index.js';
import { caseOf, judged, messages, subjectOf } from './judging.js';
import { libraryKernel } from './library-kernel.js';

test.each(operators.map(one => [one.name, one] as const))('%s', async (op, operator) => {
  const subject = subjectOf(op, libraryKernel(op));
  for (const [k, { shapes, params }] of operator.examples.entries()) {
    for (const { check, reason } of conditionsOf(operator, subject.offers.get(op)!)) {
      if (reason !== null) continue;
      for (const dtype of ['float64', 'float32'] as const) {
        const outcome = await judged(subject, caseOf(check, op, { shapes, params }, { dtype, seed: k }));
        const told = { check, shapes, params, dtype, messages: messages(outcome) };
        expect(told).toEqual({ ...told, messages: [] });
        expect(outcome.findings.y).toMatchObject({ kind: 'agreed' });
      }
    }
  }
});
