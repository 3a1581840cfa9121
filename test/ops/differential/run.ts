/** Trials of the records in turn until enough have been decided, or the first difference. */
import { randomFrom } from '../../../src/gate/vectors/random.js';
import type { Operator } from '../../../src/ops/index.js';
import { type Draw, drawCall, trialOf } from './draw.js';
import { smallest } from './shrink.js';
import { type Filling, fillings, type Trial } from './trial.js';
import { compareWitnesses, type Difference, type Outcome } from './witnesses.js';

/** A trial with a difference, or with a kernel that breaks down. */
export interface Finding {
  readonly trial: Trial;
  readonly difference: Difference | { readonly crash: string };
}

export interface Tally {
  /** Decided trials by operator. */
  readonly decided: ReadonlyMap<string, number>;
  /** Comparisons by operator, witness and result: "conv2d kernel dx". */
  readonly comparisons: ReadonlyMap<string, number>;
  /** What kernels refuse although the record accepts it: "correlate kernel y: rank-mismatch". */
  readonly refused: ReadonlySet<string>;
  /** Trials at which the definition has no one finite number. */
  readonly undecided: number;
  readonly finding: Finding | null;
}

export interface Plan {
  readonly operators: readonly Operator[];
  readonly runs: number;
  readonly seed: number;
  readonly progress?: (decided: number) => void;
}

export function runTrials({ operators, runs, seed, progress }: Plan): Tally {
  const decided = new Map<string, number>();
  const comparisons = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const refused = new Set<string>();
  let [done, undecided] = [0, 0];
  // Some trials stay undecided; a record at which most do ends the run early, and the tally shows it.
  for (let k = 0; done < runs && k < 2 * runs + 100; k++) {
    const operator = operators[k % operators.length]!;
    const outcome = trialNumber(operator, `${seed} ${operator.name} ${k}`);
    if ('trial' in outcome) return { decided, comparisons, refused, undecided, finding: outcome };
    if (outcome.kind !== 'agreed') {
      undecided++;
      continue;
    }
    add(decided, operator.name);
    for (const one of outcome.compared) add(comparisons, `${operator.name} ${one}`);
    for (const one of outcome.refused) refused.add(`${operator.name} ${one}`);
    done++;
    progress?.(done);
  }
  return { decided, comparisons, refused, undecided, finding: null };
}

/** The first filling, from the drawn one on, at which the definition has a value. */
function trialNumber(operator: Operator, words: string): Outcome | Finding {
  const drawn = drawCall(operator, randomFrom(words));
  if (!drawn) return { kind: 'undecided' };
  const { filling } = trialOf(operator, drawn.draw, words);
  const order: Filling[] = [filling, ...fillings.filter(one => one !== filling)];
  for (const one of order) {
    const trial = trialOf(operator, drawn.draw, words, { filling: one });
    const outcome = outcomeOf(operator, trial);
    if ('trial' in outcome) return smallestFinding(operator, drawn.draw, words, outcome);
    if (outcome.kind === 'agreed') return outcome;
  }
  return { kind: 'undecided' };
}

/** The outcome; a kernel that breaks down, or a claim that its own operators refuse, is a finding. */
export function outcomeOf(operator: Operator, trial: Trial): Outcome | Finding {
  try {
    const outcome = compareWitnesses(operator, trial);
    return outcome.kind === 'differs' ? { trial, difference: outcome.difference } : outcome;
  } catch (error) {
    const crash =
      error instanceof Error ? String(error.stack).split('\n').slice(0, 3).join('; ') : String(error);
    return { trial, difference: { crash } };
  }
}

function smallestFinding(operator: Operator, draw: Draw, words: string, first: Finding): Finding {
  let found = first;
  const { dtype, filling } = first.trial;
  const kinds = [
    { dtype: 'float64', filling: 'integers' },
    { dtype, filling: 'integers' },
    { dtype, filling },
  ] as const;
  smallest(operator, draw, smaller => {
    for (const kind of kinds) {
      const outcome = outcomeOf(operator, trialOf(operator, smaller, words, kind));
      if (!('trial' in outcome) || !isAlike(outcome, first)) continue;
      found = outcome;
      return true;
    }
    return false;
  });
  return found;
}

/** The same result differs by the same witness, or both break down. */
function isAlike({ difference: one }: Finding, { difference: other }: Finding): boolean {
  if ('crash' in one || 'crash' in other) return 'crash' in one && 'crash' in other;
  return one.result === other.result && one.witness === other.witness;
}
