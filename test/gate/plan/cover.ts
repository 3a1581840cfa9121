/** Which mutants show on which calls, and with which numbers. */

import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { Mutant } from '../../../src/gate/mutants/kernel.js';
import type { Configuration } from '../../../src/gate/plan/gate-case.js';
import { randomFrom } from '../../../src/gate/vectors/random.js';
import { kernelCall } from '../../../src/ops/index.js';
import { type Filling, filledCall, strided } from '../mutants/configurations.js';
import { agree, outcomeOf, slackOf } from '../mutants/outcomes.js';

/** Small integers first; then what some mutants need. */
export const NUMBERS = [
  'integers',
  'repeat',
  'strided',
  'few',
  'negative',
  'nan',
  'large',
  'extreme',
] as const;
export type Numbers = (typeof NUMBERS)[number];

/** Numbers that say nothing new of an operator are not tried. */
const TRIED: readonly [ops: RegExp, numbers: readonly Numbers[]][] = [
  [/^conv\dd/u, ['integers', 'repeat', 'strided', 'large']],
  [/^max_pool/u, ['integers', 'repeat', 'few', 'negative', 'nan']],
  [/^relu/u, ['integers', 'repeat', 'few', 'nan']],
  [/^(sigmoid|softmax)/u, ['integers', 'repeat', 'extreme']],
  [/./u, ['integers', 'repeat']],
];

/** By numbers, the mutants that they kill and that those before them do not. */
export type Kills = ReadonlyMap<Numbers, readonly string[]>;

export const mutantsOf = (op: string): readonly Mutant[] => MUTANTS.filter(mutant => mutant.op === op);

/** What the plainest style of each mutant shows on one call. */
export function killsOn(op: string, configuration: Configuration): Kills {
  const right = RIGHT.find(one => one.op === op)!;
  let left = mutantsOf(op);
  const kills = new Map<Numbers, string[]>();
  for (const numbers of TRIED.find(([ops]) => ops.test(op))![1]) {
    const call = callWith(op, configuration, numbers);
    const times = numbers === 'repeat' ? 2 : 1;
    const expected = outcomeOf(right.kernel(), call, times);
    const killed = left.filter(mutant => {
      const got = outcomeOf(mutant.kernel(mutant.styles[0]!), call, times);
      const names = mutant.id.startsWith('H2') ? (['inputs'] as const) : [mutant.result];
      return names.some(name => !agree(got[name], expected[name], slackOf(op)));
    });
    left = left.filter(mutant => !killed.includes(mutant));
    if (killed.length > 0)
      kills.set(
        numbers,
        killed.map(({ id }) => id),
      );
  }
  return kills;
}

const FILLING: Readonly<Record<Numbers, Filling>> = {
  ...{ integers: 'integers', repeat: 'integers', strided: 'integers', few: 'few', negative: 'negative' },
  ...{ nan: 'nan', large: 'large', extreme: 'extreme' },
};

function callWith(op: string, { shapes, params }: Configuration, numbers: Numbers) {
  const { output } = kernelCall(op, shapes, params).call;
  // A kernel gets class indices where the definition has rows.
  const target = params.target_kind === 'indices' ? { target: shapes.x!.slice(0, 1) } : {};
  const random = randomFrom(`cover ${op} ${JSON.stringify({ shapes, params })} ${numbers}`);
  const call = filledCall(op, { shapes: { ...shapes, ...target }, params }, output, random, FILLING[numbers]);
  return numbers === 'strided' ? { ...call, upstream: strided(call.upstream) } : call;
}

/**
 * Few of them that together kill what all do: the next is the one that kills most that is new, and of equal ones the
 * first. Those that are wanted in any case come in whatever they kill.
 */
export function chosen<T>(
  wanted: readonly T[],
  others: readonly T[],
  killsOf: (one: T) => ReadonlySet<string>,
): T[] {
  const killed = new Set<string>();
  const order: T[] = [];
  const gain = (one: T): number => [...killsOf(one)].filter(id => !killed.has(id)).length;
  const take = (from: readonly T[], least: number): void => {
    for (;;) {
      const rest = from.filter(one => !order.includes(one));
      const best = rest.reduce<T | null>((a, b) => (a === null || gain(b) > gain(a) ? b : a), null);
      if (best === null || gain(best) < least) return;
      for (const id of killsOf(best)) killed.add(id);
      order.push(best);
    }
  };
  take(wanted, 0);
  take(others, 1);
  return order;
}
