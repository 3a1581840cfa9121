/** What both halves of a check of Jacobians share: the base point, the windows, and what is gathered on the way. */
import { type Shape, size } from '../../../tensor/index.js';
import { randomFrom } from '../../vectors/random.js';
import {
  type ConvCall,
  cellsOf,
  type DifferencedKernel,
  drawn,
  type Float64,
  longestSum,
  outputShape,
} from './kernel.js';
import { type Windows, windowsOf } from './windows.js';

export interface JacobianState {
  readonly kernel: DifferencedKernel;
  readonly layer: Layer;
  /** The base point, its output, and directions of each. */
  readonly x: Float64;
  readonly w: Float64;
  readonly y: Float64Array;
  readonly directions: Readonly<Record<'x' | 'w' | 'y', Float64>>;
  /** What the measured Jacobians make of the directions. */
  readonly images: Images;
}

export interface Images {
  /** dy/dx times the direction of x, dy/dw times that of w; the direction of y times either. */
  readonly byX: Float64Array;
  readonly byW: Float64Array;
  readonly dx: Float64Array;
  readonly dw: Float64Array;
}

export interface Layer {
  readonly batch: number;
  readonly channels: number;
  readonly kernels: number;
  readonly inPerGroup: number;
  readonly outPerGroup: number;
  readonly yShape: Shape;
  readonly windows: Windows;
}

/** Calls the kernel once. @throws BackproofError `kernel-result-shape`, the codes of `kernelCall`. */
export function startJacobian(kernel: DifferencedKernel, call: ConvCall): JacobianState {
  const layer = layerOf(call);
  // Where L products of two numbers up to A and 2 A are added up, every partial sum is exact.
  const amplitude = Math.min(2 ** 20, Math.floor(Math.sqrt(2 ** 52 / longestSum(call, layer.yShape))));
  const random = randomFrom(`jacobian ${JSON.stringify(call)}`);
  const [x, w] = [drawn(call.x, amplitude, random), drawn(call.w, amplitude, random)];
  const y = cellsOf(kernel.forward({ x, w }), 'y', layer.yShape);
  const directions = {
    x: drawn(call.x, amplitude, random),
    w: drawn(call.w, amplitude, random),
    y: drawn(layer.yShape, amplitude, random),
  };
  const zeros = (shape: Shape): Float64Array => new Float64Array(size(shape));
  const images = {
    ...{ byX: zeros(layer.yShape), byW: zeros(layer.yShape), dx: zeros(call.x), dw: zeros(call.w) },
  };
  return { kernel, layer, x, w, y: y.slice(), directions, images };
}

function layerOf(call: ConvCall): Layer {
  const yShape = outputShape(call);
  const [batch, channels] = [call.x[0]!, call.x[1]!];
  const [kernels, inPerGroup] = [call.w[0]!, call.w[1]!];
  return {
    ...{ batch, channels, kernels, inPerGroup, outPerGroup: kernels / call.groups, yShape },
    windows: windowsOf(call, yShape.slice(2)),
  };
}

/** From `from` up to, without, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What calls are stacked in, and what is held of a Jacobian at a time. */
const MOST_BYTES = 64 * 2 ** 20;

/** 0 to `total` in parts, of which each takes 64 MB at most where `cells` numbers belong to one. */
export function parts(total: number, cells: number): Range[] {
  const each = Math.max(1, Math.floor(MOST_BYTES / 8 / Math.max(1, cells)));
  return Array.from({ length: Math.ceil(total / each) }, (_, k) => ({
    from: k * each,
    to: Math.min(total, (k + 1) * each),
  }));
}

export const lengthOf = ({ from, to }: Range): number => to - from;
