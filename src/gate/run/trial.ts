/** A case and who judges it: one of the plan, or a golden vector. */

import { size } from '../../tensor/index.js';
import { conditionJudges } from '../judge/conditions/judges.js';
import type { Judge } from '../judge/judge.js';
import { judgeCaseWith } from '../judge/judge-case.js';
import { caseText } from '../plan/case-text.js';
import type { GateCase } from '../plan/gate-case.js';

/** Where a case comes from. */
export type Part = 'pinned' | 'sweep' | 'random' | 'vector';

export interface Trial {
  /** Enough to run it again. */
  readonly id: string;
  readonly one: GateCase;
  readonly part: Part;
  readonly judge: Judge;
}

const judgeCase = judgeCaseWith(conditionJudges);

export const trialOf = (one: GateCase, part: Part): Trial => ({
  id: caseText(one),
  one,
  part,
  judge: judgeCase,
});

/** Cells of the inputs above which a case is only looked at once, and quickly. */
export const LARGE = 20_000;

export const cellsOf = ({ one }: Pick<Trial, 'one'>): number =>
  Object.values(one.shapes).reduce((sum, shape) => sum + size(shape), 0);
