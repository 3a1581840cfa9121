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

/** A guard as a bound on one slot: 0 <= value < extent, an equation being extent 1. */
interface Bound {
  readonly value: Affine;
  readonly extent: number;
  /** An index that leaves its tensor is a fault of the definition, not a zero. */
  readonly tensor: string | null;
}

interface Plan {
  readonly extents: readonly number[];
  /** bounds[slot + 1] narrow or check the loop of that slot; bounds[0] mention no index. */
  readonly bounds: readonly (readonly Bound[])[];
  /** Flat positions: the output's, then each atom's. */
  readonly positions: readonly Affine[];
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
  const depth = plan.extents.length;
  const values = new Array<number>(depth).fill(0);
  const atoms = new Int32Array(plan.positions.length - 1);
  const interval: Interval = { low: 0, high: 0 };

  const last = Math.max(depth - 1, 0);
  const steps = plan.positions.map(position => position.coefficients[last] ?? 0);
  const base = new Float64Array(steps.length);

  const visitAll = (low: number, high: number): void => {
    for (let k = 0; k < base.length; k++) base[k] = at(plan.positions[k]!, values, last);
    for (let v = low; v < high; v++) {
      for (let k = 0; k < atoms.length; k++) atoms[k] = base[k + 1]! + steps[k + 1]! * v;
      visit(base[0]! + steps[0]! * v, atoms);
    }
  };
  const descend = (slot: number): void => {
    interval.low = 0;
    interval.high = plan.extents[slot]!;
    for (const bound of plan.bounds[slot + 1]!) narrow(interval, bound, slot, values);
    const { low, high } = interval;
    if (slot === last) visitAll(low, high);
    else {
      for (let v = low; v < high; v++) {
        values[slot] = v;
        descend(slot + 1);
      }
    }
  };

  interval.high = 1;
  for (const bound of plan.bounds[0]!) narrow(interval, bound, -1, values);
  if (interval.low >= interval.high) return;
  if (depth === 0) visitAll(0, 1);
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
  const guard = (value: Affine, extent: number, tensor: string | null) =>
    bounds[value.deepest + 1]!.push({ value, extent, tensor });
  for (const one of term.guards) guard(...guardForm(one, slots, parameters), null);
  const atomPositions = term.atoms.map(({ tensor, index }) => {
    const shape = shapeOf(tensor);
    const axes = index.map(part => affine(part, slots, parameters));
    axes.forEach((axis, k) => {
      guard(axis, shape[k]!, tensor);
    });
    return flat(axes, strides(shape), slots.length);
  });
  const identity = free.map((_, k) => unitForm(k, slots.length));
  const output = flat(identity, strides(extents.slice(0, free.length)), slots.length);
  return { extents, bounds, positions: [output, ...atomPositions] };
}

function guardForm(guard: Guard, slots: readonly string[], parameters: Values): [Affine, number] {
  if (guard.kind === 'equation') return [affine(guard.zero, slots, parameters), 1];
  return [affine(guard.value, slots, parameters), parameterPolynomial(guard.extent, parameters)];
}

function unitForm(slot: number, length: number): Affine {
  const coefficients = new Array<number>(length).fill(0);
  coefficients[slot] = 1;
  return { constant: 0, coefficients, deepest: slot };
}

function flat(axes: readonly Affine[], steps: readonly number[], length: number): Affine {
  const coefficients = new Array<number>(length).fill(0);
  let constant = 0;
  axes.forEach((axis, k) => {
    constant += steps[k]! * axis.constant;
    for (let slot = 0; slot < length; slot++) coefficients[slot]! += steps[k]! * axis.coefficients[slot]!;
  });
  return { constant, coefficients, deepest: coefficients.findLastIndex(c => c !== 0) };
}

/** The form's value over the slots before `end`. */
function at(form: Affine, values: readonly number[], end: number): number {
  let sum = form.constant;
  for (let slot = 0; slot < end; slot++) sum += form.coefficients[slot]! * values[slot]!;
  return sum;
}

/** The positions low <= v < high still in play, narrowed in place. */
interface Interval {
  low: number;
  high: number;
}

function narrow(interval: Interval, bound: Bound, slot: number, values: readonly number[]): void {
  const { low, high } = interval;
  if (low >= high) return;
  const rest = at(bound.value, values, Math.max(slot, 0));
  const step = slot < 0 ? 0 : bound.value.coefficients[slot]!;
  // 0 <= rest + step * v <= extent - 1, solved for v.
  const [first, last] = step < 0 ? [rest - bound.extent + 1, rest] : [-rest, bound.extent - 1 - rest];
  const size = Math.abs(step);
  const from = size === 0 ? (rest >= 0 && rest < bound.extent ? low : high) : Math.ceil(first / size);
  const to = size === 0 ? high : Math.floor(last / size) + 1;
  if (bound.tensor !== null && (from > low || to < high))
    throw outOfRange(bound, from > low ? low : to, rest, step);
  interval.low = Math.max(low, from);
  interval.high = Math.min(high, to);
}

function outOfRange(bound: Bound, v: number, rest: number, step: number): BackproofError {
  return new BackproofError({
    code: 'index-out-of-range',
    where: `definition, tensor ${bound.tensor}`,
    what: 'an index leaves the tensor where no guard makes the term zero',
    expected: `an index from 0 to ${bound.extent - 1}`,
    got: String(rest + step * v),
    fix: 'Add the guard [0 <= index < extent].',
  });
}
