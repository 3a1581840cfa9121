/** Extents as people give them, spatial axes only or with channel and batch, placed on an operator's layout. */
import { BackproofError } from '../error.js';
import type { Shape } from '../tensor/index.js';
import type { Operator, Params, Sizes } from './operator.js';
import { layoutNames } from './resolve.js';

/** One tensor's axes: all of them, and those that were written. */
export interface Placed {
  /** Every extent of the layout; an axis that was left out has extent 1. */
  readonly full: Shape;
  /** Extents and layout names of the written axes. */
  readonly shown: Shape;
  readonly shownNames: readonly string[];
}

/** Spatial extents come last; which of the leading axes are meant when some are left out. */
type Leading = 'last' | 'first';

/**
 * Places every input of a call. Inputs without extents take those that follow from the others (a bias has one cell
 * per output channel). A kernel's third extent is its input channel beside an input with channels, else its output
 * channel.
 * @param params as given; some extents follow from them
 * @param nameOf how the caller calls a tensor, for the messages
 * @throws BackproofError `rank-mismatch`.
 */
export function placeInputs(
  operator: Operator,
  given: Readonly<Record<string, Shape | undefined>>,
  rank: number,
  params: Params,
  nameOf: (tensor: string) => string = tensor => tensor,
): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>();
  const sizes: Record<string, number> = {};
  const [first] = Object.keys(operator.inputs);
  for (const [tensor, layout] of Object.entries(operator.inputs)) {
    const shape = given[tensor];
    const spatialInput = (placed.get(first!)?.shown.length ?? 0) <= rank;
    // A kernel has its input channels second, or first where the input names that letter too.
    const inputChannelsFirst = layoutNames(operator.inputs[first!]!, rank).includes(layout.split(' ')[0]!);
    const leading = tensor === 'w' && spatialInput !== inputChannelsFirst ? 'first' : 'last';
    const one = shape
      ? placeExtents(nameOf(tensor), layout, rank, shape, leading)
      : placeKnown(layout, rank, knownSizes(operator, sizes, params, rank));
    placed.set(tensor, one);
    layoutNames(layout, rank).forEach((name, axis) => {
      sizes[name] = one.full[axis]!;
    });
  }
  return placed;
}

/** Spatial axes of a call: the operator's own number, else `rank`, else by the count of the input's extents. */
export function spatialAxes(operator: Operator, params: Params, input: Shape, rank?: number): number {
  if (typeof operator.rank === 'number') return operator.rank;
  if (typeof operator.rank === 'function') return operator.rank({ ...operator.params, ...params });
  // Without batch and channel in the layout every extent counts.
  if (rank === undefined && Object.values(operator.inputs)[0] === 'L@') return input.length;
  return rank ?? ({ 1: 1, 5: 3 }[input.length] || 2);
}

/** The sizes that the tensors so far have, and those that the operator computes from them if it accepts them. */
function knownSizes(operator: Operator, sizes: Sizes, params: Params, rank: number): Sizes {
  try {
    return { ...operator.sizes(sizes, { ...operator.params, ...params }, rank), ...sizes };
  } catch (error) {
    if (error instanceof BackproofError) return sizes;
    throw error;
  }
}

/** Extents that follow from the other tensors' sizes. */
function placeKnown(layout: string, rank: number, sizes: Sizes): Placed {
  const names = layoutNames(layout, rank);
  const full = names.map(name => sizes[name] ?? 1);
  const shownNames = names.filter((_, axis) => full[axis] !== 1);
  return { full, shown: full.filter(extent => extent !== 1), shownNames };
}

/**
 * @param tensor the caller's name, for the message
 * @throws BackproofError `rank-mismatch` for fewer extents than spatial axes or more than the layout has.
 */
function placeExtents(tensor: string, layout: string, rank: number, given: Shape, leading: Leading): Placed {
  const names = layoutNames(layout, rank);
  const free = layout.includes('@') ? names.length - rank : names.length;
  const omitted = names.length - given.length;
  if (omitted < 0 || omitted > free) throw wrongCount(tensor, names, free, given);
  const firstOmitted = leading === 'last' ? 0 : free - omitted;
  const isShown = (_: string, axis: number) => axis < firstOmitted || axis >= firstOmitted + omitted;
  const shownNames = names.filter(isShown);
  const full = new Array<number>(names.length).fill(1);
  shownNames.forEach((name, k) => {
    full[names.indexOf(name)] = given[k]!;
  });
  return { full, shown: [...given], shownNames };
}

function wrongCount(tensor: string, names: readonly string[], free: number, given: Shape): BackproofError {
  const fewest = names.length - free;
  return new BackproofError({
    code: 'rank-mismatch',
    where: tensor,
    what: `it has ${given.length} extents`,
    expected: `${fewest} to ${names.length}: ${axisWords(names)}, the first ${free} only if wanted`,
    got: given.join('x') || 'none',
    fix: `Write ${tensor} with at least its ${fewest} last extents.`,
    data: { tensor, shape: [...given], axes: [...names] },
  });
}

/** Layout letters as words: N C L1 L2 is "batch, input channel, row, column". */
function axisWords(names: readonly string[]): string {
  const words: Readonly<Record<string, string>> = {
    N: 'batch',
    C: 'channel',
    O: 'output channel',
    I: 'input channel',
  };
  const spatial = names.filter(name => !(name in words)).length;
  const places = spatial === 2 ? ['row', 'column'] : spatial === 3 ? ['plane', 'row', 'column'] : ['place'];
  let place = 0;
  return names.map(name => words[name] ?? places[place++] ?? name).join(', ');
}

/** The output's axes: written ones, those with more than one cell, and all of them when all were written. */
export function placeOutput(
  layout: string,
  rank: number,
  sizes: Sizes,
  written: ReadonlySet<string>,
  all: boolean,
): Placed {
  const names = layoutNames(layout, rank);
  const spatial = new Set(layout.includes('@') ? names.slice(-rank) : []);
  const shownNames = names.filter(name => all || spatial.has(name) || written.has(name) || sizes[name] !== 1);
  return { full: names.map(name => sizes[name]!), shown: shownNames.map(name => sizes[name]!), shownNames };
}
