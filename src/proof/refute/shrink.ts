/** Makes an instance smaller, one component at a time, as long as it keeps a property. */
import type { Meter } from './form.js';
import { put } from './instances.js';
import { type Component, LAST_LEVEL, solutionsAt } from './space.js';

/**
 * No component of the result could be put at a lower level alone, unless the meter was spent before.
 * @param keeps whether an instance still has the property
 */
export function shrunk(
  start: readonly number[],
  components: readonly Component[],
  meter: Meter,
  keeps: (values: readonly number[]) => boolean,
): number[] {
  let current = [...start];
  const lowered = (component: Component, last: number): boolean => {
    const end = Math.min(last, levelOf(component, current));
    for (let level = 0; level < end && meter.left > 0; level++) {
      for (const solution of solutionsAt(component, level, meter)) {
        const next = [...current];
        put(next, component, solution);
        if (meter.left > 0 && keeps(next)) {
          current = next;
          return true;
        }
      }
    }
    return false;
  };
  // What has nothing to do with the failure goes first: the rest is then cheap to try.
  for (const last of [1, 3, LAST_LEVEL]) {
    while (components.filter(component => lowered(component, last)).length > 0);
  }
  return current;
}

function levelOf({ places, spans }: Component, values: readonly number[]): number {
  return places.reduce((sum, place, k) => sum + Math.abs(values[place]! - spans[k]!.base), 0);
}
