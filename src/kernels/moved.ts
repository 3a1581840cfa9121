/** Cells read from other places, axis by axis: float64 or float32, nothing is rounded. */
import { type Shape, size, type Tensor, zeros } from '../tensor/index.js';
import type { FloatDType } from './operands.js';

/**
 * y [A, B, extents] from x [A, B, spatial]: cell i of an axis reads cell source(axis, i) of x, or 0 outside x.
 * @throws BackproofError `bad-shape`.
 */
export function readFrom<D extends FloatDType>(
  where: string,
  x: Tensor<D>,
  extents: Shape,
  source: (axis: number, at: number) => number,
): Tensor<D> {
  const shape = [...x.shape.slice(0, 2), ...extents];
  size(shape, where);
  // An empty batch hides too large a plane from the first check.
  size(extents, where);
  const y = zeros(shape, x.dtype);
  if (y.data.length === 0) return y;
  const placesOf = (first: number, end: number) => {
    let places: Int32Array = Int32Array.of(0);
    for (let axis = first; axis < end; axis++) {
      places = spread(places, extents[axis]!, x.shape[axis + 2]!, at => source(axis, at));
    }
    return places;
  };
  const last = Math.max(0, extents.length - 1);
  const [rows, cells] = [placesOf(0, last), placesOf(last, extents.length)];
  moveRows(x, rows, cells, y);
  return y;
}

/** Each place with one more axis of `input` cells: the cells `source` of it, -1 where place or cell is outside. */
export function spread(
  places: Int32Array,
  extent: number,
  input: number,
  source: (at: number) => number,
): Int32Array {
  const wider = new Int32Array(places.length * extent);
  for (let at = 0; at < extent; at++) {
    const cell = source(at);
    const isInside = cell >= 0 && cell < input;
    for (let k = 0; k < places.length; k++) {
      wider[k * extent + at] = isInside && places[k]! >= 0 ? places[k]! * input + cell : -1;
    }
  }
  return wider;
}

/** Row by row on every plane, the cells of a row of x that are named; y is 0 so far. */
function moveRows<D extends FloatDType>(
  x: Tensor<D>,
  rows: Int32Array,
  cells: Int32Array,
  y: Tensor<D>,
): void {
  const [from, to] = [x.data, y.data];
  const [extent, plane] = [x.shape.length > 2 ? x.shape.at(-1)! : 1, size(x.shape.slice(2))];
  for (let next = 0, base = 0; next < to.length; base += plane) {
    for (let row = 0; row < rows.length; row++, next += cells.length) {
      if (rows[row]! < 0) continue;
      const start = base + rows[row]! * extent;
      for (let at = 0; at < cells.length; at++) {
        if (cells[at]! >= 0) to[next + at] = from[start + cells[at]!]!;
      }
    }
  }
}
