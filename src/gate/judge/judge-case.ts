/** One case for one kernel. */
import type { Check } from '../plan/gate-case.js';
import { judgeAdjoint } from './adjoint.js';
import { judgeBounded } from './bounded.js';
import { judgeDifference } from './difference.js';
import { judgeExact } from './exact.js';
import type { Judge } from './judge.js';
import { judgeSampled } from './sampled.js';

/** Checks of values; the others are about the conditions of a call. */
export type ValueCheck = 'exact' | 'adjoint' | 'bounded' | 'difference' | 'sampled';

export const valueJudges: Readonly<Record<ValueCheck, Judge>> = {
  exact: judgeExact,
  adjoint: judgeAdjoint,
  bounded: judgeBounded,
  difference: judgeDifference,
  sampled: judgeSampled,
};

/** The judge of every check, from those of the conditions. */
export const judgeCaseWith = (conditions: Readonly<Record<Exclude<Check, ValueCheck>, Judge>>): Judge => {
  const judges: Readonly<Record<Check, Judge>> = { ...valueJudges, ...conditions };
  return (subject, offer, one, context) => judges[one.check](subject, offer, one, context);
};
