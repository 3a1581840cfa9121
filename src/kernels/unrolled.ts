/**
 * Sliding windows written out as matrices: im2col, the matrix of a correlation, and the way back of both. Cells are
 * float64 or float32; sums are taken in float64 and rounded once per cell.
 */
import { BackproofError } from '../error.js';
import { type Shape, sameShape, shapeText, size, type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64 } from './operands.js';
import { type WindowGeometry, type Windows, windowsOf } from './unrolled-windows.js';

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
  const [from, to] = [x.data, y.data];
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
  const [from, sums] = [x.data, new Float64Array(size(shape, where))];
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let cell = 0; cell < places.length; cell++) {
      if (places[cell]! >= 0) sums[plane * inputs + places[cell]!]! += from[plane * places.length + cell]!;
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
  const [from, to, row] = [x.data, y.data, channels * all.inputs];
  eachWeight(all, outputs, channels, (weight, tap, entry) => {
    const value = from[weight]!;
    for (let window = 0; window < all.windows; window++) {
      const place = all.places[tap * all.windows + window]!;
      if (place >= 0) to[entry + window * row + place] = value;
    }
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
  size(shape, where);
  const y = zeros(shape, x.dtype);
  const [from, to, row] = [x.data, y.data, channels * all.inputs];
  eachWeight(all, outputs, channels, (weight, tap, entry) => {
    let sum = 0;
    for (let window = 0; window < all.windows; window++) {
      const place = all.places[tap * all.windows + window]!;
      if (place >= 0) sum += from[entry + window * row + place]!;
    }
    to[weight] = sum;
  });
  return y;
}

/** Every flat cell of the kernel, its tap, and where the matrix rows of the first window begin for its channels. */
function eachWeight(
  { inputs, taps, windows }: Windows,
  outputs: number,
  channels: number,
  visit: (weight: number, tap: number, entry: number) => void,
): void {
  for (let o = 0, weight = 0; o < outputs; o++) {
    for (let c = 0; c < channels; c++) {
      for (let tap = 0; tap < taps; tap++) visit(weight++, tap, (o * windows * channels + c) * inputs);
    }
  }
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
