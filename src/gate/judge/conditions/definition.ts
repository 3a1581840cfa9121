/** What the definition gives in float64, and how far a kernel may be from it: also where numbers are not finite. */
import { BackproofError } from '../../../error.js';
import { rational } from '../../../exact/index.js';
import { float64 } from '../../../expr/index.js';
import { type Algebra, float64Algebra } from '../../../index-sum/index.js';
import { COTANGENT, type FloatTensor, type Operator, type Resolved } from '../../../ops/index.js';
import { ROUNDING } from '../../vectors/bound.js';
import { expressed, isProductSum, reader } from '../../vectors/expressions.js';
import { definedOutput, derivative, type Given, refuseTooLarge, valuesOf } from '../../vectors/recompute.js';
import { computeWithErrors } from '../../vectors/running-error.js';
import type { ProbeDType } from '../probe.js';

export interface Defined {
  readonly numbers: readonly number[];
  /** Of cells that depend on finite numbers only. */
  readonly bounds: readonly number[];
}

/** The output (null) or the gradient to an input, from inputs as the definition reads them. */
export type Definition = (
  inputs: Readonly<Record<string, FloatTensor>>,
  upstream: FloatTensor,
) => (wrt: string | null) => Defined;

/** Numbers from what is given, bounds from the other values. */
type Evaluate = (given: Given<number>, finite: Given<number>, wrt: string | null) => Defined;

/** For what the first order leaves out, as in golden vectors; and both the kernel and this are off by the bound. */
const SAFETY = 2 * 4;
/** So many intermediate results may fall below the smallest float. */
const UNDERFLOWS = 64;

/** Why this call is too long a sum to be computed by its definition; null: it is not. */
export function tooLarge(operator: Operator, call: Resolved): string | null {
  try {
    refuseTooLarge(operator, call);
    return null;
  } catch (error) {
    if (error instanceof BackproofError) return error.what;
    throw error;
  }
}

/** Differentiates once, for any number of calls. */
export function definitionAt(operator: Operator, call: Resolved, dtype: ProbeDType): Definition {
  const evaluate = isProductSum(operator, call)
    ? sums(operator, call, dtype)
    : formulas(operator, call, dtype);
  return (inputs, upstream) => {
    const tensors = Object.entries({ ...inputs, [COTANGENT]: upstream });
    const areFinite = tensors.every(([, { data }]) => data.every(Number.isFinite));
    const given = valued(tensors, value => value);
    // Where something is not finite, the bounds are those of the other cells.
    const finite = valued(tensors, value => (Number.isFinite(value) ? value : 1));
    return wrt => {
      const { numbers, bounds } = evaluate(given, areFinite ? given : finite, wrt);
      return { numbers: dtype === 'float32' ? numbers.map(Math.fround) : numbers, bounds };
    };
  };
}

type Tensors = readonly (readonly [string, FloatTensor])[];

const valued = (tensors: Tensors, value: (one: number) => number): Given<number> =>
  new Map(tensors.map(([name, { shape, data }]) => [name, { shape, values: Array.from(data, value) }]));

/** The sum of the sizes of the products. */
const sizes: Algebra<number> = {
  ...float64Algebra,
  constant: value => Math.abs(rational.toNumber(value)),
  product: factors => factors.reduce((size, one) => size * Math.abs(one), 1),
};

function sums(operator: Operator, call: Resolved, dtype: ProbeDType): Evaluate {
  const [unit, underflow] = ROUNDING[dtype];
  const cells = new Map<string, ReturnType<typeof derivative>>();
  const evaluated = (given: Given<number>, wrt: string | null, algebra: Algebra<number>): number[] => {
    if (wrt === null) return definedOutput(operator, call, given, algebra);
    const known = cells.get(wrt) ?? derivative(operator, call, wrt);
    cells.set(wrt, known);
    return valuesOf(known, given, algebra);
  };
  const counts = new Map<string | null, readonly number[]>();
  return (given, finite, wrt) => {
    // Of ones, the size is the number of products.
    const count = counts.get(wrt) ?? evaluated(ones(given), wrt, sizes);
    counts.set(wrt, count);
    const bounds = evaluated(finite, wrt, sizes).map(
      (size, k) => SAFETY * (count[k]! + 2) * (unit * size + underflow),
    );
    return { numbers: evaluated(given, wrt, float64Algebra), bounds };
  };
}

const ones = (given: Given<number>): Given<number> =>
  new Map([...given].map(([name, { shape, values }]) => [name, { shape, values: values.map(() => 1) }]));

function formulas(operator: Operator, call: Resolved, dtype: ProbeDType): Evaluate {
  const { output, gradient } = expressed(operator, call, null);
  const [unit, underflow] = ROUNDING[dtype];
  const cellsFrom = (given: Given<number>, wrt: string | null) => {
    const value = reader(given);
    const roots = wrt === null ? output : gradient(wrt);
    return computeWithErrors(roots, float64, rational.from(unit), ({ tensor, index }) => ({
      value: value(tensor, index),
      isExact: false,
    }));
  };
  return (given, finite, wrt) => {
    const cells = cellsFrom(given, wrt);
    const sure = finite === given ? cells : cellsFrom(finite, wrt);
    return {
      numbers: cells.map(({ value }) => value),
      bounds: sure.map(
        ({ value, error }) => SAFETY * (error + Math.abs(value) * unit) + UNDERFLOWS * underflow,
      ),
    };
  };
}
