/**
 * Sliding windows written out as matrices: im2col, the matrix of a correlation, and the way back of both. Cells are
 * float64 or float32; sums are taken in float64 and rounded once per cell.
 */
import { BackproofError } from '../error.js';
import type { Shape, Tensor } from '../tensor/index.js';
import {
  safeInteger,
  sameShape,
  shapeText,
  size,
  unravel,
  windowExtent,
  wrongAxisCount,
  zeros,
} from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64 } from './operands.js';

/** One entry per spatial axis; a negative pad crops. */
export interface WindowGeometry {
  readonly input: Shape;
  readonly kernel: Shape;
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Where each cell of each window lies in the input. */
interface Windows {
  /** Cells of the input, of the kernel, and number of windows. */
  readonly inputs: number;
  readonly taps: number;
  readonly windows: number;
  /** places[tap * windows + window]: the flat cell of the input, or -1 outside it. */
  readonly places: Int32Array;
}

/**
 * x [N, C, spatial] to y [N, C * taps, windows]: one column per window, zero where it leaves x.
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, `wrong-axis-count`, the codes of `windowExtent`, `checkOperands`.
 */
export function im2colKernel<D extends FloatDType>(x: Tensor<D>, geometry: WindowGeometry): Tensor<D> {
  const where = 'im2col';
  checkOperands(where, { x });
  checkRank(where, 'x', x.shape, 2);
  const { inputs, taps, windows, places } = windowsOf(where, geometry);
  const [batch, channels] = [x.shape[0]!, x.shape[1]!];
  checkShape(where, x.shape, [batch, channels, ...geometry.input]);
  const y = zeros([batch, channels * taps, windows], x.dtype);
  const [from, to]: [Float64Array | Float32Array, Float64Array | Float32Array] = [x.data, y.data];
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let cell = 0; cell < places.length; cell++) {
      if (places[cell]! >= 0) to[plane * places.length + cell] = from[plane * inputs + places[cell]!]!;
    }
  }
  return y;
}

/**
 * Columns x [N, C * taps, windows] to y [N, C, spatial]: every cell is the sum of its copies in the columns.
 * @throws BackproofError as `im2colKernel`.
 */
export function col2imKernel<D extends FloatDType>(x: Tensor<D>, geometry: WindowGeometry): Tensor<D> {
  const where = 'col2im';
  checkOperands(where, { x });
  checkRank(where, 'x', x.shape, 3, 3);
  const { inputs, taps, windows, places } = windowsOf(where, geometry);
  const [batch, rows] = [x.shape[0]!, x.shape[1]!];
  const channels = Math.floor(rows / taps);
  checkShape(where, x.shape, [batch, channels * taps, windows]);
  const shape = [batch, channels, ...geometry.input];
  const sums = new Float64Array(size(shape, where));
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let cell = 0; cell < places.length; cell++) {
      if (places[cell]! >= 0) sums[plane * inputs + places[cell]!]! += x.data[plane * places.length + cell]!;
    }
  }
  return fromFloat64(shape, sums, x.dtype);
}

/**
 * The kernel x [O, I, kernel] as the matrix y [O * windows, I * inputs] that takes a flat image to its correlation.
 * @throws BackproofError as `im2colKernel`.
 */
export function toeplitzKernel<D extends FloatDType>(x: Tensor<D>, geometry: WindowGeometry): Tensor<D> {
  const where = 'toeplitz';
  checkOperands(where, { x });
  checkRank(where, 'x', x.shape, 2);
  const all = windowsOf(where, geometry);
  const [outputs, channels] = [x.shape[0]!, x.shape[1]!];
  checkShape(where, x.shape, [outputs, channels, ...geometry.kernel]);
  const y = zeros([outputs * all.windows, channels * all.inputs], x.dtype);
  const [from, to]: [Float64Array | Float32Array, Float64Array | Float32Array] = [x.data, y.data];
  eachEntry(all, outputs, channels, (weight, entry) => {
    to[entry] = from[weight]!;
  });
  return y;
}

/**
 * The matrix x [O * windows, I * inputs] to y [O, I, kernel]: every weight gets the sum of the entries where it stands.
 * @throws BackproofError as `im2colKernel`.
 */
export function diagonalSumsKernel<D extends FloatDType>(
  x: Tensor<D>,
  outputs: number,
  channels: number,
  geometry: WindowGeometry,
): Tensor<D> {
  const where = 'diagonal sums';
  checkOperands(where, { x });
  const all = windowsOf(where, geometry);
  checkShape(where, x.shape, [outputs * all.windows, channels * all.inputs]);
  const shape = [outputs, channels, ...geometry.kernel];
  const sums = new Float64Array(size(shape, where));
  eachEntry(all, outputs, channels, (weight, entry) => {
    sums[weight]! += x.data[entry]!;
  });
  return fromFloat64(shape, sums, x.dtype);
}

/** Every entry of the matrix that holds a weight, with the flat cell of that weight. */
function eachEntry(
  { inputs, taps, windows, places }: Windows,
  outputs: number,
  channels: number,
  visit: (weight: number, entry: number) => void,
): void {
  for (let o = 0; o < outputs; o++) {
    for (let c = 0; c < channels; c++) {
      for (let tap = 0; tap < taps; tap++) {
        for (let window = 0; window < windows; window++) {
          const place = places[tap * windows + window]!;
          const row = o * windows + window;
          if (place >= 0) visit((o * channels + c) * taps + tap, (row * channels + c) * inputs + place);
        }
      }
    }
  }
}

function windowsOf(where: string, geometry: WindowGeometry): Windows {
  const { input, kernel, stride, dilation, before } = geometry;
  const output = outputOf(where, geometry);
  const [inputs, taps, windows] = [size(input, where), size(kernel, where), size(output, where)];
  const places = new Int32Array(size([taps, windows], where));
  for (let tap = 0; tap < taps; tap++) {
    const q = unravel(kernel, tap);
    for (let window = 0; window < windows; window++) {
      const at = unravel(output, window).map((p, k) => stride[k]! * p + dilation[k]! * q[k]! - before[k]!);
      const isInside = at.every((cell, k) => cell >= 0 && cell < input[k]!);
      const place = isInside ? at.reduce((flat, cell, k) => flat * input[k]! + cell, 0) : -1;
      places[tap * windows + window] = place;
    }
  }
  return { inputs, taps, windows, places };
}

/** The number of windows on each axis. */
function outputOf(where: string, geometry: WindowGeometry): number[] {
  const { input, kernel, stride, dilation, before, after } = geometry;
  for (const [name, values] of Object.entries({ kernel, stride, dilation, before, after })) {
    if (values.length !== input.length) throw wrongAxisCount(name, where, input.length, values);
  }
  return input.map((extent, k) => {
    const pads = {
      before: safeInteger(before[k], 'before', where),
      after: safeInteger(after[k], 'after', where),
    };
    const axis = { input: extent, kernel: kernel[k]!, stride: stride[k]!, dilation: dilation[k]! };
    return windowExtent({ ...axis, ...pads }).output;
  });
}

function checkShape(where: string, got: Shape, expected: Shape): void {
  if (sameShape(got, expected)) return;
  throw new BackproofError({
    code: 'size-mismatch',
    where,
    what: `x has shape ${shapeText(got)}`,
    expected: `${shapeText(expected)}, as the windows ask for`,
    got: shapeText(got),
    fix: 'Pass the tensor that these windows belong to.',
    data: { expected: [...expected], got: [...got] },
  });
}
