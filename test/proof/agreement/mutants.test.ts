/** Proved theorems changed in one place: whatever the verdict says, values say too. */
import { expect, test } from 'vitest';
import { operators } from '../../../src/ops/index.js';
import { judge } from '../../../src/proof/judge.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { type Refused, repaired } from '../refused/case.js';
import { layers } from '../refused/layers.js';
import { layouts } from '../refused/layouts.js';
import { sliding } from '../refused/sliding.js';
import { textbook } from '../refused/textbook.js';
import { verdictAt } from '../trusted/meaning.js';
import { kinds, mutantsOf } from './mutants.js';
import { chosen, randomFrom, smallInstance } from './small-instances.js';

const [MUTANTS, INSTANCES, MOST_PARAMETERS] = [300, 200, 12];

const texts: readonly Refused[] = [...textbook, ...sliding, ...layers, ...layouts];
const sources = [
  ...texts.flatMap(one => repaired(one) ?? []),
  ...operators.flatMap(operator => operatorTheorems(operator, { rank: 1 })),
].filter(({ statement }) => statement.parameters.length <= MOST_PARAMETERS);

const random = randomFrom(20);

function randomMutant() {
  const [theorem, kind] = [chosen(sources, random), chosen(kinds, random)];
  const all = mutantsOf(theorem.statement, kind);
  if (all.length === 0) return randomMutant();
  return { theorem: { ...theorem, statement: chosen(all, random) }, kind };
}

test('verdicts on mutants of proved theorems agree with values modulo 2^61 - 1', () => {
  const counts = { PROVED: 0, REFUTED: 0, UNKNOWN: 0, REJECTED: 0 };
  const wrong: string[] = [];
  let compared = 0;
  for (let k = 0; k < MUTANTS; k++) {
    const { theorem, kind } = randomMutant();
    const { statement } = theorem;
    const { verdict, counterexample } = judge(theorem);
    const fault = (at: ReadonlyMap<string, number>) =>
      wrong.push(`${verdict}: ${theorem.id}, ${kind}, at ${JSON.stringify([...at])}`);
    counts[verdict]++;
    if (verdict === 'REFUTED') {
      const values = new Map(Object.entries(counterexample!.sizes!));
      if (verdictAt(statement, values) !== 'different') fault(values);
    }
    for (let instance = 0; verdict === 'PROVED' && instance < INSTANCES; instance++) {
      const values = smallInstance(statement, random);
      const met = values && verdictAt(statement, values);
      if (met === 'different') fault(values!);
      if (met === 'equal') compared++;
    }
  }
  const found = JSON.stringify(counts);
  expect(wrong, found).toEqual([]);
  expect(counts.REFUTED, found).toBeGreaterThanOrEqual(MUTANTS / 2);
  // Where a free index is empty nothing is compared: that must be the exception.
  expect(compared, found).toBeGreaterThan((counts.PROVED * INSTANCES) / 2);
  expect(counts.UNKNOWN, found).toBeLessThan(MUTANTS / 20);
}, 120_000);
