/**
 * Puts the steps that do the same on every axis next to one another, so that they can be written once. A step is
 * moved only where the term that the steps end in stays the same.
 */
import type { Scope, Term } from '../../index-sum/index.js';
import { keyOf } from '../trusted/check.js';
import { applyStep, type Given, type Step } from '../trusted/rules.js';
import { onAxis, templateOf } from './fold.js';
import { stepText } from './step-text.js';
import { guardText } from './term-text.js';

/** A step with the text of the guard that it names: where that guard stands changes when steps are moved. */
interface Movable {
  readonly step: Step;
  readonly guard: string | null;
  readonly text: string;
}

interface Replay {
  readonly steps: readonly Step[];
  readonly end: string;
}

const ended = (term: Term | null): string => (term ? keyOf(term) : 'nothing');

/** The steps in an order that folds better, with the same end; as they are if they do not apply. */
export function orderSteps(
  start: Term,
  steps: readonly Step[],
  given: Given,
  scope: Scope,
  axes: number,
): readonly Step[] {
  const apply = (term: Term, step: Step) => applyStep(term, step, given, scope);
  const named = nameGuards(start, steps, apply);
  if (!named || axes < 2) return steps;
  let best: Replay = { steps, end: named.end };
  let list = named.list;
  for (let at = 0; at < list.length; at++) {
    const found = copiesOf(list[at]!, list, at, axes);
    for (const place of found ? ([Math.min(...found), Math.max(...found)] as const) : []) {
      const moved = gathered(list, found!, place);
      const replayed = replay(start, moved, apply);
      if (replayed?.end !== best.end) continue;
      [best, list] = [replayed, moved];
      at = place === Math.min(...found!) ? at + axes - 1 : at - 1;
      break;
    }
  }
  return best.steps;
}

type Apply = (term: Term, step: Step) => Term | null;

function nameGuards(start: Term, steps: readonly Step[], apply: Apply) {
  let term: Term | null = start;
  const list: Movable[] = [];
  try {
    for (const step of steps) {
      const guard = 'guard' in step && typeof step.guard === 'number' ? term!.guards[step.guard]! : null;
      const shown = guard && guardText(guard);
      list.push({ step, guard: shown, text: stepText(step, 0, shown ?? undefined) });
      term = apply(term!, step);
    }
  } catch {
    return null;
  }
  return { list, end: ended(term) };
}

/** Where the copies of a step on axis 1, 2, ... stand, if all do. */
function copiesOf({ text }: Movable, list: readonly Movable[], from: number, axes: number): number[] | null {
  for (let axis = 1; axis <= axes; axis++) {
    const template = templateOf(text, axis);
    if (template === text) continue;
    const places = Array.from({ length: axes }, (_, k) =>
      list.findIndex((one, at) => at >= from && one.text === onAxis(template, k + 1)),
    );
    if (places.every(place => place >= from)) return places;
  }
  return null;
}

/** The list with the items of `places` together, in that order, where the item of `at` stands. */
function gathered(list: readonly Movable[], places: readonly number[], at: number): Movable[] {
  const chosen = places.map(place => list[place]!);
  return list.flatMap((one, k) => (k === at ? chosen : places.includes(k) ? [] : [one]));
}

/** The steps with the places that guards have in this order, and the key of what they end in. */
function replay(start: Term, list: readonly Movable[], apply: Apply): Replay | null {
  let term: Term | null = start;
  const steps: Step[] = [];
  try {
    for (const { step, guard } of list) {
      const place = guard === null ? 0 : term!.guards.findIndex(one => guardText(one) === guard);
      const placed = guard === null ? step : ({ ...step, guard: place } as Step);
      steps.push(placed);
      term = apply(term!, placed);
    }
  } catch {
    return null;
  }
  return { steps, end: ended(term) };
}
