/** Makes an instance smaller, one component at a time, as long as it keeps a property. */
import type { Meter } from './form.js';
import { put } from './instances.js';
import { type Component, isPossible, LAST_LEVEL, solutionsAt } from './space.js';

/**
 * Ends where no component could be put at a lower level alone, or with the meter.
 * @param keeps whether a smaller instance still has the property; the last one that has it is the result
 */
export function shrink(
  start: readonly number[],
  components: readonly Component[],
  meter: Meter,
  keeps: (values: readonly number[]) => boolean,
): void {
  let current = [...start];
  const lowered = (component: Component, smaller: Iterable<readonly number[]>): boolean => {
    for (const solution of smaller) {
      const next = [...current];
      put(next, component, solution);
      if (meter.left > 0 && keeps(next)) {
        current = next;
        return true;
      }
    }
    return false;
  };
  type Choice = (component: Component, values: readonly number[]) => Iterable<readonly number[]>;
  const upTo =
    (last: number): Choice =>
    (component, values) =>
      solutionsBelow(component, Math.min(last, levelOf(component, values)), meter);
  // What has nothing to do with the failure goes first: the rest is then cheap to try.
  const choices: Choice[] = [
    upTo(1),
    upTo(3),
    (component, values) => pairsBelow(component, values, meter),
    upTo(LAST_LEVEL),
  ];
  for (const choice of choices) {
    for (let again = true; again; ) {
      again = components.filter(one => lowered(one, choice(one, valuesOf(one, current)))).length > 0;
    }
  }
}

const valuesOf = ({ places }: Component, all: readonly number[]) => places.map(place => all[place]!);

function levelOf({ spans }: Component, values: readonly number[]): number {
  return values.reduce((sum, value, k) => sum + Math.abs(value - spans[k]!.base), 0);
}

function* solutionsBelow(component: Component, level: number, meter: Meter): Generator<readonly number[]> {
  for (let lower = 0; lower < level && meter.left > 0; lower++) yield* solutionsAt(component, lower, meter);
}

/** Solutions with one or two smaller values: facts often tie two together. */
function* pairsBelow(component: Component, values: readonly number[], meter: Meter): Generator<number[]> {
  const { spans } = component;
  for (const [i, value] of values.entries()) {
    for (let lower = spans[i]!.base; lower < value; lower++) {
      for (const [j, other] of values.entries()) {
        if (j === i) continue;
        for (let second = spans[j]!.base; second <= other && meter.left > 0; second++) {
          const next = values.with(i, lower).with(j, second);
          if (isPossible(component, next, 0, meter)) yield next;
        }
      }
    }
  }
}
