/** The inner loop of the tiled product: sixteen sums in local variables, which V8 keeps in registers. */
import type { Sums } from '../engine/machine.js';

/** tile[row][column] += the sum of four rows, from `row` on, with four columns of the panel. */
export function tileSums(
  floats: Float64Array,
  integers: Int32Array,
  { bases, runs, runsEnd, length }: Sums,
  row: number,
  panel: number,
  tile: Float64Array,
): void {
  let [c00, c01, c02, c03] = [tile[0]!, tile[1]!, tile[2]!, tile[3]!];
  let [c10, c11, c12, c13] = [tile[4]!, tile[5]!, tile[6]!, tile[7]!];
  let [c20, c21, c22, c23] = [tile[8]!, tile[9]!, tile[10]!, tile[11]!];
  let [c30, c31, c32, c33] = [tile[12]!, tile[13]!, tile[14]!, tile[15]!];
  const first = integers[bases + row]!;
  const second = integers[bases + row + 1]!;
  const third = integers[bases + row + 2]!;
  const fourth = integers[bases + row + 3]!;
  let b = panel;
  for (let run = runs; run < runsEnd; run++) {
    const offset = integers[run]!;
    for (let k = offset; k < offset + length; k++, b += 8) {
      const b0 = floats[b]!;
      const b1 = floats[b + 1]!;
      const b2 = floats[b + 2]!;
      const b3 = floats[b + 3]!;
      let a = floats[first + k]!;
      c00 += a * b0;
      c01 += a * b1;
      c02 += a * b2;
      c03 += a * b3;
      a = floats[second + k]!;
      c10 += a * b0;
      c11 += a * b1;
      c12 += a * b2;
      c13 += a * b3;
      a = floats[third + k]!;
      c20 += a * b0;
      c21 += a * b1;
      c22 += a * b2;
      c23 += a * b3;
      a = floats[fourth + k]!;
      c30 += a * b0;
      c31 += a * b1;
      c32 += a * b2;
      c33 += a * b3;
    }
  }
  tile.set([c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33]);
}
