/** What every cell of a vector's tensors has to be: by the definition, and by the claim. */
import { type Rational, rational } from '../../exact/index.js';
import { type Expr, evaluateAll, float64 } from '../../expr/index.js';
import { type Algebra, exactAlgebra, float64Algebra, type Valued } from '../../index-sum/index.js';
import { type Operator, type Resolved, SELECTION, selectionAt, type Ties } from '../../ops/index.js';
import { type Bounded, boundAlgebra, boundOf, storedBound } from './bound.js';
import type { VectorCase, VectorTensor } from './case.js';
import { type Expressed, expressed, isProductSum, reader } from './expressions.js';
import { type Precision, referenceCells } from './precision.js';
import { claimed, definedOutput, derivative, type Given, valuesOf } from './recompute.js';
import { allFinite, exactValues, type Float, floatTensor, rounded, stored } from './values.js';

/** What all tensors of a case are computed from. */
export interface Recomputation {
  readonly operator: Operator;
  readonly call: Resolved;
  readonly dtype: Float;
  /** The inputs as the definition reads them, and the upstream as yBar. */
  readonly given: Readonly<Record<string, VectorTensor>>;
  readonly one: Pick<VectorCase, 'exact' | 'tolerance'>;
  readonly precision: Precision | null;
  /** Null for sums of products, which need no expressions. */
  readonly expressed: Expressed | null;
  /** Which cell each maximum takes, where there is one. */
  readonly selection: Valued<number> | null;
}

export type Work = Omit<Recomputation, 'expressed' | 'selection'>;

/** Differentiates what has to be differentiated, once for all tensors of a case. */
export function prepared(work: Work): Recomputation {
  const { operator, call, given, dtype } = work;
  if (isProductSum(operator, call)) return { ...work, expressed: null, selection: null };
  const numbers = valued(Object.entries(given), tensor => [...floatTensor(tensor, dtype).data]);
  const ties = (call.params.ties ?? 'first') as Ties;
  const selection = selectionAt(operator, call, numbers, ties);
  return { ...work, expressed: expressed(operator, call, selection?.shape ?? null), selection };
}

/** What a cell has to be: exactly, or as float64 alone where an input is not finite. */
export interface Reference {
  /** Null where no fraction is exact. */
  readonly exact: readonly (Rational | null)[] | null;
  readonly numbers: readonly number[];
  /** Null where the cells are compared bit for bit. */
  readonly bounds: readonly number[] | null;
}

/** The file says exact, and every number of the call is one that the element type holds. */
export function isBitwise({ one, given, dtype }: Recomputation): boolean {
  return one.exact && Object.values(given).every(tensor => isHeld(tensor, dtype));
}

function isHeld({ data }: VectorTensor, dtype: Float): boolean {
  return data.every(
    value =>
      typeof value === 'number' || rational.equal(rational.from(stored(value, dtype)), rational.from(value)),
  );
}

/** Null where the record claims nothing. */
export function referenceOf(
  work: Recomputation,
  wrt: string | null,
  by: 'definition' | 'claim',
): Reference | null {
  const cells = work.expressed && expressionsOf(work, work.expressed, wrt, by);
  if (work.expressed) return cells && valuesFrom(work, cells);
  if (by === 'claim' && claimed(work.operator, work.call, wrt!) === null) return null;
  return fromProducts(work, wrt, by);
}

/** The cells of a result; null where the record claims nothing. */
export function expressionsOf(
  { operator, call }: Recomputation,
  { output, gradient, claim }: Expressed,
  wrt: string | null,
  by: 'definition' | 'claim',
): readonly Expr[] | null {
  if (wrt === null) return output;
  if (by === 'definition') return gradient(wrt);
  const said = operator.claims(call.params, call.rank)[wrt];
  return said === undefined || said.kind === 'hole' ? null : claim(said).values;
}

/** What these expressions are worth in this case. */
export function valuesFrom(work: Recomputation, roots: readonly Expr[]): Reference {
  const { given, dtype, selection, precision } = work;
  const tensors = Object.entries(given);
  if (!tensors.every(([, tensor]) => allFinite(tensor, dtype))) {
    const known = valued(tensors, tensor => [...floatTensor(tensor, dtype).data]);
    if (selection) known.set(SELECTION, selection);
    const value = reader(known);
    const numbers = evaluateAll(roots, float64, ({ tensor, index }) => value(tensor, index));
    return { exact: null, numbers: numbers.map(one => stored(one, dtype)), bounds: null };
  }
  const cells = referenceCells(roots, rationalReader(work), dtype, precision);
  return {
    exact: cells.map(cell => cell.exact),
    numbers: cells.map(cell => cell.number),
    bounds: isBitwise(work) ? null : cells.map(cell => cell.bound),
  };
}

/** The exact value of each variable; the tensors must be finite. */
export function rationalReader({ given, dtype, selection }: Recomputation) {
  const known = valued(Object.entries(given), tensor => exactValues(tensor, dtype));
  if (selection) known.set(SELECTION, { ...selection, values: selection.values.map(rational.from) });
  return reader(known);
}

function fromProducts(work: Recomputation, wrt: string | null, by: 'definition' | 'claim'): Reference {
  const { given, dtype } = work;
  const tensors = Object.entries(given);
  if (!tensors.every(([, tensor]) => allFinite(tensor, dtype))) {
    const values = valued(tensors, tensor => [...floatTensor(tensor, dtype).data]);
    const numbers = computed(work, wrt, by, values, float64Algebra);
    return { exact: null, numbers: numbers.map(value => stored(value, dtype)), bounds: null };
  }
  const values = valued(tensors, tensor => exactValues(tensor, dtype));
  const exact = computed(work, wrt, by, values, exactAlgebra);
  const bounds = isBitwise(work) ? null : boundsOf(work, wrt, by);
  return { exact, numbers: exact.map(value => rounded(value, dtype)), bounds };
}

function boundsOf(work: Recomputation, wrt: string | null, by: 'definition' | 'claim'): number[] {
  const { given, dtype } = work;
  const bound = (tensor: VectorTensor): Bounded[] =>
    exactValues(tensor, dtype).map(value => boundOf(value, dtype));
  const bounds = computed(work, wrt, by, valued(Object.entries(given), bound), boundAlgebra(dtype));
  return bounds.map(one => storedBound(one, dtype));
}

function valued<T>(
  tensors: readonly (readonly [string, VectorTensor])[],
  values: (tensor: VectorTensor) => T[],
): Map<string, Valued<T>> {
  return new Map(tensors.map(([name, tensor]) => [name, { shape: tensor.shape, values: values(tensor) }]));
}

function computed<T>(
  { operator, call }: Recomputation,
  wrt: string | null,
  by: 'definition' | 'claim',
  given: Given<T>,
  algebra: Algebra<T>,
): T[] {
  if (wrt === null) return definedOutput(operator, call, given, algebra);
  const cells = by === 'claim' ? claimed(operator, call, wrt) : derivative(operator, call, wrt);
  return valuesOf(cells!, given, algebra);
}
