/** Where notation has several readings: an equation is read once for every way to choose among them. */
import { Refusal } from './refusal.js';

/**
 * `any`: the notation leaves it open, and one reading that holds is enough. `all`: it is ambiguous, and only what
 * every reading says can be said. `loose`: the first is the meaning here; the others are met in other texts, and if
 * the equation holds under one of them it is not called wrong.
 */
export type Policy = 'any' | 'all' | 'loose';

export interface Option<T> {
  /** What the reading takes the notation for, as the end of "if ...". */
  readonly says: string;
  readonly value: T;
}

/** Takes one option; called in the same order in every reading. */
export type Choose = <T>(policy: Policy, options: readonly Option<T>[]) => T;

interface Choice {
  readonly policy: Policy;
  readonly taken: number;
  readonly says: string;
}

export interface Reading<T> {
  readonly choices: readonly Choice[];
  readonly result: T | Refusal;
}

const READING_CAP = 64;

/** Runs once for every combination of options; stops at 64, and says so by a refusal as the last one. */
export function everyReading<T>(run: (choose: Choose) => T): readonly Reading<T>[] {
  const readings: Reading<T>[] = [];
  for (let path: number[] | null = []; path; ) {
    if (readings.length >= READING_CAP) {
      const reason = 'its product signs have too many readings';
      return [...readings, { choices: [], result: new Refusal('ambiguous', reason) }];
    }
    const counts: number[] = [];
    readings.push(oneReading(run, path, counts));
    path = nextPath(path, counts);
  }
  return readings;
}

function oneReading<T>(run: (choose: Choose) => T, path: readonly number[], counts: number[]): Reading<T> {
  const choices: Choice[] = [];
  const choose: Choose = (policy, options) => {
    const taken = path[choices.length] ?? 0;
    const option = options[taken]!;
    counts.push(options.length);
    choices.push({ policy, taken, says: option.says });
    return option.value;
  };
  try {
    return { choices, result: run(choose) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { choices, result: error };
  }
}

/** Counts up; the last choice runs fastest. */
function nextPath(path: readonly number[], counts: readonly number[]): number[] | null {
  const next = counts.map((_, k) => path[k] ?? 0);
  for (let k = next.length - 1; k >= 0; k--) {
    if (next[k]! + 1 < counts[k]!) {
      next[k]! += 1;
      return next.slice(0, k + 1);
    }
  }
  return null;
}
