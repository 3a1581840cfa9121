/** A proof replayed: for each term, what is done to it and what it becomes. */
import type { Scope, Term } from '../../index-sum/index.js';
import { orderSteps } from '../certificate/order.js';
import { startsOf } from '../starts.js';
import type { Proof } from '../trusted/check.js';
import { applyStep, type Given, type Step } from '../trusted/rules.js';
import type { Statement } from '../trusted/statement.js';

/** A step and the term that it is taken from. */
export interface Taken {
  readonly step: Step;
  readonly term: Term;
}

/** Consecutive steps by one rule. */
export interface Stretch {
  readonly rule: Step['rule'];
  readonly taken: readonly Taken[];
  /** What the term has become; null if it vanished. */
  readonly after: Term | null;
}

export interface TermStory {
  readonly start: Term;
  readonly stretches: readonly Stretch[];
}

export interface Story {
  readonly left: readonly TermStory[];
  readonly right: readonly TermStory[];
}

/** @throws BackproofError if a step does not apply. */
export function storyOf(statement: Statement, proof: Proof, axes: number): Story {
  const { left, right, scope } = startsOf(statement, proof);
  const side = (terms: readonly Term[], lists: readonly (readonly Step[])[]) =>
    terms.map((start, k) => {
      const steps = orderSteps(start, lists[k] ?? [], statement, scope, axes);
      return { start, stretches: replayed(start, steps, statement, scope) };
    });
  return { left: side(left, proof.left), right: side(right, proof.right) };
}

function replayed(start: Term, steps: readonly Step[], given: Given, scope: Scope): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let term: Term | null = start;
  for (const step of steps) {
    if (!term) break;
    const after: Term | null = applyStep(term, step, given, scope);
    const before = stretches.at(-1);
    const taken = [...(before?.rule === step.rule ? before.taken : []), { step, term }];
    stretches.splice(stretches.length - (taken.length > 1 ? 1 : 0), 1, { rule: step.rule, taken, after });
    term = after;
  }
  return stretches;
}

/** Every name in a story and its statement. */
export function namesIn({ parameters, tensors, definitions, free }: Statement, story: Story): Set<string> {
  const terms = [...story.left, ...story.right].flatMap(({ start, stretches }) => [
    start,
    ...stretches.flatMap(({ taken, after }) => [...taken.map(one => one.term), ...(after ? [after] : [])]),
  ]);
  const ranges = [
    ...free,
    ...definitions.flatMap(one => [...one.free, ...one.terms.flatMap(term => term.bound)]),
    ...terms.flatMap(term => term.bound),
  ];
  const own = [...tensors.keys(), ...definitions.map(({ name }) => name), ...ranges.map(({ name }) => name)];
  return new Set([...parameters, ...own]);
}
