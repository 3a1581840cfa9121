/** One tensor of a vector held against the definition, the claim and the kernel; the first difference, or none. */
import { type Rational, rational } from '../../exact/index.js';
import { exactAlgebra, float64Algebra } from '../../index-sum/index.js';
import type { FloatTensor, Operator, Resolved } from '../../ops/index.js';
import { type Shape, shapeText, unravel } from '../../tensor/index.js';
import { type Bounded, boundAlgebra, boundOf, storedBound } from './bound.js';
import type { VectorCase, VectorNumber, VectorTensor } from './case.js';
import { claimed, definedOutput, derivative, type Given, kernelResult, valuesOf } from './recompute.js';
import { allFinite, exactValues, type Float, floatTensor, rounded, stored } from './values.js';

export type Witness = 'definition' | 'claim' | 'kernel';

export interface Difference {
  /** y, dx, dw, ... as results are called; upstream for its shape. */
  readonly tensor: string;
  /** The cell, zero-based; null where shape or element type differ. */
  readonly index: readonly number[] | null;
  /** As the file has it. */
  readonly expected: VectorNumber;
  /** As it was computed again. */
  readonly got: VectorNumber;
  readonly by: Witness;
}

/** What all tensors of a case are computed from. */
export interface Recomputation {
  readonly operator: Operator;
  readonly call: Resolved;
  readonly dtype: Float;
  /** The vector with its upstream among the inputs, as yBar. */
  readonly given: Readonly<Record<string, VectorTensor>>;
  readonly one: VectorCase;
}

/** What a cell has to be: exactly, or as float64 alone where an input is not finite. */
interface Reference {
  readonly exact: readonly Rational[] | null;
  readonly numbers: readonly number[];
  readonly bounds: readonly number[] | null;
}

/** @param wrt the input whose gradient this is; null: the output */
export function firstDifference(work: Recomputation, wrt: string | null): Difference | null {
  const tensor = wrt === null ? 'y' : `d${wrt}`;
  const expected = wrt === null ? work.one.outputs.y! : work.one.grads[wrt]!;
  const shape = wrt === null ? work.call.output : work.call.inputs[wrt]!;
  const misfit = differentKind(tensor, expected, shape, work.dtype);
  if (misfit) return misfit;
  const reference = referenceOf(work, wrt, 'definition');
  const written = againstReference(expected, reference, work);
  if (written !== null)
    return difference(tensor, expected, written, valueText(reference, written), 'definition');
  return againstClaim(work, wrt, expected) ?? againstKernel(work, wrt, expected, reference);
}

/** A shape or an element type that cannot be the result's. */
export function differentKind(
  tensor: string,
  { shape, dtype }: VectorTensor,
  rightShape: Shape,
  rightDtype: Float,
): Difference | null {
  const [expected, got] = [`${dtype} ${shapeText(shape)}`, `${rightDtype} ${shapeText(rightShape)}`];
  return expected === got ? null : { tensor, index: null, expected, got, by: 'definition' };
}

function againstClaim(work: Recomputation, wrt: string | null, expected: VectorTensor): Difference | null {
  if (wrt === null || claimed(work.operator, work.call, wrt) === null) return null;
  const reference = referenceOf(work, wrt, 'claim');
  const cell = againstReference(expected, reference, work);
  return cell === null ? null : difference(`d${wrt}`, expected, cell, valueText(reference, cell), 'claim');
}

/** Bit for bit where the file says exact and holds nothing that the element type rounds; else within the bound. */
function againstKernel(
  work: Recomputation,
  wrt: string | null,
  expected: VectorTensor,
  { numbers, bounds }: Reference,
): Difference | null {
  const { operator, call, dtype, one } = work;
  const float = (tensor: VectorTensor) => floatTensor(tensor, dtype);
  const inputs = Object.entries(one.inputs).map(([name, tensor]) => [name, float(tensor)] as const);
  const upstream = one.upstream && float(one.upstream);
  const result: FloatTensor | null = kernelResult(operator, call, Object.fromEntries(inputs), upstream, wrt);
  if (!result) return null;
  const bitwise = isBitwise(work);
  const cell = expected.data.findIndex((value, k) => {
    const [got, right] = [result.data[k]!, stored(value, dtype)];
    return bitwise ? !Object.is(got, right) : !isClose(got, numbers[k]!, bounds?.[k] ?? 0);
  });
  const tensor = wrt === null ? 'y' : `d${wrt}`;
  return cell < 0 ? null : difference(tensor, expected, cell, result.data[cell]!, 'kernel');
}

/** The file says exact, and every number of the call is one that the element type holds. */
function isBitwise({ one, given, dtype }: Recomputation): boolean {
  return one.exact && Object.values(given).every(tensor => isHeld(tensor, dtype));
}

function isHeld({ data }: VectorTensor, dtype: Float): boolean {
  return data.every(
    value =>
      typeof value === 'number' || rational.equal(rational.from(stored(value, dtype)), rational.from(value)),
  );
}

function referenceOf(work: Recomputation, wrt: string | null, by: 'definition' | 'claim'): Reference {
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
): Given<T> {
  return new Map(tensors.map(([name, tensor]) => [name, { shape: tensor.shape, values: values(tensor) }]));
}

function computed<T>(
  { operator, call }: Recomputation,
  wrt: string | null,
  by: 'definition' | 'claim',
  given: Given<T>,
  algebra: Parameters<typeof valuesOf<T>>[2],
): T[] {
  if (wrt === null) return definedOutput(operator, call, given, algebra);
  const cells = by === 'claim' ? claimed(operator, call, wrt) : derivative(operator, call, wrt);
  return valuesOf(cells!, given, algebra);
}

/** The first cell of the file that is not what it should be; the sign of an exact zero is the kernel's affair. */
function againstReference(
  expected: VectorTensor,
  { exact, numbers, bounds }: Reference,
  { one, dtype }: Recomputation,
): number | null {
  const { tolerance } = one;
  const cell = expected.data.findIndex((value, k) => {
    const [written, right] = [stored(value, dtype), numbers[k]!];
    if (one.exact && typeof value === 'string' && exact)
      return !rational.equal(rational.from(value), exact[k]!);
    if (one.exact) return !Object.is(written + 0, right + 0);
    const allowed = tolerance
      ? tolerance.abs + tolerance.rel * Math.max(Math.abs(written), Math.abs(right))
      : (bounds?.[k] ?? 0);
    return !isClose(written, right, allowed);
  });
  return cell < 0 ? null : cell;
}

/** NaN is close to NaN, an infinity to itself; a bound that has overflowed bounds nothing. */
function isClose(a: number, b: number, allowed: number): boolean {
  return (
    a === b ||
    (Number.isNaN(a) && Number.isNaN(b)) ||
    (Number.isFinite(allowed) && Math.abs(a - b) <= allowed)
  );
}

function valueText({ exact, numbers }: Reference, cell: number): VectorNumber {
  const value = exact?.[cell];
  const number = numbers[cell]!;
  // What the float does not hold is shown as the fraction that it is.
  if (value === undefined || !Number.isFinite(number)) return number;
  return rational.equal(rational.from(number), value) ? number : rational.toText(value).slice(0, 80);
}

function difference(
  tensor: string,
  { shape, data }: VectorTensor,
  cell: number,
  got: VectorNumber,
  by: Witness,
): Difference {
  return { tensor, index: unravel(shape, cell), expected: data[cell]!, got, by };
}
