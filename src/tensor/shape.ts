/** Shapes of dense arrays in C order (last axis fastest), and the way between an index and its flat place. */
import { BackproofError, textOf } from '../error.js';

/** Extents, outermost axis first; [] is a scalar. */
export type Shape = readonly number[];

/** Flat places are below this, so that they fit an int32. */
const SIZE_LIMIT = 2 ** 31;

/** "[8,3,5,5]", as all messages write shapes. */
export function shapeText(shape: Shape): string {
  return `[${shape.map(extent => textOf(extent)).join(',')}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/**
 * Number of cells; 1 for the scalar shape [].
 * @throws BackproofError `bad-shape` unless all extents are integers from 0 and there are fewer than 2^31 cells.
 */
export function size(shape: Shape, where = 'shape'): number {
  if (!Array.isArray(shape)) {
    throw new BackproofError({
      code: 'bad-shape',
      where,
      what: 'the shape is not a list of extents',
      expected: 'an array such as [8,3,5,5]',
      got: textOf(shape),
      fix: 'Pass an array of integers; [] is a scalar.',
    });
  }
  let cells = 1;
  for (const [axis, extent] of shape.entries()) {
    if (!Number.isSafeInteger(extent) || extent < 0) {
      throw badShape(shape, where, `axis ${axis} is not an extent`, 'integers of at least 0', textOf(extent));
    }
    // An extent of 0 empties the array whatever the others are, even when their product has overflowed.
    cells = cells === 0 || extent === 0 ? 0 : cells * extent;
  }
  if (cells < SIZE_LIMIT) return cells;
  throw badShape(shape, where, 'the array is too large', 'fewer than 2^31 cells', `${cells} cells`);
}

function badShape(shape: Shape, where: string, what: string, expected: string, got: string): BackproofError {
  return new BackproofError({
    code: 'bad-shape',
    where,
    what: `${what} in ${shapeText(shape)}`,
    expected,
    got,
    fix: 'Check the extents, and the padding and sizes they come from.',
    data: { shape: [...shape] },
  });
}

/**
 * Flat distance between neighbours along each axis, in cells.
 * @throws BackproofError `bad-shape`.
 */
export function strides(shape: Shape): number[] {
  size(shape, 'strides');
  const steps = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= shape[axis]!;
  }
  return steps;
}

/**
 * Flat place of an index: ravel([2,3], [1,0]) is 3.
 * @throws BackproofError `bad-shape`, `index-out-of-range` (also for a wrong number of axes).
 */
export function ravel(shape: Shape, index: readonly number[]): number {
  size(shape, 'ravel');
  if (index.length !== shape.length) throw outside('ravel', shape, shapeText(index));
  let flat = 0;
  for (const [axis, extent] of shape.entries()) {
    const at = index[axis]!;
    if (!Number.isInteger(at) || at < 0 || at >= extent) throw outside('ravel', shape, shapeText(index));
    flat = flat * extent + at;
  }
  return flat;
}

/**
 * Index of a flat place: unravel([2,3], 3) is [1,0].
 * @throws BackproofError `bad-shape`, `index-out-of-range`.
 */
export function unravel(shape: Shape, flat: number): number[] {
  const cells = size(shape, 'unravel');
  if (!Number.isInteger(flat) || flat < 0 || flat >= cells) throw outside('unravel', shape, String(flat));
  const index = new Array<number>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

function outside(where: string, shape: Shape, got: string): BackproofError {
  return new BackproofError({
    code: 'index-out-of-range',
    where,
    what: `no cell of an array of shape ${shapeText(shape)} is there`,
    expected: 'one integer per axis, from 0 and below the extent (or below the cell count, if flat)',
    got,
    fix: 'Indices count from 0, outermost axis first.',
    data: { shape: [...shape], index: got },
  });
}
