/** One tensor of a vector held against the definition, the claim and the kernel; the first difference, or none. */
import { rational } from '../../exact/index.js';
import { type Shape, shapeText, unravel } from '../../tensor/index.js';
import type { VectorNumber, VectorTensor } from './case.js';
import { kernelResult } from './recompute.js';
import { isBitwise, type Recomputation, type Reference, referenceOf } from './reference.js';
import { type Float, floatTensor, stored } from './values.js';

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

/** @param wrt the input whose gradient this is; null: the output */
export function firstDifference(
  work: Recomputation,
  wrt: string | null,
  expected: VectorTensor,
): Difference | null {
  const tensor = wrt === null ? 'y' : `d${wrt}`;
  const shape = wrt === null ? work.call.output : work.call.inputs[wrt]!;
  const misfit = differentKind(tensor, expected, shape, work.dtype);
  if (misfit) return misfit;
  const reference = referenceOf(work, wrt, 'definition')!;
  const written = againstReference(expected, reference, work);
  if (written !== null)
    return difference(tensor, expected, written, valueText(work, reference, written), 'definition');
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
  const reference = wrt === null ? null : referenceOf(work, wrt, 'claim');
  if (!reference) return null;
  const cell = againstReference(expected, reference, work);
  return cell === null
    ? null
    : difference(`d${wrt}`, expected, cell, valueText(work, reference, cell), 'claim');
}

/** Bit for bit where the file says exact and holds nothing that the element type rounds; else within the bound. */
function againstKernel(
  work: Recomputation,
  wrt: string | null,
  expected: VectorTensor,
  { numbers, bounds }: Reference,
): Difference | null {
  const { operator, call, dtype, given } = work;
  const { yBar, ...inputs } = given;
  const tensors = Object.entries(inputs).map(([name, one]) => [name, floatTensor(one, dtype)] as const);
  const upstream = yBar ? floatTensor(yBar, dtype) : null;
  const result = kernelResult(operator, call, Object.fromEntries(tensors), upstream, wrt);
  if (!result) return null;
  const bitwise = isBitwise(work);
  const cell = expected.data.findIndex((value, k) => {
    const [got, right] = [result.data[k]!, stored(value, dtype)];
    return bitwise ? !Object.is(got, right) : !isClose(got, numbers[k]!, bounds?.[k] ?? 0);
  });
  const tensor = wrt === null ? 'y' : `d${wrt}`;
  return cell < 0 ? null : difference(tensor, expected, cell, result.data[cell]!, 'kernel');
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
    const fraction = exact?.[k];
    if (one.exact && typeof value === 'string' && fraction)
      return !rational.equal(rational.from(value), fraction);
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

/** Of an exact case, what the float does not hold is shown as the fraction that it is. */
function valueText({ one }: Recomputation, { exact, numbers }: Reference, cell: number): VectorNumber {
  const value = exact?.[cell];
  const number = numbers[cell]!;
  if (!one.exact || !value || !Number.isFinite(number)) return number;
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
