/** The terms that the steps of a proof start from. */
import { integer } from '../exact/index.js';
import type { Term } from '../index-sum/index.js';
import type { Proof } from './trusted/check.js';
import { type Statement, sidesOf } from './trusted/statement.js';

/** Both sides, multiplied by the factors of the proof. @throws BackproofError `ill-formed-term`, `too-large`. */
export function startsOf(statement: Statement, { factors }: Pick<Proof, 'factors'>) {
  const { left, right, scope } = sidesOf(statement);
  const times = factors.reduce(integer.multiply, 1);
  const multiplied = (terms: readonly Term[]) =>
    terms.map(term => ({ ...term, coefficient: integer.multiply(times, term.coefficient) }));
  return { left: multiplied(left), right: multiplied(right), scope };
}
