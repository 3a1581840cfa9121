/**
 * Convolution and its three gradients in rank 1, 2 and 3, sliding without a flip (a true convolution flips w first).
 * With D = d(k - 1) + 1 and zeros outside x:
 * y[n, g Og + o', p] = b[g Og + o'] + sum over c', q of w[g Og + o', c', q] x[n, g I + c', s p + d q - a].
 * The engine decides how a sum is made; src/kernels/engine says in which order, and in which precision.
 */
import { type Shape, size, type Tensor } from '../tensor/index.js';
import { plainBackward, plainForward, plainKernel } from './conv-plain.js';
import { type ConvGeometry, checkBias, checkUpstream, convSizes } from './conv-plan.js';
import { slideBackward, slideForward, slideKernel } from './engine/slide.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';
import { type CallOptions, engineOf, resultFor } from './results.js';

export interface ConvOperands<D extends FloatDType> {
  readonly x: Tensor<D>;
  readonly w: Tensor<D>;
  readonly b?: Tensor<D> | undefined;
}

/**
 * y [N, O, spatial] from x [N, C, spatial], w [O, C/groups, kernel] and b [O]; float64 or float32 throughout.
 * @throws BackproofError `bias-shape-mismatch`, the codes of `checkOperands`, `convSizes` and `resultFor`.
 */
export function convForward<D extends FloatDType>(
  { x, w, b }: ConvOperands<D>,
  geometry: ConvGeometry,
  options: CallOptions<D> = {},
): Tensor<D> {
  const operands = b ? { x, w, b } : { x, w };
  checkOperands('conv', operands);
  const sizes = convSizes('conv', x.shape, w.shape, geometry);
  if (b) checkBias('conv', b.shape, w.shape[0]!);
  const y = resultFor('conv', sizes.yShape, x.dtype, options, operands);
  const data = { input: x.data, weights: w.data, bias: b?.data ?? null, output: y.data };
  if (!slideForward(engineOf(options), x.dtype, sizes, data)) plainForward(sizes, x, w, b, y);
  return y;
}

/**
 * xBar [N, C, spatial], of shape `xShape`, from yBar [N, O, spatial] and w [O, C/groups, kernel].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands`, `convSizes` and `resultFor`.
 */
export function convInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  w: Tensor<D>,
  xShape: Shape,
  geometry: ConvGeometry,
  options: CallOptions<D> = {},
): Tensor<D> {
  const where = 'conv gradient to x';
  checkOperands(where, { yBar, w });
  const sizes = convSizes(where, xShape, w.shape, geometry);
  checkUpstream(where, yBar.shape, sizes.yShape);
  const xBar = resultFor(where, xShape, w.dtype, options, { yBar, w });
  const data = { input: yBar.data, weights: w.data, bias: null, output: xBar.data };
  if (!slideBackward(engineOf(options), w.dtype, sizes, data)) plainBackward(sizes, yBar, w, undefined, xBar);
  return xBar;
}

/**
 * wBar [O, C/groups, kernel], of shape `wShape`, from yBar [N, O, spatial] and x [N, C, spatial].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands`, `convSizes` and `resultFor`.
 */
export function convKernelVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  wShape: Shape,
  geometry: ConvGeometry,
  options: CallOptions<D> = {},
): Tensor<D> {
  const where = 'conv gradient to w';
  checkOperands(where, { yBar, x });
  const sizes = convSizes(where, x.shape, wShape, geometry);
  checkUpstream(where, yBar.shape, sizes.yShape);
  const wBar = resultFor(where, wShape, x.dtype, options, { yBar, x });
  const data = { input: x.data, upstream: yBar.data, output: wBar.data };
  if (!slideKernel(engineOf(options), x.dtype, sizes, data)) plainKernel(sizes, yBar, x, wBar);
  return wBar;
}

/**
 * bBar [O]: yBar [N, O, spatial] summed over batch and space, in float64, image by image.
 * @throws BackproofError `rank-mismatch`, the codes of `checkOperands` and `resultFor`.
 */
export function convBiasVjp<D extends FloatDType>(yBar: Tensor<D>, options: CallOptions<D> = {}): Tensor<D> {
  const where = 'conv gradient to b';
  checkOperands(where, { yBar });
  checkRank(where, 'yBar', yBar.shape, 3, 5);
  const channels = yBar.shape[1]!;
  const plane = size(yBar.shape.slice(2));
  const bBar = resultFor(where, [channels], yBar.dtype, options, { yBar });
  const { data } = yBar;
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let start = channel * plane; start < data.length; start += channels * plane) {
      for (let at = start; at < start + plane; at++) sum += data[at]!;
    }
    bBar.data[channel] = sum;
  }
  return bBar;
}
