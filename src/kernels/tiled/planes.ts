/** Rows of planes: see `Machine` for what each does. Four neighbouring sums run side by side. */
import type { Rows } from '../engine/machine.js';

export function sweep(
  floats: Float64Array,
  integers: Int32Array,
  { rows, width, x, xPitch, taps, tapsEnd }: Rows,
  weights: number,
  bias: number,
  out: number,
  outPitch: number,
): void {
  const first = floats[bias]!;
  for (let row = 0; row < rows; row++) {
    let from = x + row * xPitch;
    let to = out + row * outPitch;
    // The last four may reach behind the row, as `SLACK` allows.
    for (let left = width; left > 0; left -= 4, from += 4, to += 4) {
      let a = first;
      let b = first;
      let c = first;
      let d = first;
      for (let tap = taps, weight = weights; tap < tapsEnd; tap++, weight++) {
        const at = from + integers[tap]!;
        const w = floats[weight]!;
        a += w * floats[at]!;
        b += w * floats[at + 1]!;
        c += w * floats[at + 2]!;
        d += w * floats[at + 3]!;
      }
      floats[to] = a;
      floats[to + 1] = b;
      floats[to + 2] = c;
      floats[to + 3] = d;
    }
  }
}

export function dot(
  floats: Float64Array,
  integers: Int32Array,
  { rows, width, x, xPitch, taps, tapsEnd }: Rows,
  y: number,
  yPitch: number,
  out: number,
): void {
  const whole = width - 3;
  for (let tap = taps; tap < tapsEnd; tap++) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let row = 0; row < rows; row++) {
      const from = x + integers[tap]! + row * xPitch;
      const beside = y + row * yPitch;
      let k = 0;
      for (; k < whole; k += 4) {
        a += floats[from + k]! * floats[beside + k]!;
        b += floats[from + k + 1]! * floats[beside + k + 1]!;
        c += floats[from + k + 2]! * floats[beside + k + 2]!;
        d += floats[from + k + 3]! * floats[beside + k + 3]!;
      }
      for (; k < width; k++) a += floats[from + k]! * floats[beside + k]!;
    }
    floats[out + tap - taps]! += a + b + (c + d);
  }
}
