/**
 * Convolution and its gradients one tap at a time, without scratch memory. Sums run in float64 and a float32 result
 * is rounded once. Taps that fall outside x are left out, not multiplied by 0: an infinite weight over padding adds
 * nothing, which is why the other ways leave such weights to this one.
 */

import type { Tensor } from '../tensor/index.js';
import type { ConvSizes } from './conv-plan.js';
import { addTap, dotTap, scatterTap, type TapTable, tapTable } from './conv-taps.js';
import { type FloatDType, toFloat64 } from './operands.js';

type Values = Tensor<FloatDType>;

/** Sums in place where the result is float64, else beside it. */
function sumInto({ data }: Values, sum: (values: Float64Array) => void): void {
  const values = data instanceof Float64Array ? data.fill(0) : new Float64Array(data.length);
  sum(values);
  if (values !== data) data.set(values);
}

/** y = bias, then input channel by input channel, tap by tap. */
export function plainForward(sizes: ConvSizes, x: Values, w: Values, b: Values | undefined, y: Values): void {
  const table = tapTable(sizes.axes);
  const [xs, ws] = [toFloat64(x), toFloat64(w)];
  sumInto(y, sums => {
    if (b) fillBias(sums, b.data, table.yPlane);
    visitPlanes(sizes, table, (xAt, wAt, yAt) => {
      for (const tap of table.taps) addTap(sums, yAt, ws[wAt + tap.cell]!, xs, xAt, tap, table.steps);
    });
  });
}

/** xBar = bias, if the result is that of a transposed convolution, then output channel by output channel. */
export function plainBackward(
  sizes: ConvSizes,
  yBar: Values,
  w: Values,
  b: Values | undefined,
  xBar: Values,
): void {
  const table = tapTable(sizes.axes);
  const [upstream, ws] = [toFloat64(yBar), toFloat64(w)];
  sumInto(xBar, sums => {
    if (b) fillBias(sums, b.data, table.xPlane);
    visitPlanes(sizes, table, (xAt, wAt, yAt) => {
      for (const tap of table.taps)
        scatterTap(sums, xAt, ws[wAt + tap.cell]!, upstream, yAt, tap, table.steps);
    });
  });
}

/** wBar = image by image, output cells row by row. */
export function plainKernel(sizes: ConvSizes, yBar: Values, x: Values, wBar: Values): void {
  const table = tapTable(sizes.axes);
  const [upstream, xs] = [toFloat64(yBar), toFloat64(x)];
  sumInto(wBar, sums => {
    visitPlanes(sizes, table, (xAt, wAt, yAt) => {
      for (const tap of table.taps) sums[wAt + tap.cell]! += dotTap(upstream, yAt, xs, xAt, tap, table.steps);
    });
  });
}

/** Calls `visit` with the starts of every x plane, w plane and y plane that meet. */
function visitPlanes(
  { batch, groups, inPerGroup, outPerGroup }: ConvSizes,
  { xPlane, kernelPlane, yPlane }: TapTable,
  visit: (xAt: number, wAt: number, yAt: number) => void,
): void {
  const outChannels = groups * outPerGroup;
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < outChannels; o++) {
      const firstChannel = (n * groups + Math.floor(o / outPerGroup)) * inPerGroup;
      for (let c = 0; c < inPerGroup; c++) {
        const wAt = (o * inPerGroup + c) * kernelPlane;
        visit((firstChannel + c) * xPlane, wAt, (n * outChannels + o) * yPlane);
      }
    }
  }
}

/** Every plane starts from the bias of its channel; without cells there is nothing to fill. */
function fillBias(sums: Float64Array, bias: ArrayLike<number>, plane: number): void {
  for (let channel = 0, at = 0; at < sums.length; at += plane, channel++) {
    sums.fill(bias[channel % bias.length]!, at, at + plane);
  }
}
