/**
 * Transposed convolution and its gradients as plain loops, in rank 1, 2 and 3: every cell of x lays down a copy of
 * the kernel, and copies add up where they overlap:
 * y[n, g M + j, p] = b[g M + j] + sum over c', i, q with s i + d q - a = p of x[n, g I + c', i] w[g I + c', j, q].
 * Sums run in float64; a float32 result is rounded once per element. What falls outside y is left out.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import { zeros } from '../tensor/index.js';
import type { ConvOperands } from './conv.js';
import type { ConvSizes } from './conv-plan.js';
import { checkBias, checkUpstream } from './conv-plan.js';
import type { TapTable } from './conv-taps.js';
import { addTap, dotTap, scatterTap, tapTable } from './conv-taps.js';
import type { ConvTransposeGeometry } from './conv-transpose-plan.js';
import { convTransposeSizes } from './conv-transpose-plan.js';
import type { FloatDType } from './operands.js';
import { checkOperands, fromFloat64, toFloat64 } from './operands.js';

/**
 * y [N, O, spatial] from x [N, C, spatial], w [C, O/groups, kernel] and b [O]; float64 or float32 throughout.
 * @throws BackproofError `bias-shape-mismatch`, the codes of `checkOperands` and `convTransposeSizes`.
 */
export function convTransposeForward<D extends FloatDType>(
  { x, w, b }: ConvOperands<D>,
  geometry: ConvTransposeGeometry,
): Tensor<D> {
  const where = 'conv_transpose';
  checkOperands(where, b ? { x, w, b } : { x, w });
  const sizes = convTransposeSizes(where, x.shape, w.shape, geometry);
  if (b) checkBias(where, b.shape, sizes.yShape[1]!);
  const table = tapTable(sizes.axes);
  const [xs, ws] = [toFloat64(x), toFloat64(w)];
  const y = toFloat64(zeros(sizes.yShape));
  if (b) {
    const bias = toFloat64(b);
    // The plane of the large side is that of y; without cells there is nothing to fill.
    for (let row = 0; row * table.xPlane < y.length; row++)
      y.fill(bias[row % bias.length]!, row * table.xPlane, (row + 1) * table.xPlane);
  }
  visitPlanes(sizes, table, (xAt, wAt, yAt) => {
    for (const tap of table.taps) scatterTap(y, yAt, ws[wAt + tap.cell]!, xs, xAt, tap, table.steps);
  });
  return fromFloat64(sizes.yShape, y, x.dtype);
}

/**
 * xBar [N, C, spatial], of shape `xShape`, from yBar [N, O, spatial] and w [C, O/groups, kernel].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `convTransposeSizes`.
 */
export function convTransposeInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  w: Tensor<D>,
  xShape: Shape,
  geometry: ConvTransposeGeometry,
): Tensor<D> {
  const where = 'conv_transpose gradient to x';
  checkOperands(where, { yBar, w });
  const sizes = convTransposeSizes(where, xShape, w.shape, geometry);
  checkUpstream(where, yBar.shape, sizes.yShape);
  const table = tapTable(sizes.axes);
  const [upstream, ws] = [toFloat64(yBar), toFloat64(w)];
  const xBar = toFloat64(zeros(xShape));
  visitPlanes(sizes, table, (xAt, wAt, yAt) => {
    for (const tap of table.taps) addTap(xBar, xAt, ws[wAt + tap.cell]!, upstream, yAt, tap, table.steps);
  });
  return fromFloat64([...xShape], xBar, w.dtype);
}

/**
 * wBar [C, O/groups, kernel], of shape `wShape`, from yBar [N, O, spatial] and x [N, C, spatial].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `convTransposeSizes`.
 */
export function convTransposeKernelVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  wShape: Shape,
  geometry: ConvTransposeGeometry,
): Tensor<D> {
  const where = 'conv_transpose gradient to w';
  checkOperands(where, { yBar, x });
  const sizes = convTransposeSizes(where, x.shape, wShape, geometry);
  checkUpstream(where, yBar.shape, sizes.yShape);
  const table = tapTable(sizes.axes);
  const [upstream, xs] = [toFloat64(yBar), toFloat64(x)];
  const wBar = toFloat64(zeros(wShape));
  visitPlanes(sizes, table, (xAt, wAt, yAt) => {
    for (const tap of table.taps) wBar[wAt + tap.cell]! += dotTap(xs, xAt, upstream, yAt, tap, table.steps);
  });
  return fromFloat64([...wShape], wBar, x.dtype);
}

/** Calls `visit` with the starts of every x plane, w plane and y plane that meet; the table's large side is y. */
function visitPlanes(
  { batch, groups, inPerGroup, outPerGroup }: ConvSizes,
  { xPlane: yPlane, kernelPlane, yPlane: xPlane }: TapTable,
  visit: (xAt: number, wAt: number, yAt: number) => void,
): void {
  const channels = groups * inPerGroup;
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      const firstOutput = (n * groups + Math.floor(c / inPerGroup)) * outPerGroup;
      for (let j = 0; j < outPerGroup; j++) {
        const wAt = (c * outPerGroup + j) * kernelPlane;
        visit((n * channels + c) * xPlane, wAt, (firstOutput + j) * yPlane);
      }
    }
  }
}
