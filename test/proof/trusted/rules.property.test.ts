/** Every rule leaves the value of a term as it was, modulo 2^61 - 1, with sizes from 0 and offsets of any sign. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Term } from '../../../src/index-sum/term.js';
import { applyStep } from '../../../src/proof/trusted/rules.js';
import { instances, numberAt, tensorsAt, termValue, type Values } from './meaning.js';
import { given, randomValues, scope } from './random.js';
import { moves } from './random-steps.js';

/** Rules about what is zero whatever happens. */
const alwaysZero = new Set(['vanish', 'drop by a contradiction']);

const allRanks = { ...scope, ranks: given.tensors };

/** A ring with a reciprocal of 0 is that of 0 alone. */
const isMeant = (term: Term, values: Values) =>
  term.atoms.every(({ tensor }) => {
    const unit = given.units.get(tensor);
    return !unit || numberAt(unit, values) !== 0;
  });

describe.each(Object.entries(moves))('%s', (name, move) => {
  test('preserves the value', () => {
    let nonzero = 0;
    const property = fc.property(fc.gen(), random => {
      const { term, step } = move(random);
      const next = applyStep(term, step, given, allRanks);
      for (let k = 0; k < 4; k++) {
        for (const values of instances(scope.free, randomValues(random))) {
          if (!isMeant(term, values)) continue;
          const tensors = tensorsAt(given, values);
          const [before] = termValue(term, values, tensors);
          if (before !== 0n) nonzero++;
          expect(next ? termValue(next, values, tensors)[0] : 0n).toBe(before);
        }
      }
    });
    fc.assert(property, { seed: 20260, numRuns: 150 });
    if (alwaysZero.has(name)) expect(nonzero).toBe(0);
    else expect(nonzero).toBeGreaterThan(100);
  });
});
