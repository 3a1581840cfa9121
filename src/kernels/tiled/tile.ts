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
  let c00 = tile[0]!;
  let c01 = tile[1]!;
  let c02 = tile[2]!;
  let c03 = tile[3]!;
  let c10 = tile[4]!;
  let c11 = tile[5]!;
  let c12 = tile[6]!;
  let c13 = tile[7]!;
  let c20 = tile[8]!;
  let c21 = tile[9]!;
  let c22 = tile[10]!;
  let c23 = tile[11]!;
  let c30 = tile[12]!;
  let c31 = tile[13]!;
  let c32 = tile[14]!;
  let c33 = tile[15]!;
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
      // | 0 tells V8 that the place is an integer.
      let a = floats[(first + k) | 0]!;
      c00 += a * b0;
      c01 += a * b1;
      c02 += a * b2;
      c03 += a * b3;
      a = floats[(second + k) | 0]!;
      c10 += a * b0;
      c11 += a * b1;
      c12 += a * b2;
      c13 += a * b3;
      a = floats[(third + k) | 0]!;
      c20 += a * b0;
      c21 += a * b1;
      c22 += a * b2;
      c23 += a * b3;
      a = floats[(fourth + k) | 0]!;
      c30 += a * b0;
      c31 += a * b1;
      c32 += a * b2;
      c33 += a * b3;
    }
  }
  tile[0] = c00;
  tile[1] = c01;
  tile[2] = c02;
  tile[3] = c03;
  tile[4] = c10;
  tile[5] = c11;
  tile[6] = c12;
  tile[7] = c13;
  tile[8] = c20;
  tile[9] = c21;
  tile[10] = c22;
  tile[11] = c23;
  tile[12] = c30;
  tile[13] = c31;
  tile[14] = c32;
  tile[15] = c33;
}
