/** Every rule leaves the value of a term as it was, modulo 2^61 - 1, with sizes from 0 and offsets of any sign. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyStep } from '../../../src/proof/trusted/rules.js';
import { hashed, instances, termValue } from './meaning.js';
import { assume, randomValues, scope } from './random.js';
import { moves } from './random-steps.js';

/** Rules about what is zero whatever happens. */
const alwaysZero = new Set(['vanish', 'drop by a contradiction']);

describe.each(Object.entries(moves))('%s', (name, move) => {
  test('preserves the value', () => {
    let nonzero = 0;
    const property = fc.property(fc.gen(), random => {
      const { term, step } = move(random);
      const next = applyStep(term, step, assume, scope);
      for (let k = 0; k < 4; k++) {
        for (const values of instances(scope.free, randomValues(random))) {
          const [before] = termValue(term, values, hashed);
          if (before !== 0n) nonzero++;
          expect(next ? termValue(next, values, hashed)[0] : 0n).toBe(before);
        }
      }
    });
    fc.assert(property, { seed: 20260, numRuns: 150 });
    if (alwaysZero.has(name)) expect(nonzero).toBe(0);
    else expect(nonzero).toBeGreaterThan(100);
  });
});
