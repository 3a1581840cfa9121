/** Values brought to mean 0 and variance 1 group by group, then scaled and shifted; float64 within, rounded once. */
import { BackproofError } from '../error.js';
import { type Shape, size, type Tensor } from '../tensor/index.js';
import { checkOperands, type FloatDType, fromFloat64, toFloat64 } from './operands.js';
import { checkShape, emptyMean } from './reduction.js';

/** Which cells of x share a mean and a variance, and which cell of w and b each of them meets. */
export interface NormalGroups {
  readonly where: string;
  readonly input: Shape;
  /** The shape of w and of b. */
  readonly scale: Shape;
  readonly groups: number;
  /** Cells of a group. */
  readonly count: number;
  /** Flat place in x of cell k of a group. */
  readonly cellAt: (group: number, k: number) => number;
  readonly scaleAt: (group: number, k: number) => number;
}

export interface NormalOperands<D extends FloatDType> {
  readonly x: Tensor<D>;
  readonly w: Tensor<D>;
  readonly b?: Tensor<D>;
}

/** A group's values: xhat[k] = (x - mean) / sqrt(variance + eps), and what divides them. */
interface Standard {
  readonly xhat: Float64Array;
  /** 1 / sqrt(variance + eps). */
  readonly inverse: number;
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
  const [scale, shift] = [toFloat64(w), b && toFloat64(b)];
  const y = new Float64Array(x.data.length);
  for (const [group, { xhat }] of standardised(x, eps, groups).entries()) {
    for (let k = 0; k < groups.count; k++) {
      const at = groups.scaleAt(group, k);
      y[groups.cellAt(group, k)] = scale[at]! * xhat[k]! + (shift ? shift[at]! : 0);
    }
  }
  return fromFloat64(x.shape, y, x.dtype);
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
  const [upstream, scale] = [toFloat64(yBar), toFloat64(w)];
  const xBar = new Float64Array(x.data.length);
  const g = new Float64Array(groups.count);
  for (const [group, { xhat, inverse }] of standardised(x, eps, groups).entries()) {
    for (let k = 0; k < groups.count; k++) {
      g[k] = scale[groups.scaleAt(group, k)]! * upstream[groups.cellAt(group, k)]!;
    }
    const [mean, along] = [meanOf(g), meanOf(g.map((value, k) => value * xhat[k]!))];
    for (let k = 0; k < groups.count; k++) {
      xBar[groups.cellAt(group, k)] = inverse * (g[k]! - mean - xhat[k]! * along);
    }
  }
  return fromFloat64(x.shape, xBar, x.dtype);
}

/** wBar: the sum of yBar xhat over the cells that each w meets. @throws BackproofError as `normaliseKernel`. */
export function normaliseScaleVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  { x, w }: NormalOperands<D>,
  eps: number,
  groups: NormalGroups,
): Tensor<D> {
  check(groups, { yBar, x, w }, eps);
  const upstream = toFloat64(yBar);
  const wBar = new Float64Array(w.data.length);
  for (const [group, { xhat }] of standardised(x, eps, groups).entries()) {
    for (let k = 0; k < groups.count; k++) {
      wBar[groups.scaleAt(group, k)]! += upstream[groups.cellAt(group, k)]! * xhat[k]!;
    }
  }
  return fromFloat64(w.shape, wBar, w.dtype);
}

/** bBar: the sum of yBar over the cells that each b meets. @throws BackproofError `size-mismatch`, as `checkOperands`. */
export function normaliseShiftVjp<D extends FloatDType>(yBar: Tensor<D>, groups: NormalGroups): Tensor<D> {
  const { where, input, scale, scaleAt, cellAt } = groups;
  checkOperands(where, { yBar });
  checkShape(where, 'yBar', yBar, input);
  const upstream = toFloat64(yBar);
  const bBar = new Float64Array(size(scale));
  for (let group = 0; group < groups.groups; group++) {
    for (let k = 0; k < groups.count; k++) bBar[scaleAt(group, k)]! += upstream[cellAt(group, k)]!;
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

function standardised(
  x: Tensor<FloatDType>,
  eps: number,
  { groups, count, cellAt }: NormalGroups,
): Standard[] {
  return Array.from({ length: groups }, (_, group) => {
    const values = Float64Array.from({ length: count }, (_, k) => x.data[cellAt(group, k)]!);
    // Twice: the second mean takes off what rounding left of the first, which a large offset makes large.
    const centred = lessMean(lessMean(values));
    const inverse = 1 / Math.sqrt(meanOf(centred.map(value => value * value)) + eps);
    return { xhat: centred.map(value => value * inverse), inverse };
  });
}

function lessMean(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  return values.map(value => value - mean);
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
