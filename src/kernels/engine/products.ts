/**
 * Products of matrices y [N, M] = a b. Columns of b are read along the sum, so each is one run from an address of
 * its own; rows of a lie packed, eight side by side. Sums run in order, from 0; a bias is added last.
 */
import { COLUMNS, type FloatArray, type Machine, ROWS } from './machine.js';
import { workspace } from './pieces.js';
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
  const blocks = Math.ceil(rows / COLUMNS);
  const pitch = Math.max(ROWS, columns);
  const layout = regions();
  const [a, b] = [layout.elements(rows * inner), layout.elements(inner * columns)];
  const panel = layout.elements(blocks * inner * COLUMNS);
  const along = data.isTurnedB ? b : layout.elements(inner * columns);
  const none = layout.elements(blocks * COLUMNS);
  const out = layout.elements(rows * pitch);
  const [bases, run] = [layout.integers(pitch), layout.integers(1)];
  const space = workspace(machine, layout.total);
  if (!space) return false;
  const { unit, floats, integers, at, entry } = space;
  floats.set(data.a, a);
  floats.set(data.b, b);
  floats.fill(0, none, none + blocks * COLUMNS);
  if (rows % COLUMNS > 0) floats.fill(0, panel, panel + blocks * inner * COLUMNS);
  for (let block = 0; block < blocks; block++) {
    const [first, to] = [block * COLUMNS, at(panel + block * inner * COLUMNS)];
    const count = Math.min(COLUMNS, rows - first);
    if (data.isTurnedA) {
      machine.copyRows(inner, count, at(a + first), rows * unit, to, COLUMNS * unit);
    } else {
      machine.transpose(1, 0, 0, at(a + first * inner), count, inner * unit, inner, to, COLUMNS * unit);
    }
  }
  if (!data.isTurnedB) {
    machine.transpose(1, 0, 0, at(b), inner, columns * unit, columns, at(along), inner * unit);
  }
  for (let column = 0; column < pitch; column++) {
    integers[bases + column] = at(along + Math.min(column, columns - 1) * inner);
  }
  integers[run] = 0;
  const sums = {
    bases: entry(bases),
    rows: pitch,
    panel: at(panel),
    block: inner * COLUMNS * unit,
    runs: entry(run),
    runsEnd: entry(run + 1),
    length: inner,
  };
  machine.multiplyPlanes(sums, rows, at(none), at(out), pitch * unit);
  for (let row = 0; row < rows; row++) {
    const start = out + row * pitch;
    if (data.bias) for (let m = 0; m < columns; m++) floats[start + m]! += data.bias[m]!;
    if (pitch > columns) data.y.set(floats.subarray(start, start + columns), row * columns);
  }
  if (pitch === columns) data.y.set(floats.subarray(out, out + rows * columns));
  return true;
}
