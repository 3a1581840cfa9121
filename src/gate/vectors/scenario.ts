/** What a generated case is about: one trap, with the mistakes that fall into it. */
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { Random } from './random.js';

/** Which numbers fill the tensors: no zeros and no ones, which hide mistakes. */
export type Filling = 'integers' | 'eighths' | 'decimals' | 'float32';

export interface Plan {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly params: Params;
}

export interface Scenario {
  readonly flag: string;
  /** Names of the operator's mistakes that such a case refutes. */
  readonly hunts: readonly string[];
  readonly comment: string;
  readonly filling: Filling;
  readonly plan: (random: Random) => Plan;
}
