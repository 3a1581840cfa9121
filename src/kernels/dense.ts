/** Products of matrices as plain loops, summed in float64; a float32 result is rounded once per element. */
import { BackproofError } from '../error.js';
import { shapeText, type Tensor, zeros } from '../tensor/index.js';
import { checkBias } from './conv-plan.js';
import { checkOperands, checkRank, type FloatDType, fromFloat64, toFloat64 } from './operands.js';

/** A matrix as it lies in memory, or read the other way round. */
interface View {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** How far the next row and the next column are. */
  readonly rowStep: number;
  readonly columnStep: number;
}

/**
 * y [N, M] = x w for x [N, K] and w [K, M]; float64 or float32.
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, the codes of `checkOperands`.
 */
export function matmulKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>): Tensor<D> {
  checkOperands('matmul', { x, w });
  return product('matmul', view('matmul', 'x', x), view('matmul', 'w', w), x.dtype);
}

/**
 * y [N, O] = x wᵀ + b for x [N, I], w [O, I] and b [O]; float64 or float32.
 * @throws BackproofError `rank-mismatch`, `size-mismatch`, `bias-shape-mismatch`, the codes of `checkOperands`.
 */
export function linearKernel<D extends FloatDType>(x: Tensor<D>, w: Tensor<D>, b?: Tensor<D>): Tensor<D> {
  checkOperands('linear', b ? { x, w, b } : { x, w });
  if (b) checkBias('linear', b.shape, w.shape[0]!);
  return product('linear', view('linear', 'x', x), turned(view('linear', 'w', w)), x.dtype, b);
}

/** xBar [N, I] = yBar w. @throws BackproofError as `matmulKernel`. */
export function linearInputVjp<D extends FloatDType>(yBar: Tensor<D>, w: Tensor<D>): Tensor<D> {
  const where = 'linear gradient to x';
  checkOperands(where, { yBar, w });
  return product(where, view(where, 'yBar', yBar), view(where, 'w', w), w.dtype);
}

/** wBar [O, I] = yBarᵀ x, the sum over the batch. @throws BackproofError as `matmulKernel`. */
export function linearWeightVjp<D extends FloatDType>(yBar: Tensor<D>, x: Tensor<D>): Tensor<D> {
  const where = 'linear gradient to w';
  checkOperands(where, { yBar, x });
  return product(where, turned(view(where, 'yBar', yBar)), view(where, 'x', x), x.dtype);
}

function view(where: string, name: string, tensor: Tensor<FloatDType>): View {
  checkRank(where, name, tensor.shape, 2, 2);
  const [rows, columns] = [tensor.shape[0]!, tensor.shape[1]!];
  return { data: toFloat64(tensor), rows, columns, rowStep: columns, columnStep: 1 };
}

/** The transpose: nothing is copied. */
const turned = ({ data, rows, columns, rowStep, columnStep }: View): View => ({
  data,
  rows: columns,
  columns: rows,
  rowStep: columnStep,
  columnStep: rowStep,
});

function product<D extends FloatDType>(
  where: string,
  a: View,
  b: View,
  dtype: D,
  bias?: Tensor<D>,
): Tensor<D> {
  if (a.columns !== b.rows) throw innerMismatch(where, a, b);
  const shape = [a.rows, b.columns];
  const cells = toFloat64(zeros(shape));
  const start = bias ? toFloat64(bias) : null;
  for (let cell = 0, i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++, cell++) {
      let sum = start ? start[j]! : 0;
      for (let k = 0; k < a.columns; k++) {
        sum += a.data[i * a.rowStep + k * a.columnStep]! * b.data[k * b.rowStep + j * b.columnStep]!;
      }
      cells[cell] = sum;
    }
  }
  return fromFloat64(shape, cells, dtype);
}

function innerMismatch(where: string, a: View, b: View): BackproofError {
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
