/** What the definition gives in float64, and how far a kernel may be from it: also where numbers are not finite. */
import { rational } from '../../../exact/index.js';
import { float64 } from '../../../expr/index.js';
import { COTANGENT, type FloatTensor, type Operator, type Resolved } from '../../../ops/index.js';
import { ROUNDING } from '../../vectors/bound.js';
import { type Expressed, expressed, isProductSum, reader } from '../../vectors/expressions.js';
import { prepared, referenceOf } from '../../vectors/reference.js';
import { computeWithErrors } from '../../vectors/running-error.js';
import type { ProbeDType } from '../probe.js';

export interface Defined {
  readonly numbers: readonly number[];
  /** Of cells that depend on finite numbers only. */
  readonly bounds: readonly number[];
}

export type Tensors = Readonly<Record<string, FloatTensor>>;

/** Both the kernel and this are off by the bound; and as in golden vectors, for what the first order leaves out. */
const SAFETY = 2 * 4;
/** So many intermediate results may fall below the smallest float. */
const UNDERFLOWS = 64;

/**
 * The output (null), or the gradient to an input.
 * @param tensors inputs as the definition reads them, and the upstream
 */
export function byDefinition(
  operator: Operator,
  call: Resolved,
  tensors: Tensors,
  upstream: FloatTensor,
  dtype: ProbeDType,
): (wrt: string | null) => Defined {
  const given = { ...tensors, [COTANGENT]: upstream };
  const evaluate = isProductSum(operator, call)
    ? (values: Tensors) => sumsOf(operator, call, values, dtype)
    : expressionsAt(expressed(operator, call, null), dtype);
  const plain = evaluate(given);
  if (Object.values(given).every(({ data }) => data.every(Number.isFinite))) return plain;
  // Where something is not finite, the bounds are those of the other cells.
  const cleaned = Object.fromEntries(Object.entries(given).map(([name, one]) => [name, withOnes(one)]));
  const finite = evaluate(cleaned);
  return wrt => ({ numbers: plain(wrt).numbers, bounds: finite(wrt).bounds });
}

const withOnes = (tensor: FloatTensor): FloatTensor => {
  const data = tensor.data.map(value => (Number.isFinite(value) ? value : 1));
  return { ...tensor, data } as FloatTensor;
};

function sumsOf(operator: Operator, call: Resolved, tensors: Tensors, dtype: ProbeDType) {
  const given = Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, dtype, data: [...data] }]),
  );
  const work = prepared({ operator, call, dtype, given, one: { exact: false }, precision: null });
  return (wrt: string | null): Defined => {
    const { numbers, bounds } = referenceOf(work, wrt, 'definition')!;
    return { numbers, bounds: bounds ?? numbers.map(() => 0) };
  };
}

function expressionsAt({ output, gradient }: Expressed, dtype: ProbeDType) {
  const [unit, underflow] = ROUNDING[dtype];
  return (tensors: Tensors) => {
    const known = new Map(
      Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, values: [...data] }]),
    );
    const value = reader(known);
    return (wrt: string | null): Defined => {
      const cells = computeWithErrors(
        wrt === null ? output : gradient(wrt),
        float64,
        rational.from(unit),
        ({ tensor, index }) => ({ value: value(tensor, index), isExact: false }),
      );
      return {
        numbers: cells.map(cell => (dtype === 'float32' ? Math.fround(cell.value) : cell.value)),
        bounds: cells.map(
          cell => SAFETY * (cell.error + Math.abs(cell.value) * unit) + UNDERFLOWS * underflow,
        ),
      };
    };
  };
}
