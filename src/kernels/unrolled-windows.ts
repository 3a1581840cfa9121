/** Where the windows of `unrolled.ts` lie in their input, as one table of flat places. */
import { type Shape, safeInteger, size, windowExtent, wrongAxisCount } from '../tensor/index.js';
import { spread } from './moved.js';

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
export interface Windows {
  /** Cells of the input, of the kernel, and number of windows. */
  readonly inputs: number;
  readonly taps: number;
  readonly windows: number;
  /** places[tap * windows + window]: the flat cell of the input, or -1 outside it. */
  readonly places: Int32Array;
}

/** @throws BackproofError `wrong-axis-count`, `not-an-integer-parameter`, `bad-shape`, the codes of `windowExtent`. */
export function windowsOf(where: string, geometry: WindowGeometry): Windows {
  const { input, kernel } = geometry;
  const output = outputOf(where, geometry);
  const [inputs, taps, windows] = [size(input, where), size(kernel, where), size(output, where)];
  const places = new Int32Array(size([taps, windows], where));
  if (places.length === 0) return { inputs, taps, windows, places };
  const q = kernel.map(() => 0);
  for (let tap = 0; tap < taps; tap++) {
    places.set(placesOf(geometry, output, q), tap * windows);
    for (let k = q.length - 1; k >= 0; k--) {
      q[k] = (q[k]! + 1) % kernel[k]!;
      if (q[k]! > 0) break;
    }
  }
  return { inputs, taps, windows, places };
}

/** Where tap q of every window lies. */
function placesOf(geometry: WindowGeometry, output: Shape, q: readonly number[]): Int32Array {
  const { input, stride, dilation, before } = geometry;
  let places: Int32Array = Int32Array.of(0);
  for (const [k, extent] of output.entries()) {
    const start = dilation[k]! * q[k]! - before[k]!;
    places = spread(places, extent, input[k]!, p => stride[k]! * p + start);
  }
  return places;
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
