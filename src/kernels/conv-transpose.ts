/**
 * Transposed convolution and its gradients, in rank 1, 2 and 3: every cell of x lays down a copy of the kernel, and
 * copies add up where they overlap:
 * y[n, g M + j, p] = b[g M + j] + sum over c', i, q with s i + d q - a = p of x[n, g I + c', i] w[g I + c', j, q].
 * That is the gradient of a convolution to its input, whose own gradients are then a convolution and a correlation
 * of the other two: the sizes here are those of that convolution, with y as its large side.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import type { ConvOperands } from './conv.js';
import { plainBackward, plainForward, plainKernel } from './conv-plain.js';
import { type ConvSizes, checkBias, checkUpstream } from './conv-plan.js';
import { type ConvTransposeGeometry, convTransposeSizes } from './conv-transpose-plan.js';
import { slideBackward, slideForward, slideKernel } from './engine/slide.js';
import { checkOperands, type FloatDType } from './operands.js';
import { type CallOptions, engineOf, resultFor } from './results.js';

/** The convolution that goes the other way: its input channels are output channels here. */
const reversed = (sizes: ConvSizes): ConvSizes => ({
  ...sizes,
  inPerGroup: sizes.outPerGroup,
  outPerGroup: sizes.inPerGroup,
});

/**
 * y [N, O, spatial] from x [N, C, spatial], w [C, O/groups, kernel] and b [O]; float64 or float32 throughout.
 * @throws BackproofError `bias-shape-mismatch`, the codes of `checkOperands`, `convTransposeSizes` and `resultFor`.
 */
export function convTransposeForward<D extends FloatDType>(
  { x, w, b }: ConvOperands<D>,
  geometry: ConvTransposeGeometry,
  options: CallOptions<D> = {},
): Tensor<D> {
  const where = 'conv_transpose';
  const operands = b ? { x, w, b } : { x, w };
  checkOperands(where, operands);
  const own = convTransposeSizes(where, x.shape, w.shape, geometry);
  if (b) checkBias(where, b.shape, own.yShape[1]!);
  const y = resultFor(where, own.yShape, x.dtype, options, operands);
  const sizes = reversed(own);
  const data = { input: x.data, weights: w.data, bias: b?.data ?? null, output: y.data };
  if (!slideBackward(engineOf(options), x.dtype, sizes, data)) plainBackward(sizes, x, w, b, y);
  return y;
}

/**
 * xBar [N, C, spatial], of shape `xShape`, from yBar [N, O, spatial] and w [C, O/groups, kernel].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands`, `convTransposeSizes` and
 * `resultFor`.
 */
export function convTransposeInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  w: Tensor<D>,
  xShape: Shape,
  geometry: ConvTransposeGeometry,
  options: CallOptions<D> = {},
): Tensor<D> {
  const where = 'conv_transpose gradient to x';
  checkOperands(where, { yBar, w });
  const own = convTransposeSizes(where, xShape, w.shape, geometry);
  checkUpstream(where, yBar.shape, own.yShape);
  const xBar = resultFor(where, xShape, w.dtype, options, { yBar, w });
  const sizes = reversed(own);
  const data = { input: yBar.data, weights: w.data, bias: null, output: xBar.data };
  if (!slideForward(engineOf(options), w.dtype, sizes, data)) plainForward(sizes, yBar, w, undefined, xBar);
  return xBar;
}

/**
 * wBar [C, O/groups, kernel], of shape `wShape`, from yBar [N, O, spatial] and x [N, C, spatial].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands`, `convTransposeSizes` and
 * `resultFor`.
 */
export function convTransposeKernelVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  wShape: Shape,
  geometry: ConvTransposeGeometry,
  options: CallOptions<D> = {},
): Tensor<D> {
  const where = 'conv_transpose gradient to w';
  checkOperands(where, { yBar, x });
  const own = convTransposeSizes(where, x.shape, wShape, geometry);
  checkUpstream(where, yBar.shape, own.yShape);
  const wBar = resultFor(where, wShape, x.dtype, options, { yBar, x });
  const sizes = reversed(own);
  const data = { input: yBar.data, upstream: x.data, output: wBar.data };
  if (!slideKernel(engineOf(options), x.dtype, sizes, data)) plainKernel(sizes, x, yBar, wBar);
  return wBar;
}
