/** The smallest case that still fails in the same way. */

import { operatorNamed } from '../../ops/index.js';
import type { CaseOutcome } from '../judge/judge.js';
import { smallerConfigurations } from '../plan/smaller.js';
import type { ResultName } from '../subject/subject.js';
import type { FirstFailure } from './tally.js';
import { type Trial, trialOf } from './trial.js';

/** Cases that may be tried. */
const MOST = 400;

/** Takes the first smaller case that fails with the same verdict, again and again. */
export async function shrunk(
  failure: FirstFailure,
  result: ResultName,
  judge: (trial: Trial) => Promise<CaseOutcome>,
  signal: AbortSignal | undefined,
): Promise<FirstFailure> {
  let smallest = failure;
  let tried = 0;
  for (let found = true; found; ) {
    found = false;
    const { one } = smallest.trial;
    for (const configuration of smallerConfigurations(operatorNamed(one.op), one)) {
      if (tried++ >= MOST || signal?.aborted) return smallest;
      const trial = trialOf({ ...one, ...configuration }, smallest.trial.part);
      const finding = (await judge(trial)).findings[result];
      if (finding?.kind !== 'failed' || finding.verdict !== smallest.finding.verdict) continue;
      smallest = { trial, finding };
      found = true;
      break;
    }
  }
  return smallest;
}
