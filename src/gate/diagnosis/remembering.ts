/** Kernels that keep something between calls: which known mistake goes from one equal call to the next as this one does? */
import type { WireTensor } from '../subject/wire.js';
import { randomFrom } from '../vectors/random.js';
import type { KnownMistake } from './explain.js';
import type { Suspect } from './failure.js';
import { type Ask, type Problem, settle } from './problem.js';
import { asked, callAt, computed, type Run, resultOf, sameNumbers } from './whole-results.js';

type Twice = readonly [first: WireTensor, second: WireTensor];

/**
 * Makes the same call twice. Where the results differ, the kernel remembers, and mistakes that change in the same way
 * explain it; where they do not, those that have come to the same result by remembering do.
 * @throws BackproofError the codes of `settle`, and what `ask` throws.
 */
export async function explainByMemory(
  mistakes: readonly KnownMistake[],
  ask: Ask,
  problem: Problem,
  seed: number,
): Promise<Suspect[]> {
  const settled = settle(problem);
  const call = callAt(settled, randomFrom(`remember ${seed}`), 0);
  const twice = async (once: () => Promise<WireTensor | null>): Promise<Twice | null> => {
    const [first, second] = [await once(), await once()];
    return first && second && [first, second];
  };
  const got = await twice(async () => resultOf(settled, await asked(ask, call)));
  if (!got) return [];
  const remembers = !sameNumbers(...got);
  const suspects: Suspect[] = [];
  for (const { id, says, where, living } of mistakes) {
    const run: Run | undefined = living?.();
    const theirs = run && (await twice(() => computed(run, settled, call)));
    if (!theirs || sameNumbers(...theirs)) continue;
    const explains = remembers ? sameChange(got, theirs) : sameNumbers(got[1], theirs[1]);
    const evidence = remembers
      ? 'from one call to an equal one its result changes in the same way'
      : 'after the first call it gives the same result';
    if (explains) suspects.push({ mistake: `${says} [${id}]`, where, evidence });
  }
  return suspects.length > 0 || !remembers ? suspects : [unknown(problem)];
}

function sameChange(one: Twice, other: Twice): boolean {
  const change = ([first, second]: Twice): WireTensor => ({
    ...first,
    data: first.data.map((value, k) => second.data[k]! - value),
  });
  return sameNumbers(change(one), change(other));
}

const unknown = ({ op, result }: Problem): Suspect => ({
  mistake: 'it keeps something between calls, or reads memory that it did not write',
  where: `${op} ${result}`,
  evidence: 'two equal calls give different results',
});
