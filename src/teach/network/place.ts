/** Extents of one layer: what its inputs are, given the tensors before it, and which axes of its output are shown. */
import { BackproofError } from '../../error.js';
import {
  layoutNames,
  type Operator,
  outputLayout,
  type Params,
  type Placed,
  placeInputs,
  placeOutput,
  type Resolved,
  type Sizes,
} from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { NetworkTensor } from './network.js';

/** An input of a layer before it is placed: a tensor that is there, or what was written of a new one. */
export type Given = NetworkTensor | { readonly name: string; readonly shape: Shape | undefined };

const isThere = (given: Given): given is NetworkTensor => 'kind' in given;

/** Spatial axes of a layer: those of its operator, or as many as the tensor before it leaves. */
export function layerRank(operator: Operator, params: Params, first: NetworkTensor): number {
  if (typeof operator.rank === 'number') return operator.rank;
  if (typeof operator.rank === 'function') return operator.rank({ ...operator.params, ...params });
  const fixed = layoutNames(Object.values<string>(operator.inputs)[0]!, 0).length;
  return Math.max(0, first.shape.length - fixed);
}

/**
 * Every input on its layout; axes that were left out have extent 1.
 * @throws BackproofError `rank-mismatch`, `missing-shape`.
 */
export function placeLayer(
  operator: Operator,
  given: ReadonlyMap<string, Given>,
  params: Params,
  rank: number,
): ReadonlyMap<string, Placed> {
  const shapes = [...given].map(([slot, one]) => [
    slot,
    isThere(one) ? writtenExtents(one, rank) : one.shape,
  ]);
  const nameOf = (slot: string) => given.get(slot)?.name ?? slot;
  const placed = placeInputs(operator, Object.fromEntries(shapes), rank, params, nameOf);
  for (const [slot, one] of given) {
    if (!isThere(one) && one.shape === undefined) checkKnown(operator, slot, given, placed, params, rank);
  }
  return placed;
}

/** Spatial extents alone where batch and channels were left out: an operator reads a short kernel beside them in its way. */
function writtenExtents({ shape, shownAxes }: NetworkTensor, rank: number): Shape {
  const spatialOnly =
    shownAxes.length === rank && shownAxes.every((axis, k) => axis === shape.length - rank + k);
  return spatialOnly ? shownAxes.map(axis => shape[axis]!) : shape;
}

/** @throws BackproofError `missing-shape` where an extent neither is written nor follows from what is. */
function checkKnown(
  operator: Operator,
  slot: string,
  given: ReadonlyMap<string, Given>,
  placed: ReadonlyMap<string, Placed>,
  params: Params,
  rank: number,
): void {
  const sizes: Record<string, number> = {};
  for (const [other, one] of given) {
    if (!isThere(one) && one.shape === undefined) continue;
    layoutNames(operator.inputs[other]!, rank).forEach((letter, axis) => {
      sizes[letter] = placed.get(other)!.full[axis]!;
    });
  }
  const known = { ...computedSizes(operator, sizes, params, rank), ...sizes };
  const letters = layoutNames(operator.inputs[slot]!, rank);
  if (letters.every(letter => Number.isSafeInteger(known[letter]))) return;
  throw new BackproofError({
    code: 'missing-shape',
    where: operator.name,
    what: `the extents of ${slot} are not given`,
    expected: letters.join(' '),
    got: `${slot} without extents`,
    fix: `Write ${slot} with its extents, such as ${slot}=${letters.map((_, k) => k + 2).join('x')}.`,
    data: { input: slot, axes: letters },
  });
}

/** What the operator computes from some of its sizes, if these are enough for it. */
function computedSizes(operator: Operator, sizes: Sizes, params: Params, rank: number): Sizes {
  try {
    return operator.sizes(sizes, { ...operator.params, ...params }, rank);
  } catch (error) {
    if (error instanceof BackproofError) return {};
    throw error;
  }
}

/**
 * The axes of a new input that are shown: those that were written, or without extents those that the first input shows
 * too or that have several cells.
 */
export function inputAxes(
  operator: Operator,
  slot: string,
  rank: number,
  one: Given,
  first: NetworkTensor,
  placed: Placed,
): number[] {
  const also = one.shape === undefined ? shownNames(operator, rank, first) : [];
  return axesNamed(layoutNames(operator.inputs[slot]!, rank), new Set([...placed.shownNames, ...also]));
}

/** Layout names of the first input's shown axes. */
function shownNames(operator: Operator, rank: number, first: NetworkTensor): string[] {
  const names = layoutNames(Object.values<string>(operator.inputs)[0]!, rank);
  const added = names.length - first.shape.length;
  return first.shownAxes.map(axis => names[axis + added]!);
}

/** The axes of the output that are shown; a layer that keeps the layout keeps what is shown. */
export function outputAxes(
  operator: Operator,
  call: Resolved,
  first: NetworkTensor,
  placed: ReadonlyMap<string, Placed>,
): number[] {
  const [slot, layout] = Object.entries<string>(operator.inputs)[0]!;
  const { params, rank, sizes } = call;
  const names = layoutNames(layout, rank);
  const shown = new Set(shownNames(operator, rank, first));
  const out = outputLayout(operator, params);
  const outNames = layoutNames(out, rank);
  if (out === layout) return axesNamed(outNames, shown);
  const kernel = [...placed].find(([other]) => other !== slot && operator.inputs[other]!.includes('@'));
  const written = new Set([...shown, ...(kernel?.[1].shownNames ?? [])]);
  const all = shown.size === names.length;
  return axesNamed(outNames, new Set(placeOutput(out, rank, sizes, written, all).shownNames));
}

const axesNamed = (names: readonly string[], wanted: ReadonlySet<string>): number[] =>
  names.flatMap((name, axis) => (wanted.has(name) ? [axis] : []));
