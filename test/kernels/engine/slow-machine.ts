/** What the docstrings of `Machine` say, as loops over elements of one array: every number counts elements. */

/** floats[...] of a row of a product: the elements read, one after another. */
function* readAt(base: number, runs: readonly number[], length: number): Generator<number> {
  for (const run of runs) for (let k = 0; k < length; k++) yield base + run + k;
}

export interface SlowSums {
  readonly bases: readonly number[];
  readonly panel: number;
  readonly block: number;
  readonly runs: readonly number[];
  readonly length: number;
}

/** The sum of a row with column `column` of the panel, counted through its blocks. */
function sum(floats: Float64Array, { panel, block, runs, length }: SlowSums, base: number, column: number) {
  const start = panel + Math.floor(column / 8) * block + (column % 8);
  let total = 0;
  let place = 0;
  for (const at of readAt(base, runs, length)) total += floats[at]! * floats[start + 8 * place++]!;
  return total;
}

export function multiplyPlanes(
  floats: Float64Array,
  sums: SlowSums,
  columns: number,
  bias: number,
  out: number,
  pitch: number,
): void {
  for (let column = 0; column < columns; column++)
    for (const [row, base] of sums.bases.entries())
      floats[out + column * pitch + row] = floats[bias + column]! + sum(floats, sums, base, column);
}

export function multiplyPanel(floats: Float64Array, sums: SlowSums, blocks: number, out: number): void {
  for (let column = 0; column < blocks * 8; column++)
    for (const [row, base] of sums.bases.entries()) {
      const to = out + (Math.floor(column / 8) * sums.bases.length + row) * 8 + (column % 8);
      floats[to]! += sum(floats, sums, base, column);
    }
}

export interface SlowRows {
  readonly rows: number;
  readonly width: number;
  readonly x: number;
  readonly xPitch: number;
  readonly taps: readonly number[];
}

export function sweep(
  floats: Float64Array,
  { rows, width, x, xPitch, taps }: SlowRows,
  weights: number,
  bias: number,
  out: number,
  outPitch: number,
): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) {
      let total = floats[bias]!;
      for (const [k, tap] of taps.entries())
        total += floats[weights + k]! * floats[x + row * xPitch + column + tap]!;
      floats[out + row * outPitch + column] = total;
    }
}

export function dot(
  floats: Float64Array,
  { rows, width, x, xPitch, taps }: SlowRows,
  y: number,
  yPitch: number,
  out: number,
): void {
  for (const [k, tap] of taps.entries())
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < width; column++)
        floats[out + k]! += floats[y + row * yPitch + column]! * floats[x + row * xPitch + column + tap]!;
}
