/** What is said for all shapes of functions, maxima and means, at single shapes. */
import { describe, expect, test } from 'vitest';
import { isSumOfProducts, operators } from '../../../src/ops/index.js';
import { judge } from '../../../src/proof/judge.js';
import { proveSteps } from '../../../src/proof/prove.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { everyCase, randomCalls } from './calls.js';

const cases = everyCase.filter(({ operator, rank, modes }) => !isSumOfProducts(operator, modes, rank));

const CALLS = 3;

/** The sums of batch statistics grow with the fifth power of the cells. */
const LARGEST = 40;

describe.each(cases)('$name', ({ operator, rank, modes }) => {
  const largest = /_norm$/.test(operator.name) ? LARGEST : undefined;
  const calls = randomCalls(operator, modes, rank, CALLS, largest);
  const atCalls = (wrt: string, claim?: Parameters<typeof proveSteps>[3]) =>
    calls.flatMap(({ example: { shapes, params } }) =>
      [...proveSteps(operator, shapes, params, { wrt, ...claim })].map(report => report.verdict),
    );

  test('what is proved for all shapes is proved at random ones', () => {
    const theorems = operatorTheorems(operator, { rank, modes });
    expect(calls.length).toBeGreaterThan(0);
    expect(theorems.length).toBeGreaterThan(0);
    for (const theorem of theorems)
      expect([theorem.id, judge(theorem).verdict]).toEqual([theorem.id, 'PROVED']);
    for (const wrt of new Set(theorems.map(theorem => theorem.wrt!)))
      expect(new Set(atCalls(wrt))).toEqual(new Set(['PROVED']));
  });

  test('a mistake that is refuted nowhere at these modes is right there', () => {
    for (const { wrt, claim } of operator.mistakes) {
      const theorems = operatorTheorems(operator, { rank, modes, wrt, claim, misfit: 'assume' });
      const verdicts = new Set(
        theorems.filter(({ statement }) => statement.by).map(one => judge(one).verdict),
      );
      expect(verdicts.size).toBe(1);
      if (verdicts.has('PROVED')) expect(new Set(atCalls(wrt, { claim }))).toEqual(new Set(['PROVED']));
    }
  });
});

test.each(operators.filter(operator => cases.some(one => one.operator === operator)))(
  'each mistake of $name is refuted for all shapes, at some rank and mode',
  operator => {
    for (const { name, wrt, claim } of operator.mistakes) {
      const verdicts = cases
        .filter(one => one.operator === operator)
        .flatMap(({ rank, modes }) =>
          operatorTheorems(operator, { rank, modes, wrt, claim, misfit: 'assume' })
            .filter(({ statement }) => statement.by)
            .map(theorem => judge(theorem).verdict),
        );
      expect([name, ...verdicts]).toContain('REFUTED');
    }
  },
);
