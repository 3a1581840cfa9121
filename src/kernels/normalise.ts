/** Values brought to mean 0 and variance 1 group by group, then scaled and shifted; float64 within, rounded once. */
import { BackproofError } from '../error.js';
import { size, type Tensor, zeros } from '../tensor/index.js';
import { gather, type NormalGroups, scatter } from './normal-groups.js';
import { checkOperands, type FloatDType, fromFloat64 } from './operands.js';
import { checkShape, emptyMean } from './reduction.js';

export interface NormalOperands<D extends FloatDType> {
  readonly x: Tensor<D>;
  readonly w: Tensor<D>;
  readonly b?: Tensor<D>;
}

/**
 * y = w xhat + b, shaped like x, where xhat = (x - mean) / sqrt(variance + eps) has mean and variance of its group; the
 * variance divides by the number of cells. Sums are float64, and around a mean already taken off: a large common
 * offset costs no digits. Spreads from about 1e154 overflow; a group of one value with eps 0 is NaN.
 * @throws BackproofError `size-mismatch`, `empty-mean`, `bad-parameter` (eps), the codes of `checkOperands`.
 */
export function normaliseKernel<D extends FloatDType>(
  { x, w, b }: NormalOperands<D>,
  eps: number,
  groups: NormalGroups,
): Tensor<D> {
  check(groups, b ? { x, w, b } : { x, w }, eps);
  const [scale, shift, y] = [w.data, b?.data, zeros(x.shape, x.dtype)];
  const values = new Float64Array(groups.count);
  for (let group = 0; group < groups.groups; group++) {
    gather(x.data, groups, group, values);
    standardise(values, eps);
    for (let k = 0; k < values.length; k++) {
      const at = groups.scaleBy === 'cell' ? k : group;
      values[k] = scale[at]! * values[k]! + (shift ? shift[at]! : 0);
    }
    scatter(values, groups, group, y.data);
  }
  return y;
}

/**
 * xBar = (g - mean(g) - xhat mean(g xhat)) / sqrt(variance + eps) with g = w yBar: the mean and the variance depend on
 * x too. Source: S. Ioffe and C. Szegedy, "Batch normalization", ICML 2015, section 3, in one line.
 * @throws BackproofError as `normaliseKernel`.
 */
export function normaliseInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  { x, w }: NormalOperands<D>,
  eps: number,
  groups: NormalGroups,
): Tensor<D> {
  check(groups, { yBar, x, w }, eps);
  const [scale, xBar] = [w.data, zeros(x.shape, x.dtype)];
  const [xhat, g] = [new Float64Array(groups.count), new Float64Array(groups.count)];
  for (let group = 0; group < groups.groups; group++) {
    gather(x.data, groups, group, xhat);
    gather(yBar.data, groups, group, g);
    const inverse = standardise(xhat, eps);
    for (let k = 0; k < g.length; k++) g[k]! *= scale[groups.scaleBy === 'cell' ? k : group]!;
    const [mean, along] = [meanOf(g), meanProduct(g, xhat)];
    for (let k = 0; k < g.length; k++) g[k] = inverse * (g[k]! - mean - xhat[k]! * along);
    scatter(g, groups, group, xBar.data);
  }
  return xBar;
}

/** wBar: the sum of yBar xhat over the cells that each w meets. @throws BackproofError as `normaliseKernel`. */
export function normaliseScaleVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  { x, w }: NormalOperands<D>,
  eps: number,
  groups: NormalGroups,
): Tensor<D> {
  check(groups, { yBar, x, w }, eps);
  const wBar = new Float64Array(w.data.length);
  const [xhat, upstream] = [new Float64Array(groups.count), new Float64Array(groups.count)];
  for (let group = 0; group < groups.groups; group++) {
    gather(x.data, groups, group, xhat);
    gather(yBar.data, groups, group, upstream);
    standardise(xhat, eps);
    for (let k = 0; k < xhat.length; k++) {
      wBar[groups.scaleBy === 'cell' ? k : group]! += upstream[k]! * xhat[k]!;
    }
  }
  return fromFloat64(w.shape, wBar, w.dtype);
}

/** bBar: the sum of yBar over the cells that each b meets. @throws BackproofError `size-mismatch`, as `checkOperands`. */
export function normaliseShiftVjp<D extends FloatDType>(yBar: Tensor<D>, groups: NormalGroups): Tensor<D> {
  const { where, input, scale } = groups;
  checkOperands(where, { yBar });
  checkShape(where, 'yBar', yBar, input);
  const [upstream, bBar] = [new Float64Array(groups.count), new Float64Array(size(scale))];
  for (let group = 0; group < groups.groups; group++) {
    gather(yBar.data, groups, group, upstream);
    for (let k = 0; k < upstream.length; k++) bBar[groups.scaleBy === 'cell' ? k : group]! += upstream[k]!;
  }
  return fromFloat64(scale, bBar, yBar.dtype);
}

function check(groups: NormalGroups, tensors: Readonly<Record<string, Tensor>>, eps: number): void {
  const { where, input, scale } = groups;
  checkOperands(where, tensors);
  for (const [name, tensor] of Object.entries(tensors)) {
    checkShape(where, name, tensor, name === 'w' || name === 'b' ? scale : input);
  }
  if (groups.count === 0) throw emptyMean(where, input);
  if (Number.isFinite(eps) && eps >= 0) return;
  throw new BackproofError({
    code: 'bad-parameter',
    where,
    what: 'eps cannot be added to a variance',
    expected: 'a finite number of at least 0',
    got: String(eps),
    fix: 'Pass a small positive eps, such as 1e-5.',
    data: { name: 'eps', got: eps },
  });
}

/** Puts xhat = (x - mean) / sqrt(variance + eps) in the place of x; returns 1 / sqrt(variance + eps). */
function standardise(values: Float64Array, eps: number): number {
  // Twice: the second mean takes off what rounding left of the first, which a large offset makes large.
  takeOffMean(values);
  takeOffMean(values);
  const inverse = 1 / Math.sqrt(meanProduct(values, values) + eps);
  for (let k = 0; k < values.length; k++) values[k]! *= inverse;
  return inverse;
}

function takeOffMean(values: Float64Array): void {
  const mean = meanOf(values);
  for (let k = 0; k < values.length; k++) values[k]! -= mean;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum / values.length;
}

function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum / a.length;
}
