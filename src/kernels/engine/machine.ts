/**
 * The few primitives that convolutions and products are built from, and the scratch memory they work in. There are
 * two: WebAssembly with 128-bit vectors, and plain TypeScript. Drivers in this folder say where everything lies.
 *
 * An address is a number that a machine understands; element k behind it is at address + k * `unit`, integer k
 * behind one is at address + k * `integerUnit`. Pitches, steps and offsets are distances between addresses.
 * Counts and lengths are elements and at least 1, unless the primitive says otherwise.
 */

/** Columns of a panel: packed side by side, the last ones filled up. */
export const COLUMNS = 8;
/** A product has at least so many rows; a panel of results has a multiple of them. */
export const ROWS = 4;
/** Behind a row that `sweep` writes lie up to so many more elements. */
export const SLACK = 4;

export type FloatArray = Float64Array | Float32Array;

/** Scratch memory: the arrays, and the addresses of their first elements. Valid until the next `reserve`. */
export interface Scratch {
  readonly floats: FloatArray;
  readonly integers: Int32Array;
  readonly float: number;
  readonly integer: number;
}

/** The sums of a product: where each row begins, and in which runs of consecutive elements it is read. */
export interface Sums {
  /** Table of addresses, one a row. */
  readonly bases: number;
  readonly rows: number;
  /** Columns: blocks of 8, `block` from one to the next, each packed [place in the sum][8]. */
  readonly panel: number;
  readonly block: number;
  /** Table of distances from the base of a row, to its end; `length` elements are read at each. */
  readonly runs: number;
  readonly runsEnd: number;
  readonly length: number;
}

/** One row after another of a plane, and the taps: distances from its first element. */
export interface Rows {
  readonly rows: number;
  readonly width: number;
  readonly x: number;
  readonly xPitch: number;
  readonly taps: number;
  readonly tapsEnd: number;
}

export interface Machine {
  readonly unit: number;
  readonly integerUnit: number;
  /** The largest scratch, in elements. */
  readonly capacity: number;
  /** Makes room; what was there is lost, contents are undefined. Null where the runtime has none. */
  reserve(elements: number, integers: number): Scratch | null;
  /** Gives the scratch memory back; the next call takes new. */
  release(): void;
  /** Bytes held now. */
  held(): number;

  /** out[column][row] = bias[column] + sum; at least 4 rows; columns of the last block beyond `columns` are not written. */
  multiplyPlanes(sums: Sums, columns: number, bias: number, out: number, pitch: number): void;
  /** out[block][row][8] += sum; rows is a multiple of 4. */
  multiplyPanel(sums: Sums, blocks: number, out: number): void;
  /** to[column][row] = from[row][column], `times` times, the two addresses stepping on. */
  transpose(
    times: number,
    fromStep: number,
    toStep: number,
    from: number,
    rows: number,
    fromPitch: number,
    columns: number,
    to: number,
    toPitch: number,
  ): void;
  /** Packs `columns` columns: to[block][tap][channel][8] from from + column + tap + channel. */
  gather(
    from: number,
    columns: number,
    columnStep: number,
    taps: number,
    tapsEnd: number,
    channels: number,
    channelStep: number,
    to: number,
    block: number,
  ): void;
  /** Rows of `length` consecutive elements; may be none. */
  copyRows(rows: number, length: number, from: number, fromPitch: number, to: number, toPitch: number): void;
  /** Rows of `length` elements that lie `fromStep` apart, to lie `toStep` apart; may be none. */
  spreadRows(
    rows: number,
    length: number,
    from: number,
    fromStep: number,
    fromPitch: number,
    to: number,
    toStep: number,
    toPitch: number,
  ): void;
  /** out[row][column] = bias[0] + sum over taps of weights[tap] x[row][column + tap]; see `SLACK`. */
  sweep(rows: Rows, weights: number, bias: number, out: number, outPitch: number): void;
  /** out[tap] += sum over rows and columns of y[row][column] x[row][column + tap]. */
  dot(rows: Rows, y: number, yPitch: number, out: number): void;
  /** No element is infinite or not a number; may be none. */
  allFinite(from: number, count: number): boolean;
}
