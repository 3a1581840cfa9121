/** What a generated case is about: one trap, with the mistakes that fall into it. */
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { Filling } from './filling.js';
import type { Random } from './random.js';

export interface Plan {
  /** As the definition reads them: a target has a probability per class, also where vectors write indices. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly params: Params;
}

export interface Scenario {
  readonly flag: string;
  /** Names of the operator's mistakes that such a case is to refute; null: any that it does. */
  readonly hunts: readonly string[] | null;
  readonly comment: string;
  readonly filling: Filling;
  /** Tensors that are filled otherwise. */
  readonly fillings?: Readonly<Record<string, Filling>>;
  readonly plan: (random: Random) => Plan;
}
