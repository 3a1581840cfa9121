/** Why an equation gets no verdict: carried up from wherever the reading stopped. */

/** Stable ids of what the judge looked at or stumbled over. */
export type Rule =
  | 'forward'
  | 'local-gradient'
  | 'chain-rule'
  | 'gradient'
  | 'closed-form'
  | 'numeric-example'
  | 'update'
  | 'definition'
  | 'unknown-name'
  | 'unreadable'
  | 'not-covered'
  | 'ambiguous'
  | 'identity';

/** Not an error of the program: an equation that has no reading here. Never leaves this room. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly rule: Rule;
  /** One of several readings whose shapes do not fit; the others may. */
  readonly misfit: boolean;

  constructor(rule: Rule, reason: string, misfit = false) {
    super(reason);
    this.rule = rule;
    this.misfit = misfit;
  }
}

export function refuse(rule: Rule, reason: string): never {
  throw new Refusal(rule, reason);
}

/** Refuses one reading because its shapes do not fit. */
export function misfit(reason: string): never {
  throw new Refusal('not-covered', reason, true);
}
