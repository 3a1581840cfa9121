/**
 * Convolution and its three gradients as plain loops, in rank 1, 2 and 3, sliding without a flip
 * (a true convolution flips w first). With D = d(k - 1) + 1 and zeros outside x:
 * y[n, g Og + o', p] = b[g Og + o'] + sum over c', q of w[g Og + o', c', q] x[n, g I + c', s p + d q - a].
 * Sums run in float64; a float32 result is rounded once per element. Taps that fall outside x are left out,
 * not multiplied by 0, so an infinite weight over padding adds nothing.
 */
import type { Shape, Tensor } from '../tensor/index.js';
import { size, zeros } from '../tensor/index.js';
import type { ConvGeometry, ConvSizes } from './conv-plan.js';
import { checkBias, checkUpstream, convSizes } from './conv-plan.js';
import type { TapTable } from './conv-taps.js';
import { addTap, dotTap, scatterTap, tapTable } from './conv-taps.js';
import type { FloatDType } from './operands.js';
import { checkOperands, checkRank, fromFloat64, toFloat64 } from './operands.js';

export interface ConvOperands<D extends FloatDType> {
  readonly x: Tensor<D>;
  readonly w: Tensor<D>;
  readonly b?: Tensor<D> | undefined;
}

/**
 * y [N, O, spatial] from x [N, C, spatial], w [O, C/groups, kernel] and b [O]; float64 or float32 throughout.
 * @throws BackproofError `bias-shape-mismatch`, the codes of `checkOperands` and `convSizes`.
 */
export function convForward<D extends FloatDType>(
  operands: ConvOperands<D>,
  geometry: ConvGeometry,
): Tensor<D> {
  const { x, w, b } = operands;
  checkOperands('conv', b ? { x, w, b } : { x, w });
  const sizes = convSizes('conv', x.shape, w.shape, geometry);
  if (b) checkBias('conv', b.shape, w.shape[0]!);
  const table = tapTable(sizes.axes);
  const [xs, ws] = [toFloat64(x), toFloat64(w)];
  const y = toFloat64(zeros(sizes.yShape));
  if (b) fillBias(y, toFloat64(b), table.yPlane);
  visitPlanes(sizes, table, (xAt, wAt, yAt) => {
    for (const tap of table.taps) addTap(y, yAt, ws[wAt + tap.cell]!, xs, xAt, tap, table.steps);
  });
  return fromFloat64(sizes.yShape, y, x.dtype);
}

/**
 * xBar [N, C, spatial], of shape `xShape`, from yBar [N, O, spatial] and w [O, C/groups, kernel].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `convSizes`.
 */
export function convInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  w: Tensor<D>,
  xShape: Shape,
  geometry: ConvGeometry,
): Tensor<D> {
  const where = 'conv gradient to x';
  checkOperands(where, { yBar, w });
  const sizes = convSizes(where, xShape, w.shape, geometry);
  checkUpstream(where, yBar.shape, sizes.yShape);
  const table = tapTable(sizes.axes);
  const [upstream, ws] = [toFloat64(yBar), toFloat64(w)];
  const xBar = toFloat64(zeros(xShape));
  visitPlanes(sizes, table, (xAt, wAt, yAt) => {
    for (const tap of table.taps) scatterTap(xBar, xAt, ws[wAt + tap.cell]!, upstream, yAt, tap, table.steps);
  });
  return fromFloat64([...xShape], xBar, w.dtype);
}

/**
 * wBar [O, C/groups, kernel], of shape `wShape`, from yBar [N, O, spatial] and x [N, C, spatial].
 * @throws BackproofError `upstream-shape-mismatch`, the codes of `checkOperands` and `convSizes`.
 */
export function convKernelVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  wShape: Shape,
  geometry: ConvGeometry,
): Tensor<D> {
  const where = 'conv gradient to w';
  checkOperands(where, { yBar, x });
  const sizes = convSizes(where, x.shape, wShape, geometry);
  checkUpstream(where, yBar.shape, sizes.yShape);
  const table = tapTable(sizes.axes);
  const [upstream, xs] = [toFloat64(yBar), toFloat64(x)];
  const wBar = toFloat64(zeros(wShape));
  visitPlanes(sizes, table, (xAt, wAt, yAt) => {
    for (const tap of table.taps) wBar[wAt + tap.cell]! += dotTap(upstream, yAt, xs, xAt, tap, table.steps);
  });
  return fromFloat64([...wShape], wBar, x.dtype);
}

/**
 * bBar [O]: yBar [N, O, spatial] summed over batch and space.
 * @throws BackproofError `rank-mismatch`, the codes of `checkOperands`.
 */
export function convBiasVjp<D extends FloatDType>(yBar: Tensor<D>): Tensor<D> {
  const where = 'conv gradient to b';
  checkOperands(where, { yBar });
  checkRank(where, 'yBar', yBar.shape, 3, 5);
  const outChannels = yBar.shape[1]!;
  const plane = size(yBar.shape.slice(2));
  const upstream = toFloat64(yBar);
  const bBar = toFloat64(zeros([outChannels]));
  for (let at = 0; at < upstream.length; at++) {
    bBar[Math.floor(at / plane) % outChannels]! += upstream[at]!;
  }
  return fromFloat64([outChannels], bBar, yBar.dtype);
}

/** Calls `visit` with the starts of every x plane, w plane and y plane that meet. */
function visitPlanes(
  sizes: ConvSizes,
  { xPlane, kernelPlane, yPlane }: TapTable,
  visit: (xAt: number, wAt: number, yAt: number) => void,
): void {
  const { batch, groups, inPerGroup, outPerGroup } = sizes;
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

/** Every y plane starts from the bias of its channel. */
function fillBias(y: Float64Array, bias: Float64Array, plane: number): void {
  for (let at = 0, index = 0; at < y.length; at += plane, index++) {
    y.fill(bias[index % bias.length]!, at, at + plane);
  }
}
