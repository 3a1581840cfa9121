/**
 * Products of matrices; float64 or float32. The engine decides how a sum is made: in the element type with vectors,
 * else in float64 and rounded once.
 */
import { BackproofError } from '../error.js';
import { shapeText, type Tensor } from '../tensor/index.js';
import { checkBias } from './conv-plan.js';
import { multiplyMatrices } from './engine/products.js';
import { checkOperands, checkRank, type FloatDType } from './operands.js';
import { type CallOptions, engineOf, resultFor } from './results.js';

/** A matrix as it lies in memory, or read the other way round. */
interface View<D extends FloatDType> {
  readonly tensor: Tensor<D>;
  readonly rows: number;
  readonly columns: number;
  readonly isTurned: boolean;
}

/**
 * y [N, M] = x w for x [N, K] and w [K, M].
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, the codes of `checkOperands` and `resultFor`.
 */
export function matmulKernel<D extends FloatDType>(
  x: Tensor<D>,
  w: Tensor<D>,
  options: CallOptions<D> = {},
): Tensor<D> {
  return multiplied('matmul', { x, w }, ['x', 'w'], options);
}

/**
 * y [N, O] = x wᵀ + b for x [N, I], w [O, I] and b [O].
 * @throws BackproofError `bias-shape-mismatch`, the codes of `matmulKernel`.
 */
export function linearKernel<D extends FloatDType>(
  x: Tensor<D>,
  w: Tensor<D>,
  b?: Tensor<D>,
  options: CallOptions<D> = {},
): Tensor<D> {
  return multiplied('linear', b ? { x, w, b } : { x, w }, ['x', 'wᵀ'], options);
}

/** xBar [N, I] = yBar w. @throws BackproofError as `matmulKernel`. */
export function linearInputVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  w: Tensor<D>,
  options: CallOptions<D> = {},
): Tensor<D> {
  return multiplied('linear gradient to x', { yBar, w }, ['yBar', 'w'], options);
}

/** wBar [O, I] = yBarᵀ x, the sum over the batch. @throws BackproofError as `matmulKernel`. */
export function linearWeightVjp<D extends FloatDType>(
  yBar: Tensor<D>,
  x: Tensor<D>,
  options: CallOptions<D> = {},
): Tensor<D> {
  return multiplied('linear gradient to w', { yBar, x }, ['yBarᵀ', 'x'], options);
}

/** The product of two operands by name, one of them perhaps turned (ᵀ), and the bias b where there is one. */
function multiplied<D extends FloatDType>(
  where: string,
  operands: Readonly<Record<string, Tensor<D>>>,
  factors: readonly [string, string],
  options: CallOptions<D>,
): Tensor<D> {
  checkOperands(where, operands);
  const [a, b] = [view(where, operands, factors[0]), view(where, operands, factors[1])];
  const bias = operands.b;
  if (bias) checkBias(where, bias.shape, b.columns);
  if (a.columns !== b.rows) throw innerMismatch(where, a, b);
  const y = resultFor(where, [a.rows, b.columns], a.tensor.dtype, options, operands);
  const engine = engineOf(options);
  const products = a.rows * a.columns * b.columns;
  const machine = products > 0 && products >= engine.leastProducts ? engine.machine(y.dtype) : null;
  const data = {
    a: a.tensor.data,
    isTurnedA: a.isTurned,
    b: b.tensor.data,
    isTurnedB: b.isTurned,
    bias: bias?.data ?? null,
    y: y.data,
  };
  if (!machine || !multiplyMatrices(machine, [a.rows, a.columns, b.columns], data))
    plainProduct(a, b, bias, y);
  return y;
}

function view<D extends FloatDType>(
  where: string,
  operands: Readonly<Record<string, Tensor<D>>>,
  factor: string,
): View<D> {
  const isTurned = factor.endsWith('ᵀ');
  const name = isTurned ? factor.slice(0, -1) : factor;
  const tensor = operands[name]!;
  checkRank(where, name, tensor.shape, 2, 2);
  const [rows, columns] = [tensor.shape[0]!, tensor.shape[1]!];
  return isTurned ? { tensor, rows: columns, columns: rows, isTurned } : { tensor, rows, columns, isTurned };
}

/** Sums from the bias on, in float64. */
function plainProduct(
  a: View<FloatDType>,
  b: View<FloatDType>,
  bias: Tensor<FloatDType> | undefined,
  y: Tensor<FloatDType>,
): void {
  const [left, right, start] = [a.tensor.data, b.tensor.data, bias?.data];
  const [rowStep, step] = a.isTurned ? [1, a.rows] : [a.columns, 1];
  const [otherStep, columnStep] = b.isTurned ? [1, b.rows] : [b.columns, 1];
  for (let cell = 0, i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++, cell++) {
      let sum = start ? start[j]! : 0;
      for (let k = 0, at = i * rowStep, other = j * columnStep; k < a.columns; k++) {
        sum += left[at]! * right[other]!;
        at += step;
        other += otherStep;
      }
      y.data[cell] = sum;
    }
  }
}

function innerMismatch(where: string, a: View<FloatDType>, b: View<FloatDType>): BackproofError {
  const [left, right] = [a, b].map(({ rows, columns }) => shapeText([rows, columns]));
  return new BackproofError({
    code: 'size-mismatch',
    where,
    what: `the matrices ${left} and ${right} have no product`,
    expected: `${a.columns} rows in the second`,
    got: `${b.rows}`,
    fix: 'Pass matrices whose inner extents agree.',
    data: { expected: a.columns, got: b.rows },
  });
}
