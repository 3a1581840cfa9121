/**
 * Products of matrices y [N, M] = a b. Columns of b are read along the sum, so each is one run from an address of
 * its own; rows of a lie packed, eight side by side. Sums run in order, from 0; a bias is added last.
 */
import { COLUMNS, type FloatArray, type Machine, ROWS } from './machine.js';
import { regions } from './region.js';

export interface ProductData {
  /** [N, K], or turned [K, N]. */
  readonly a: FloatArray;
  readonly isTurnedA: boolean;
  /** [K, M], or turned [M, K]. */
  readonly b: FloatArray;
  readonly isTurnedB: boolean;
  /** [M]. */
  readonly bias: FloatArray | null;
  /** [N, M]. */
  readonly y: FloatArray;
}

/** False, with nothing done, where the scratch would be too large. No extent is 0. */
export function multiplyMatrices(
  machine: Machine,
  [rows, inner, columns]: readonly [N: number, K: number, M: number],
  data: ProductData,
): boolean {
  const { unit, integerUnit } = machine;
  const blocks = Math.ceil(rows / COLUMNS);
  const pitch = Math.max(ROWS, columns);
  const space = regions();
  const [a, b] = [space.elements(rows * inner), space.elements(inner * columns)];
  const panel = space.elements(blocks * inner * COLUMNS);
  const along = data.isTurnedB ? b : space.elements(inner * columns);
  const none = space.elements(blocks * COLUMNS);
  const out = space.elements(rows * pitch);
  const [bases, run] = [space.integers(pitch), space.integers(1)];
  const { elements, integers } = space.total;
  if (elements > machine.capacity || integers > machine.capacity) return false;
  const scratch = machine.reserve(elements, integers);
  const { floats } = scratch;
  const address = (element: number): number => scratch.float + element * unit;
  floats.set(data.a, a);
  floats.set(data.b, b);
  floats.fill(0, none, none + blocks * COLUMNS);
  if (rows % COLUMNS > 0) floats.fill(0, panel, panel + blocks * inner * COLUMNS);
  for (let block = 0; block < blocks; block++) {
    const [first, to] = [block * COLUMNS, address(panel + block * inner * COLUMNS)];
    const count = Math.min(COLUMNS, rows - first);
    if (data.isTurnedA) {
      machine.copyRows(inner, count, address(a + first), rows * unit, to, COLUMNS * unit);
    } else {
      machine.transpose(1, 0, 0, address(a + first * inner), count, inner * unit, inner, to, COLUMNS * unit);
    }
  }
  if (!data.isTurnedB) {
    machine.transpose(1, 0, 0, address(b), inner, columns * unit, columns, address(along), inner * unit);
  }
  for (let column = 0; column < pitch; column++) {
    scratch.integers[bases + column] = address(along + Math.min(column, columns - 1) * inner);
  }
  scratch.integers[run] = 0;
  const sums = {
    bases: scratch.integer + bases * integerUnit,
    rows: pitch,
    panel: address(panel),
    block: inner * COLUMNS * unit,
    runs: scratch.integer + run * integerUnit,
    runsEnd: scratch.integer + (run + 1) * integerUnit,
    length: inner,
  };
  machine.multiplyPlanes(sums, rows, address(none), address(out), pitch * unit);
  for (let row = 0; row < rows; row++) {
    const start = out + row * pitch;
    if (data.bias) for (let m = 0; m < columns; m++) floats[start + m]! += data.bias[m]!;
    if (pitch > columns) data.y.set(floats.subarray(start, start + columns), row * columns);
  }
  if (pitch === columns) data.y.set(floats.subarray(out, out + rows * columns));
  return true;
}
