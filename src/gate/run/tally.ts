/** What the cases so far say of one result of a kernel. */
import type { Bound } from '../judge/compare.js';
import type { CaseOutcome, Finding, Rung } from '../judge/judge.js';
import { RUNGS } from '../judge/judge.js';
import type { Check } from '../plan/gate-case.js';
import type { ResultName } from '../subject/subject.js';
import type { Condition, Evidence } from './report.js';
import type { Trial } from './trial.js';

export type Failing = Extract<Finding, { kind: 'failed' }>;

/** The first case that failed. */
export interface FirstFailure {
  readonly trial: Trial;
  readonly finding: Failing;
}

/** Checks that are no rungs: conditions of the call, and policies. */
const CONDITIONS: readonly Check[] = ['strides', 'out', 'repeat', 'special', 'ties', 'kink'];

export const isCondition = (check: Check): boolean => CONDITIONS.includes(check);

interface Shown {
  cases: number;
  readonly configurations: Set<string>;
  missProbability: number | null;
  bound: Bound | null;
}

interface Tried {
  cases: number;
  reason: string;
}

export class Tally {
  readonly result: ResultName;
  cases = 0;
  failure: FirstFailure | null = null;
  /** Cases that agreed, in the order in which they were run. */
  readonly agreed: Trial[] = [];
  readonly #skips = new Map<string, number>();
  readonly #shown = new Map<Rung, Shown>();
  readonly #conditions = new Map<Check, Tried>();

  constructor(result: ResultName) {
    this.result = result;
  }

  add(trial: Trial, { findings, missProbability }: CaseOutcome): void {
    const { check } = trial.one;
    const finding = findings[this.result];
    if (!finding || this.failure) return;
    switch (finding.kind) {
      case 'skipped':
        this.#skips.set(finding.why, (this.#skips.get(finding.why) ?? 0) + 1);
        if (isCondition(check)) this.notTried(check, finding.why);
        return;
      case 'failed':
        this.cases++;
        this.failure = { trial, finding };
        return;
      case 'agreed':
        this.cases++;
        this.agreed.push(trial);
        if (isCondition(check)) this.#condition(check).cases++;
        this.#show(finding.rung, trial, missProbability, finding.bound);
    }
  }

  /** A condition that does not apply, or that the kernel does not take. */
  notTried(check: Check, reason: string): void {
    this.#condition(check).reason ||= reason;
  }

  /** The strongest first. */
  evidence(): Evidence[] {
    return RUNGS.flatMap(rung => {
      const shown = this.#shown.get(rung);
      if (!shown) return [];
      const { cases, configurations, missProbability, bound } = shown;
      const told = { missProbability, bound: bound?.text ?? null };
      return [{ rung, cases, configurations: configurations.size, ...told }];
    });
  }

  conditions(): Condition[] {
    const failing = this.failure;
    return CONDITIONS.flatMap((condition): Condition[] => {
      const isFailing = failing?.trial.one.check === condition;
      const { cases, reason } = this.#conditions.get(condition) ?? { cases: 0, reason: '' };
      if (isFailing)
        return [
          { condition, verdict: failing.finding.verdict, cases: cases + 1, reason: failing.finding.message },
        ];
      if (cases > 0) return [{ condition, verdict: 'verified', cases, reason: '' }];
      return reason === '' ? [] : [{ condition, verdict: 'skipped', cases, reason }];
    });
  }

  /** "declined 3 cases: no groups"; '' where none was skipped. The most frequent reason stands for all. */
  skipped(): string {
    const [first] = [...this.#skips].sort(([, a], [, b]) => b - a);
    if (!first) return '';
    const total = [...this.#skips.values()].reduce((a, b) => a + b, 0);
    return `${total} case${total === 1 ? '' : 's'} skipped: ${first[0]}`;
  }

  #condition(check: Check): Tried {
    const known = this.#conditions.get(check) ?? { cases: 0, reason: '' };
    this.#conditions.set(check, known);
    return known;
  }

  #show(rung: Rung, { one }: Trial, missProbability: number | null, bound: Bound | undefined): void {
    const shown = this.#shown.get(rung) ?? newShown();
    this.#shown.set(rung, shown);
    shown.cases++;
    shown.configurations.add(JSON.stringify([one.shapes, one.params, one.dtype]));
    if (missProbability !== null)
      shown.missProbability = Math.max(shown.missProbability ?? 0, missProbability);
    if (bound && bound.size >= (shown.bound?.size ?? 0)) shown.bound = bound;
  }
}

const newShown = (): Shown => ({ cases: 0, configurations: new Set(), missProbability: null, bound: null });
