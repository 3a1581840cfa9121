/** A convolution kernel as a gradient check takes it: two plain functions, and the call that is checked. */
import { BackproofError } from '../../../error.js';
import type { ConvGeometry } from '../../../kernels/index.js';
import { kernelCall } from '../../../ops/index.js';
import { type Shape, sameShape, shapeText, size, type Tensor } from '../../../tensor/index.js';
import type { Random } from '../../vectors/random.js';

export type Float64 = Tensor<'float64'>;

/** x [N, C, spatial], w [O, C/groups, kernel], b [O]. */
export interface ConvInputs {
  readonly x: Float64;
  readonly w: Float64;
  readonly b?: Float64;
}
export type InputName = keyof ConvInputs;

export interface DifferencedKernel {
  /** y [N, O, spatial], for any number of images N. */
  forward(inputs: ConvInputs): Float64;
  /** The gradients that are wanted, each shaped like its input; others are not looked at. */
  backward(
    yBar: Float64,
    inputs: ConvInputs,
    wanted: readonly InputName[],
  ): Readonly<Partial<Record<InputName, Float64>>>;
}

/** Shapes and geometry of the call that is checked. */
export interface ConvCall extends ConvGeometry {
  readonly x: Shape;
  readonly w: Shape;
}

/** y [N, O, spatial]. @throws BackproofError the codes of `kernelCall`. */
export function outputShape({ x, w, stride, dilation, padding, groups }: ConvCall): Shape {
  const operator = `conv${x.length - 2}d`;
  return kernelCall(operator, { x, w }, { stride, dilation, padding, groups }).call.output;
}

/** L: the most products that one cell of y, dx or dw adds up. */
export function longestSum({ w, groups }: ConvCall, y: Shape): number {
  const taps = size(w.slice(2));
  return Math.max(1, w[1]! * taps, (w[0]! / groups) * taps, y[0]! * size(y.slice(2)));
}

export const float64 = (shape: Shape, data: Float64Array): Float64 => ({ shape, data, dtype: 'float64' });

/** Integers from -A to -1 and 1 to A, A below 2^30, as one draw of `random` decides. */
export function drawn(shape: Shape, amplitude: number, random: Random): Float64 {
  const data = new Float64Array(size(shape));
  const scale = amplitude / 2 ** 31;
  // splitmix32 here and not in a closure, which would allocate its state anew for every number; and no branches.
  let state = random.integer(0, 2 ** 32 - 1);
  for (let k = 0; k < data.length; k++) {
    state = (state + 0x9e3779b9) | 0;
    const half = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const full = Math.imul(half ^ (half >>> 15), 0x735a2d97);
    const value = ((((full ^ (full >>> 15)) >>> 0) * scale) | 0) - amplitude;
    // One more from 0 on: there is no 0.
    data[k] = value - ~(value >> 31);
  }
  return float64(shape, data);
}

/** A step along a direction, in a new tensor. */
export function moved({ shape, data }: Float64, direction: Float64, step: 1 | -1 = 1): Float64 {
  const there = new Float64Array(data.length);
  for (let k = 0; k < there.length; k++) there[k] = data[k]! + step * direction.data[k]!;
  return float64(shape, there);
}

/** The cells of a result of the kernel. @throws BackproofError `kernel-result-shape`. */
export function cellsOf(result: Float64 | undefined, name: string, shape: Shape): Float64Array {
  if (result && sameShape(result.shape, shape) && result.data.length === size(shape)) return result.data;
  const got = result ? `${result.data.length} cells as ${shapeText(result.shape)}` : 'nothing';
  throw new BackproofError({
    code: 'kernel-result-shape',
    where: 'gradient check',
    what: `the kernel's ${name} has the wrong shape`,
    expected: shapeText(shape),
    got,
    fix: `Return ${name} as { shape, data, dtype } in that shape.`,
    data: { result: name, expected: [...shape], got: result ? [...result.shape] : null },
  });
}
