/**
 * Visits every non-zero position of a term at given parameter values, in C order of free then bound indices.
 * Guards narrow the loop of their innermost index (an equation leaves one position), so that the time is that
 * of the positions visited, not of the whole box.
 */
import { BackproofError } from '../error.js';
import { type Shape, strides } from '../tensor/index.js';
import { type Affine, affine, parameterPolynomial, type Values } from './affine.js';
import type { Guard, Range, Term } from './term.js';

/** Called once per position, with the flat output cell and the flat cell of each atom (reused array). */
export type Visit = (output: number, atoms: Int32Array) => void;

/** A guard as a bound on the loop of one slot: 0 <= outer + step * v < extent, an equation being extent 1. */
interface Bound {
  readonly outer: Sparse;
  readonly step: number;
  readonly extent: number;
  /** An index that leaves its tensor is a fault of the definition, not a zero. */
  readonly tensor: string | null;
}

/** An affine form with its zero coefficients left out. */
interface Sparse {
  readonly constant: number;
  readonly slots: readonly number[];
  readonly coefficients: readonly number[];
}

interface Plan {
  readonly extents: readonly number[];
  /** bounds[slot + 1] narrow or check the loop of that slot; bounds[0] mention no index. */
  readonly bounds: readonly (readonly Bound[])[];
  /** Flat positions, the output's, then each atom's: over the outer slots, and per step of the innermost. */
  readonly positions: readonly Sparse[];
  readonly steps: readonly number[];
}

/**
 * @param shapeOf shape of a tensor by name
 * @throws BackproofError `index-out-of-range` if an atom reads outside its tensor where no guard forbids it;
 *   `unbound-name`, `not-affine`.
 */
export function walkTerm(
  term: Term,
  free: readonly Range[],
  parameters: Values,
  shapeOf: (tensor: string) => Shape,
  visit: Visit,
): void {
  const plan = planWalk(term, free, parameters, shapeOf);
  const { extents, bounds, positions, steps } = plan;
  const last = extents.length - 1;
  const values = new Array<number>(extents.length).fill(0);
  const atoms = new Int32Array(positions.length - 1);
  const base = new Float64Array(positions.length);
  const interval: Interval = { low: 0, high: 1 };

  const visitAll = (low: number, high: number): void => {
    for (let k = 0; k < base.length; k++) base[k] = at(positions[k]!, values);
    for (let v = low; v < high; v++) {
      for (let k = 0; k < atoms.length; k++) atoms[k] = base[k + 1]! + steps[k + 1]! * v;
      visit(base[0]! + steps[0]! * v, atoms);
    }
  };
  const descend = (slot: number): void => {
    interval.low = 0;
    interval.high = extents[slot]!;
    for (const bound of bounds[slot + 1]!) narrow(interval, bound, values);
    const { low, high } = interval;
    if (slot === last) visitAll(low, high);
    else {
      for (let v = low; v < high; v++) {
        values[slot] = v;
        descend(slot + 1);
      }
    }
  };

  for (const bound of bounds[0]!) narrow(interval, bound, values);
  if (interval.low >= interval.high) return;
  if (last < 0) visitAll(0, 1);
  else descend(0);
}

function planWalk(
  term: Term,
  free: readonly Range[],
  parameters: Values,
  shapeOf: (t: string) => Shape,
): Plan {
  const ranges = [...free, ...term.bound];
  const slots = ranges.map(range => range.name);
  const extents = ranges.map(range => parameterPolynomial(range.extent, parameters));
  const bounds: Bound[][] = Array.from({ length: slots.length + 1 }, () => []);
  const addBound = (form: Affine, extent: number, tensor: string | null) => {
    const step = form.coefficients[form.deepest] ?? 0;
    bounds[form.deepest + 1]!.push({ outer: sparse(form, form.deepest), step, extent, tensor });
  };
  const guards = term.guards.map(guard => guardForm(guard, slots, parameters));
  for (const [form, extent] of guards) addBound(form, extent, null);
  const atoms = term.atoms.map(({ tensor, index }) => {
    const shape = shapeOf(tensor);
    const axes = index.map(part => affine(part, slots, parameters));
    axes.forEach((axis, k) => {
      if (!staysInside(axis, shape[k]!, extents, guards)) addBound(axis, shape[k]!, tensor);
    });
    return flat(axes, strides(shape), slots.length);
  });
  const output = flat(
    free.map((_, k) => unitForm(k, slots.length)),
    strides(extents.slice(0, free.length)),
    slots.length,
  );
  const last = slots.length - 1;
  const positions = [output, ...atoms];
  return {
    extents,
    bounds,
    positions: positions.map(form => sparse(form, last)),
    steps: positions.map(form => form.coefficients[last] ?? 0),
  };
}

function guardForm(guard: Guard, slots: readonly string[], parameters: Values): [Affine, number] {
  if (guard.kind === 'equation') return [affine(guard.zero, slots, parameters), 1];
  return [affine(guard.value, slots, parameters), parameterPolynomial(guard.extent, parameters)];
}

/** Whether an index needs no check: its values over the whole box, or a guard on it, keep it in the tensor. */
function staysInside(
  axis: Affine,
  extent: number,
  extents: readonly number[],
  guards: readonly (readonly [Affine, number])[],
): boolean {
  const reach = axis.coefficients.map((step, slot) => step * Math.max(0, extents[slot]! - 1));
  const low = reach.reduce((sum, one) => sum + Math.min(0, one), axis.constant);
  const high = reach.reduce((sum, one) => sum + Math.max(0, one), axis.constant);
  if (low >= 0 && high < extent) return true;
  const same = (form: Affine) =>
    form.constant === axis.constant &&
    form.coefficients.every((one, slot) => one === axis.coefficients[slot]);
  return guards.some(([form, bound]) => bound <= extent && same(form));
}

function unitForm(slot: number, length: number): Affine {
  const coefficients = new Array<number>(length).fill(0);
  coefficients[slot] = 1;
  return { constant: 0, coefficients, deepest: slot };
}

/** The flat position of an index, from the forms of its axes. */
function flat(axes: readonly Affine[], steps: readonly number[], length: number): Affine {
  const coefficients = new Array<number>(length).fill(0);
  let constant = 0;
  axes.forEach((axis, k) => {
    constant += steps[k]! * axis.constant;
    for (let slot = 0; slot < length; slot++) coefficients[slot]! += steps[k]! * axis.coefficients[slot]!;
  });
  return { constant, coefficients, deepest: coefficients.findLastIndex(c => c !== 0) };
}

/** The part of a form over the slots before `end`. */
function sparse({ constant, coefficients }: Affine, end: number): Sparse {
  const slots = coefficients.flatMap((one, slot) => (one !== 0 && slot < end ? [slot] : []));
  return { constant, slots, coefficients: slots.map(slot => coefficients[slot]!) };
}

function at({ constant, slots, coefficients }: Sparse, values: readonly number[]): number {
  let sum = constant;
  for (let k = 0; k < slots.length; k++) sum += coefficients[k]! * values[slots[k]!]!;
  return sum;
}

/** The positions low <= v < high still in play, narrowed in place. */
interface Interval {
  low: number;
  high: number;
}

function narrow(interval: Interval, bound: Bound, values: readonly number[]): void {
  const { low, high } = interval;
  if (low >= high) return;
  const { step, extent } = bound;
  const outer = at(bound.outer, values);
  // 0 <= outer + step * v <= extent - 1, solved for v.
  const [first, last] = step < 0 ? [outer - extent + 1, outer] : [-outer, extent - 1 - outer];
  const size = Math.abs(step);
  const from = size === 0 ? (outer >= 0 && outer < extent ? low : high) : Math.ceil(first / size);
  const to = size === 0 ? high : Math.floor(last / size) + 1;
  if (bound.tensor !== null && (from > low || to < high)) {
    throw outOfRange(bound.tensor, extent, outer + step * (from > low ? low : to));
  }
  interval.low = Math.max(low, from);
  interval.high = Math.min(high, to);
}

function outOfRange(tensor: string, extent: number, index: number): BackproofError {
  return new BackproofError({
    code: 'index-out-of-range',
    where: `definition, tensor ${tensor}`,
    what: 'an index leaves the tensor where no guard makes the term zero',
    expected: `an index from 0 to ${extent - 1}`,
    got: String(index),
    fix: 'Add the guard [0 <= index < extent].',
  });
}
