/** Both sides of a statement, ready to be compared at many parameter values. */
import { polynomial } from '../../exact/index.js';
import { type Statement, sidesOf } from '../trusted/statement.js';
import { exactValue, fingerprint } from './evaluate.js';
import { type Form, formAt, formOf, type Meter } from './form.js';
import type { Random } from './instances.js';
import { planSide, type SidePlan } from './plan.js';

export interface Sides {
  readonly parameters: readonly string[];
  readonly left: SidePlan;
  readonly right: SidePlan;
  /** Extents of the free indices. */
  readonly free: readonly Form[];
  /** Parameters that are extents, or factors of one: the others are strides, offsets and the like. */
  readonly sizes: ReadonlySet<string>;
}

/** @throws BackproofError `ill-formed-term`, `too-large`. */
export function planSides(statement: Statement): Sides {
  const { parameters, free, units } = statement;
  const { left, right } = sidesOf(statement);
  const outer = [...parameters, ...free.map(({ name }) => name)];
  const guards = [...left, ...right].flatMap(term => term.guards);
  const extents = [
    ...[...left, ...right].flatMap(({ bound }) => bound),
    ...[...free, ...statement.definitions.flatMap(one => one.free)],
    ...guards.filter(guard => guard.kind === 'range'),
  ].map(({ extent }) => extent);
  return {
    parameters,
    left: planSide(left, outer, units),
    right: planSide(right, outer, units),
    free: free.map(({ extent }) => formOf(extent, parameters)),
    sizes: new Set(extents.filter(one => one.size === 1).flatMap(one => [...polynomial.names(one)])),
  };
}

/** The assumptions, that no free index is without values, and that what reciprocals are of is at least 1. */
export function premisesOf({ assume, free, units }: Statement) {
  const counts = [...free.map(({ extent }) => extent), ...units.values()];
  return [...assume, ...counts.map(count => polynomial.subtract(count, polynomial.constant(1)))];
}

/** Parameters followed by free indices, in C order; always the same array. */
function* points({ free }: Sides, values: readonly number[], meter: Meter): Generator<number[]> {
  const extents = free.map(extent => formAt(extent, values, meter));
  if (extents.some(extent => extent <= 0)) return;
  const point = [...values, ...extents.map(() => 0)];
  for (let k = 0; k >= 0 && meter.left > 0; ) {
    yield point;
    for (k = extents.length - 1; k >= 0; k--) {
      const slot = values.length + k;
      point[slot]!++;
      if (point[slot]! < extents[k]!) break;
      point[slot] = 0;
    }
  }
}

/** Random free indices looked at per instance. */
const SAMPLES = 8;

/** Free indices, among a few random ones, where the sides differ; null if none was seen. */
export function differenceAtRandom(
  sides: Sides,
  values: readonly number[],
  random: Random,
  meter: Meter,
): number[] | null {
  const extents = sides.free.map(extent => formAt(extent, values, meter));
  if (extents.some(extent => extent <= 0)) return null;
  for (let k = 0; k < (extents.length === 0 ? 1 : SAMPLES) && meter.left > 0; k++) {
    const index = extents.map(random);
    if (differ(sides, [...values, ...index], meter)) return index;
  }
  return null;
}

function differ({ left, right }: Sides, point: readonly number[], meter: Meter): boolean {
  return fingerprint(left, point, meter) !== fingerprint(right, point, meter) && meter.left > 0;
}

/** The first free indices where the sides differ; null if none was found before the meter was spent. */
export function differenceAt(sides: Sides, values: readonly number[], meter: Meter): number[] | null {
  for (const point of points(sides, values, meter)) {
    if (differ(sides, point, meter)) return point.slice(values.length);
  }
  return null;
}

/** Whether a side is shown to be other than zero at some free indices. */
export function isNonZero(sides: Sides, values: readonly number[], meter: Meter): boolean {
  for (const point of points(sides, values, meter)) {
    for (const side of [sides.left, sides.right]) {
      if (fingerprint(side, point, meter) !== 0 && meter.left > 0) return true;
    }
  }
  return false;
}

export function exactSides(sides: Sides, point: readonly number[], meter: Meter) {
  return { left: exactValue(sides.left, point, meter), right: exactValue(sides.right, point, meter) };
}
