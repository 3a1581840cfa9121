/** What a result means for whoever asked. */
import type { Verdict } from '../judge/judge.js';
import type { GateResult } from '../run/report.js';

/** unusable: the peer or the machine, not the kernel; open: neither shown nor wrong. */
export type Outcome = 'verified' | 'wrong' | 'unusable' | 'open' | 'skipped';

const OF_VERDICT: Readonly<Record<Verdict, Outcome>> = {
  mismatch: 'wrong',
  crash: 'wrong',
  hang: 'wrong',
  'mutated-input': 'wrong',
  unwritten: 'wrong',
  nondeterministic: 'wrong',
  protocol: 'unusable',
  startup: 'unusable',
  suspect: 'open',
  skipped: 'skipped',
  verified: 'verified',
};

const WORST: readonly Outcome[] = ['wrong', 'unusable', 'open'];

/** A gate that passes planted mistakes has shown nothing, and a condition that fails is a failure. */
export function outcomeOf({ verdict, mutants, conditions }: GateResult): Outcome {
  const own = OF_VERDICT[verdict];
  const all = [own, ...conditions.map(one => OF_VERDICT[one.verdict])];
  const worst = WORST.find(outcome => all.includes(outcome));
  return worst ?? (mutants.live > 0 ? 'open' : own);
}
