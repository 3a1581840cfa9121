/** Products with their sums in a tile of four rows by four columns: see `Machine`. */
import type { Sums } from '../engine/machine.js';
import { tileSums } from './tile.js';

const ROWS = 4;
const COLUMNS = 8;
/** A panel is 8 columns wide, a tile 4. */
const HALF = 4;

export function multiplyPlanes(
  floats: Float64Array,
  integers: Int32Array,
  sums: Sums,
  columns: number,
  bias: number,
  out: number,
  pitch: number,
): void {
  const tile = new Float64Array(ROWS * HALF);
  for (let column = 0; column < columns; column += HALF) {
    const panel = sums.panel + Math.floor(column / COLUMNS) * sums.block + (column % COLUMNS);
    const wide = Math.min(HALF, columns - column);
    for (let start = 0; start < sums.rows; start += ROWS) {
      // The last tile begins early enough to be whole.
      const row = Math.min(start, sums.rows - ROWS);
      for (let k = 0; k < tile.length; k++) tile[k] = floats[bias + column + (k % HALF)]!;
      tileSums(floats, integers, sums, row, panel, tile);
      for (let k = 0; k < wide; k++) {
        const to = out + (column + k) * pitch + row;
        for (let r = 0; r < ROWS; r++) floats[to + r] = tile[r * HALF + k]!;
      }
    }
  }
}

export function multiplyPanel(
  floats: Float64Array,
  integers: Int32Array,
  sums: Sums,
  blocks: number,
  out: number,
): void {
  const tile = new Float64Array(ROWS * HALF);
  for (let column = 0; column < blocks * COLUMNS; column += HALF) {
    const [block, within] = [Math.floor(column / COLUMNS), column % COLUMNS];
    const panel = sums.panel + block * sums.block + within;
    for (let row = 0; row < sums.rows; row += ROWS) {
      const to = out + (block * sums.rows + row) * COLUMNS + within;
      for (let k = 0; k < tile.length; k++) tile[k] = floats[to + (k >> 2) * COLUMNS + (k & 3)]!;
      tileSums(floats, integers, sums, row, panel, tile);
      for (let k = 0; k < tile.length; k++) floats[to + (k >> 2) * COLUMNS + (k & 3)] = tile[k]!;
    }
  }
}
