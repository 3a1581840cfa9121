import { expect, test } from 'vitest';
import { defineOperator } from '../../src/ops/operator.js';
import { relu } from '../../src/ops/rectifiers.js';

test('the facets that are seldom read are made when first read, and once', () => {
  let calls = 0;
  const counted = <T>(value: readonly T[]) => {
    calls += 1;
    return value;
  };
  const operator = defineOperator<'x'>({
    ...relu,
    mistakes: () => counted(relu.mistakes),
    examples: () => counted(relu.examples),
    badCalls: () => counted(relu.badCalls),
  });
  expect(calls).toBe(0);
  expect(operator.mistakes).toBe(operator.mistakes);
  expect(operator.examples).toEqual(relu.examples);
  expect(operator.badCalls).toBe({ ...operator }.badCalls);
  expect(calls).toBe(3);
});
