/** What is said for all shapes, at single shapes: the proof there, and plain loops. */
import { describe, expect, test } from 'vitest';
import type { Integer } from '../../../src/exact/index.js';
import { isSumOfProducts, type Operator, type Params } from '../../../src/ops/index.js';
import { atShape, mistakeCells } from '../../../src/proof/at-shape.js';
import { judge } from '../../../src/proof/judge.js';
import { proveSteps } from '../../../src/proof/prove.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { callAt } from '../../ops/calls.js';
import { meets, naiveDifference } from '../refute/naive.js';
import { completed, sideCells } from '../statement/sums.js';
import { accepted, cellValue, differences, everyCase, randomCalls, type Values, valuesFor } from './calls.js';

/** Sums of products: there an integer difference is the derivative. The others are in functions.test.ts. */
const cases = everyCase.filter(({ operator, rank, modes }) => isSumOfProducts(operator, modes, rank));

const CALLS = 3;

function numberOf(side: ReadonlyMap<string, Integer>, values: Values): number {
  let sum = 0;
  for (const [monomial, coefficient] of side) {
    const factors = monomial === '' ? [] : monomial.split('*').map(cell => cellValue(values, cell));
    sum += factors.reduce((product, factor) => product * factor, Number(coefficient));
  }
  return sum;
}

describe.each(cases)('$name', ({ operator, rank, modes }) => {
  const theorems = operatorTheorems(operator, { rank, modes });
  const calls = randomCalls(operator, modes, rank, CALLS);

  test.each(theorems)('$id is proved for all shapes, at random shapes, and by plain loops', theorem => {
    expect(judge(theorem).verdict).toBe('PROVED');
    expect(calls).toHaveLength(CALLS);
    const wrt = theorem.wrt!;
    for (const { example, call } of calls) {
      const { shapes, params } = example;
      const reports = [...proveSteps(operator, shapes, params, { wrt })];
      expect(reports.map(report => report.verdict)).toEqual(['PROVED']);
      const values = valuesFor(call);
      const gradient = differences(operator, call, values, wrt);
      const loss = gradient.reduce((sum, slope, k) => sum + slope * values[wrt]!.data[k]!, 0);
      const expected = theorem.statement.by ? gradient : [loss];
      const { left, right } = sideCells(theorem.statement, completed(theorem.statement, call.sizes));
      for (const side of [left, right]) expect(side.map(cell => numberOf(cell, values))).toEqual(expected);
    }
  });

  test.each(operator.mistakes)(
    'the mistake $name is refuted for all shapes, and at the shape that shows it',
    mistake => {
      const { wrt, claim } = mistake;
      const all = operatorTheorems(operator, { rank, modes, wrt, claim, misfit: 'assume' });
      // In vain the prover tries longest at the adjoint form of three axes.
      const theorems = all.filter(({ statement }) => rank < 3 || statement.by);
      expect(theorems.length).toBeGreaterThan(0);
      for (const theorem of theorems) {
        const { statement } = theorem;
        const { verdict, counterexample, certificate } = judge(theorem);
        expect([verdict, certificate]).toEqual(['REFUTED', null]);
        const sizes = counterexample!.sizes!;
        const values = new Map(Object.entries(sizes));
        expect(meets(statement, values)).toBe(true);
        expect(naiveDifference(statement, values)?.index).toEqual(counterexample!.index);
        if (statement.by)
          expect(atThatShape(operator, modes, rank, sizes, mistake)).toEqual(counterexample!.index);
      }
    },
  );
});

/** The cell at which the proof at one shape refutes the mistake. */
function atThatShape(
  operator: Operator,
  modes: Params,
  rank: number,
  sizes: Readonly<Record<string, number>>,
  { wrt, claim }: Operator['mistakes'][number],
) {
  const example = callAt(operator, modes, rank, sizes);
  const call = accepted(operator, example);
  if (!call) return expect.unreachable('the sizes of the counterexample are no call');
  const wrong = claim(call.params, call.rank);
  expect(mistakeCells(atShape(operator, call)(wrt), wrong)).not.toBeNull();
  const [report] = proveSteps(operator, example.shapes, example.params, { wrt, claim: wrong });
  expect(report!.verdict).toBe('REFUTED');
  return report!.counterexample!.index;
}
