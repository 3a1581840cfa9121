/** NaN, infinities, zeros and the ends of the number range. */
import { describe, expect, test } from 'vitest';
import { RIGHT } from '../../../../src/gate/mutants/catalogue.js';
import { caseOf, judged, messages, plansOf, subjectOf } from './judging.js';

const styles = RIGHT.filter(
  ({ op, style }) => !style.startsWith('winograd') && /^(?:conv|linear|avg|tanh|sigmoid)/u.test(op),
);

describe('right kernels, whatever they multiply padding by', () => {
  test.each(styles)('$op, $style', async ({ op, kernel }) => {
    const [right, dtypes] = [kernel(), kernel().declares.dtypes!];
    let calls = 0;
    for (const [seed, plan] of plansOf(op, 6, 'special').entries()) {
      for (const dtype of ['float64', 'float32'] as const) {
        if (!dtypes.includes(dtype)) continue;
        const subject = subjectOf(op, right, { ...right.declares, specialValues: true });
        const outcome = await judged(subject, caseOf('special', op, plan, { dtype, seed }));
        const told = { ...plan, dtype, messages: messages(outcome) };
        expect(told).toEqual({ ...told, messages: [] });
        calls += outcome.calls;
      }
    }
    expect(calls).toBeGreaterThan(50);
  });
});
