import { describe, expect, test } from 'vitest';
import { operators } from '../../../src/ops/index.js';
import { judge } from '../../../src/proof/judge.js';
import { refute } from '../../../src/proof/refute/refute.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { meets, naiveDifference } from './naive.js';

/** Enough to meet sizes of 2 and 3 on every axis of a wrong claim; a true one costs as much. */
const BUDGET = 500_000;

describe.each([...operators])('$name', operator => {
  test('what the record claims is not refuted, and is about something', () => {
    for (const { id, statement } of operatorTheorems(operator)) {
      expect(refute(statement, BUDGET), id).toBeNull();
      const witness = findWitness(statement);
      expect(witness?.nonZero, id).toBe(true);
      const values = new Map([...witness!.values].map(([name, value]) => [name, Number(value)]));
      expect(meets(statement, values), id).toBe(true);
      expect(Math.min(...values.values()), id).toBeGreaterThanOrEqual(2);
    }
  });

  test.each(operator.mistakes.map(mistake => [mistake.name, mistake] as const))(
    '%s is refuted',
    (_, mistake) => {
      const { wrt, claim } = mistake;
      const theorems = operatorTheorems(operator, { wrt, claim, misfit: 'assume' });
      expect(theorems.length).toBeGreaterThan(0);
      let refuted = 0;
      for (const theorem of theorems) {
        const { id, statement } = theorem;
        const found = refute(statement, BUDGET);
        // Of one axis, or without a mean, some mistakes are none: then they are proved.
        if (!found) expect({ id, verdict: judge(theorem).verdict }).toEqual({ id, verdict: 'PROVED' });
        if (!found) continue;
        refuted++;
        const values = new Map(Object.entries(found.sizes));
        expect(meets(statement, values), id).toBe(true);
        expect(naiveDifference(statement, values)?.index, id).toEqual(found.index);
      }
      expect(refuted).toBeGreaterThan(0);
    },
  );
});
