/** The fault dictionary: which known mistakes do exactly what the kernel does? */
import { randomFrom } from '../vectors/random.js';
import type { Suspect } from './failure.js';
import { cut } from './formula-text.js';
import { type Ask, type Problem, settle } from './problem.js';
import { asked, callAt, computed, type Run, resultOf, sameNumbers } from './whole-results.js';

/** A known mistake, as a kernel that makes it. */
export interface KnownMistake {
  readonly id: string;
  /** What went wrong, in words for the person who made it. */
  readonly says: string;
  /** A hint of the place. */
  readonly where: string;
  readonly run: Run;
  /** The same as a kernel that lives on from call to call; absent where nothing can be kept. */
  readonly living?: () => Run;
}

/** The kernel under test at a configuration. */
export interface Configuration {
  readonly ask: Ask;
  readonly problem: Problem;
}

export interface Explanation {
  readonly mistake: KnownMistake;
  /** Probes that it reproduced. */
  readonly probes: number;
  readonly configurations: number;
  /** Configurations on which it differs from the definition's own kernel, where that one is given. */
  readonly visible: number;
  /** Others of the list that this one cannot be told from here. */
  readonly ties: readonly string[];
}

export interface ExplainOptions {
  /** At each configuration; 4 by default. */
  readonly probes?: number;
  readonly seed?: number;
  /** Further configurations, other sizes and parameters of the same operator and result. */
  readonly more?: readonly Configuration[];
  /** A right kernel: entries that change something on fewer configurations are the more specific ones. */
  readonly right?: Run;
}

/**
 * The entries that give the kernel's whole result on every fresh probe of integers at every
 * configuration (fractions up to rounding); the most specific first, those that are as specific in the order of the list.
 * @throws BackproofError the codes of `settle`, and what `ask` throws.
 */
export async function explainBy(
  mistakes: readonly KnownMistake[],
  ask: Ask,
  problem: Problem,
  { probes = 4, seed = 1, more = [], right }: ExplainOptions = {},
): Promise<Explanation[]> {
  const configurations = [{ ask, problem }, ...more];
  const visible = new Map(mistakes.map(one => [one, 0]));
  let [answered, called] = [0, 0];
  for (const [k, configuration] of configurations.entries()) {
    const settled = settle(configuration.problem);
    const random = randomFrom(`explain ${seed} ${k}`);
    const differs = new Set<KnownMistake>();
    const before = answered;
    for (let probe = 0; probe < probes; probe++) {
      const call = callAt(settled, random, probe);
      const got = resultOf(settled, await asked(configuration.ask, call));
      // What the kernel does not take says nothing.
      if (got === null) break;
      answered++;
      const truth = right && (await computed(right, settled, call));
      for (const mistake of [...visible.keys()]) {
        const theirs = await computed(mistake.run, settled, call);
        if (theirs === null || !sameNumbers(got, theirs)) visible.delete(mistake);
        else if (truth && !sameNumbers(truth, theirs)) differs.add(mistake);
      }
      if (visible.size === 0) return [];
    }
    if (answered > before) called++;
    for (const mistake of differs) visible.set(mistake, (visible.get(mistake) ?? 0) + 1);
  }
  // What is no mistake on any of these explains none.
  if (right) for (const [mistake, seen] of [...visible]) if (seen === 0) visible.delete(mistake);
  return called === 0 ? [] : ranked(visible, { probes: answered, configurations: called });
}

/** An entry that changes less explains more. */
function ranked(
  visible: ReadonlyMap<KnownMistake, number>,
  counts: Pick<Explanation, 'probes' | 'configurations'>,
): Explanation[] {
  const ids = [...visible.keys()].map(one => one.id);
  return [...visible]
    .sort(([, a], [, b]) => a - b)
    .map(([mistake, seen]) => ({
      ...{ mistake, ...counts, visible: seen },
      ties: ids.filter(id => id !== mistake.id),
    }));
}

export const suspectFrom = (one: Explanation): Suspect => ({
  ...{ mistake: `${one.mistake.says} [${one.mistake.id}]`, where: one.mistake.where },
  evidence: explanationText(one),
});

/** "gives the kernel's numbers on 12 probes at 3 configurations; so do C2, C7". */
export function explanationText({ probes, configurations, ties }: Explanation): string {
  const at = configurations === 1 ? 'this configuration' : `${configurations} configurations`;
  const others = ties.length === 0 ? '' : `; so ${ties.length === 1 ? 'does' : 'do'} ${cut(ties, ', ', 60)}`;
  return `gives the kernel's numbers on ${probes} probes at ${at}${others}`;
}
