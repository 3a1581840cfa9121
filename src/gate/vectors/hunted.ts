/** Whether a case would show a known mistake: only then may it say that it hunts it. */
import { BackproofError } from '../../error.js';
import type { Mistake } from '../../ops/index.js';
import { atShape, mistakeCells } from '../../proof/index.js';
import { sameShape } from '../../tensor/index.js';
import type { Expressed } from './expressions.js';
import { type Recomputation, referenceOf, valuesFrom } from './reference.js';

/** A sum of products shows a mistake whose products differ; anything else, one whose numbers differ. */
export function isRefuted(work: Recomputation, mistake: Mistake): boolean {
  const { operator, call } = work;
  if (work.expressed) return isSeen(work, work.expressed, mistake);
  const at = atShape(operator, call)(mistake.wrt);
  const cells = mistakeCells(at, mistake.claim(call.params, call.rank));
  // A mistake that does not even fit the shapes cannot give these numbers.
  return !cells || at.difference(cells, at.gradient) !== null;
}

function isSeen(work: Recomputation, { claim }: Expressed, mistake: Mistake): boolean {
  const { call } = work;
  try {
    const { shape, values } = claim(mistake.claim(call.params, call.rank));
    if (!sameShape(shape, call.inputs[mistake.wrt]!)) return true;
    const [wrong, right] = [valuesFrom(work, values), referenceOf(work, mistake.wrt, 'definition')!];
    return wrong.numbers.some(
      (number, k) => !(Math.abs(number - right.numbers[k]!) <= (right.bounds?.[k] ?? 0)),
    );
  } catch (error) {
    if (error instanceof BackproofError) return true;
    throw error;
  }
}
