/** The judges of hostile calling conditions. */
import { operatorNamed } from '../../../ops/index.js';
import type { Judge } from '../judge.js';
import { type ConditionCheck, conditionsOf } from './applies.js';
import { tryKink } from './kink.js';
import { tryOut } from './out.js';
import { tryRepeat } from './repeat.js';
import { sampleCall } from './sample.js';
import { openSession, type Session } from './session.js';
import { trySpecial } from './special.js';
import { tryStrides } from './strides.js';
import { tryTies } from './ties.js';

const TRIALS: Readonly<Record<ConditionCheck, (session: Session) => Promise<void>>> = {
  strides: tryStrides,
  out: tryOut,
  repeat: tryRepeat,
  special: trySpecial,
  ties: tryTies,
  kink: tryKink,
};

/** One for each condition; the case's `filling` is not read. What does not apply to a kernel is skipped, with the reason. */
export const conditionJudges = Object.fromEntries(
  Object.keys(TRIALS).map(check => [check, judgeOf(check as ConditionCheck)]),
) as Readonly<Record<ConditionCheck, Judge>>;

function judgeOf(check: ConditionCheck): Judge {
  return async (subject, offer, one, context) => {
    const operator = operatorNamed(one.op);
    const session = openSession(subject, offer, one, sampleCall(operator, one, one.dtype), context);
    const why = reasonAgainst();
    if (why === null) await TRIALS[check](session);
    else session.skipAll(why);
    return session.outcome();

    function reasonAgainst(): string | null {
      if (!offer.declares.dtypes.includes(one.dtype)) return `${one.dtype} is not declared`;
      const known = conditionsOf(operator, offer).find(condition => condition.check === check);
      return known ? known.reason : `${operator.name} has no ${check}`;
    }
  };
}
