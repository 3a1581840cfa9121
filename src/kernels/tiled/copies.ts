/** Moving elements within one array: see `Machine` for what each does. */

export function transpose(
  floats: Float64Array,
  times: number,
  fromStep: number,
  toStep: number,
  from: number,
  rows: number,
  fromPitch: number,
  columns: number,
  to: number,
  toPitch: number,
): void {
  for (let time = 0; time < times; time++) {
    for (let row = 0; row < rows; row++) {
      let a = from + time * fromStep + row * fromPitch;
      let b = to + time * toStep + row;
      for (let column = 0; column < columns; column++, a++, b += toPitch) floats[b] = floats[a]!;
    }
  }
}

export function gather(
  floats: Float64Array,
  integers: Int32Array,
  from: number,
  columns: number,
  columnStep: number,
  taps: number,
  tapsEnd: number,
  channels: number,
  channelStep: number,
  to: number,
  block: number,
): void {
  for (let column = 0; column < columns; column++) {
    const start = from + column * columnStep;
    let b = to + Math.floor(column / 8) * block + (column % 8);
    for (let tap = taps; tap < tapsEnd; tap++) {
      let a = start + integers[tap]!;
      for (let channel = 0; channel < channels; channel++, a += channelStep, b += 8) floats[b] = floats[a]!;
    }
  }
}

export function copyRows(
  floats: Float64Array,
  rows: number,
  length: number,
  from: number,
  fromPitch: number,
  to: number,
  toPitch: number,
): void {
  for (let row = 0; row < rows; row++) {
    const a = from + row * fromPitch;
    const b = to + row * toPitch;
    for (let k = 0; k < length; k++) floats[b + k] = floats[a + k]!;
  }
}

export function spreadRows(
  floats: Float64Array,
  rows: number,
  length: number,
  from: number,
  fromStep: number,
  fromPitch: number,
  to: number,
  toStep: number,
  toPitch: number,
): void {
  for (let row = 0; row < rows; row++) {
    let a = from + row * fromPitch;
    let b = to + row * toPitch;
    for (let k = 0; k < length; k++, a += fromStep, b += toStep) floats[b] = floats[a]!;
  }
}
