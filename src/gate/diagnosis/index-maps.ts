/** Ways in which one tensor's cells are taken for others: turned, shifted, exchanged, read from another group. */
import { ravel, type Shape, unravel } from '../../tensor/index.js';
import { type Axis, axesOf } from './axis-names.js';
import { type Formula, formulaOf } from './formula.js';
import { type Settled, shapeIn } from './problem.js';

type Index = readonly number[];

export interface IndexMap {
  /** "rotated by 180 degrees", said of a tensor. */
  readonly says: string;
  /** Below that of likelier ones. */
  readonly rank: number;
  readonly to: (index: Index) => Index;
  /** Where a cell came from; absent where several cells go to one. */
  readonly back?: (index: Index) => Index;
}

/** The likeliest first. */
export function indexMaps(settled: Settled, tensor: string): IndexMap[] {
  const [shape, axes] = [shapeIn(settled, tensor), axesOf(settled, tensor)];
  const channels = axes.flatMap(({ name }, axis) => (name.includes('channel') ? [axis] : []));
  const groups = settled.call.sizes.G ?? 1;
  return [
    ...turns(shape, axes),
    ...exchanges(shape, axes),
    ...(groups > 1 ? channels.flatMap(axis => regrouped(shape, axis, groups, axes[axis]!.name)) : []),
    ...shifts(shape, axes),
    ...stuck(shape, axes),
  ];
}

function turns(shape: Shape, axes: readonly Axis[]): IndexMap[] {
  const spatial = axes.flatMap(({ spatial }, axis) => (spatial === null || shape[axis]! < 2 ? [] : [axis]));
  const turned = (which: readonly number[], says: string): IndexMap => {
    const to = (index: Index) => index.map((at, axis) => (which.includes(axis) ? shape[axis]! - 1 - at : at));
    return { says, rank: 1, to, back: to };
  };
  const single = spatial.map(axis => turned([axis], `reversed along its ${axes[axis]!.name}s`));
  if (spatial.length < 2) return single;
  const all = spatial.length === 2 ? 'rotated by 180 degrees' : 'flipped along every spatial axis';
  return [turned(spatial, all), ...single];
}

function exchanges(shape: Shape, axes: readonly Axis[]): IndexMap[] {
  const pairs = axes.flatMap((_, a) => axes.slice(a + 1).map((__, k) => [a, a + 1 + k] as const));
  return pairs.map(([a, b]) => {
    const to = (index: Index) => index.map((at, axis) => index[axis === a ? b : axis === b ? a : axis] ?? at);
    // Only axes of one length, or of one kind, are taken for each other without an error on the way.
    const kinds = [a, b].map(axis =>
      [axes[axis]!.name.split(' ').at(-1), axes[axis]!.spatial !== null].join(),
    );
    const alike = shape[a] === shape[b] || kinds[0]!.split(',')[1] === kinds[1]!.split(',')[1];
    const says = `with ${axes[a]!.name} and ${axes[b]!.name} exchanged`;
    return { says, rank: alike ? 2 : 4, to, back: to };
  });
}

/** Channels in another group than their own. */
function regrouped(shape: Shape, axis: number, groups: number, name: string): IndexMap[] {
  const each = shape[axis]! / groups;
  if (!Number.isInteger(each)) return [];
  const channel = (index: Index, change: (group: number) => number) =>
    index.map((at, k) => (k === axis ? change(Math.floor(at / each)) * each + (at % each) : at));
  const reversed = (index: Index) => channel(index, group => groups - 1 - group);
  return [
    {
      says: `read at the ${name}s of group 0, whatever the group`,
      rank: 1,
      to: index => channel(index, () => 0),
    },
    { says: 'taken with its groups in reverse order', rank: 1, to: reversed, back: reversed },
  ];
}

function shifts(shape: Shape, axes: readonly Axis[]): IndexMap[] {
  const single = axes.flatMap(({ name }, axis) => shiftsAlong(shape[axis]!, axis, name));
  const spatial = axes.flatMap((one, axis) => (one.spatial === null ? [] : [axis]));
  if (spatial.length < 2) return single;
  const both = [-1, 1].map(by => shifted(spatial, by, `shifted by ${by} along every spatial axis`));
  return [...single, ...both];
}

function shiftsAlong(extent: number, axis: number, name: string): IndexMap[] {
  return Array.from({ length: Math.max(0, extent - 1) }, (_, k) => [k + 1, -k - 1])
    .flat()
    .map(by => {
      const steps = Math.abs(by) === 1 ? `one ${name}` : `${Math.abs(by)} ${name}s`;
      return shifted([axis], by, `read ${steps} too ${by > 0 ? 'far' : 'early'}`);
    });
}

function shifted(which: readonly number[], by: number, says: string): IndexMap {
  const move = (step: number) => (index: Index) =>
    index.map((at, axis) => (which.includes(axis) ? at + step : at));
  return { says, rank: 3, to: move(by), back: move(-by) };
}

function stuck(shape: Shape, axes: readonly Axis[]): IndexMap[] {
  return axes.flatMap(({ name }, axis) =>
    [0, shape[axis]! - 1].map(place => ({
      says: `always read at ${name} ${place}`,
      rank: 4,
      to: (index: Index) => index.map((at, k) => (k === axis ? place : at)),
    })),
  );
}

/**
 * Whether a map of one tensor's cells turns the definition's formula into the kernel's. A term may be absent from the
 * kernel's if its cell would lie outside the tensor, and be new there if its cell comes from outside.
 */
export function mapsTo(
  map: IndexMap,
  tensor: string,
  shape: Shape,
  expected: Formula,
  got: Formula,
): boolean {
  const image = moved(expected, tensor, shape, map.to);
  // Where most terms fall outside, the rest fits by chance.
  if (2 * image.size < Math.max(1, expected.size, got.size) || sameKeys(image, expected)) return false;
  for (const [key, term] of image) {
    const theirs = got.get(key)?.coefficient;
    if (!theirs) return false;
    if (theirs.numerator !== term.coefficient.numerator) return false;
    if (theirs.denominator !== term.coefficient.denominator) return false;
  }
  if (image.size === got.size) return true;
  const { back } = map;
  const fresh = new Map([...got].filter(([key]) => !image.has(key)));
  return back !== undefined && moved(fresh, tensor, shape, back).size === 0;
}

const sameKeys = (a: Formula, b: Formula): boolean =>
  a.size === b.size && [...a.keys()].every(key => b.has(key));

/** Terms whose cell would lie outside are dropped. */
function moved(formula: Formula, tensor: string, shape: Shape, to: (index: Index) => Index): Formula {
  const terms = [...formula.values()].flatMap(({ coefficient, factors }) => {
    const cells = factors.map(one => {
      if (one.tensor !== tensor) return one;
      const index = to(unravel(shape, one.cell));
      const inside = index.length === shape.length && index.every((at, axis) => at >= 0 && at < shape[axis]!);
      return inside ? { tensor, cell: ravel(shape, index) } : null;
    });
    return cells.every(one => one !== null) ? [{ coefficient, factors: cells }] : [];
  });
  return formulaOf(terms);
}

/** The product without one tensor's factors. */
export function withoutTensor(formula: Formula, tensor: string): Formula {
  return formulaOf(
    [...formula.values()].map(({ coefficient, factors }) => ({
      coefficient,
      factors: factors.filter(one => one.tensor !== tensor),
    })),
  );
}
