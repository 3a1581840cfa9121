/**
 * How far a sum of products may be off, whatever the order in which it is added up. L products and additions of
 * operands that are held slip by at most L u sum|a||b|, in the form n u without a second order: C.-P. Jeannerod and
 * S. M. Rump, "Improved error bounds for inner products in floating-point arithmetic" (2013). To that, SLIPS more: each
 * operand may first be rounded to the type of the sum (2), the reference is rounded (1), and one is left for the bound's
 * own arithmetic.
 */
import type { WireDType } from '../subject/subject.js';
import { SIGNIFICAND } from './budget.js';

const SLIPS = 4;

/**
 * Inexact arithmetic slips by so many units of the largest products: |error| <= K L u max|a| max|b|. TF32 keeps 10 bits
 * of each operand and may cut the others off: 2 * 2^-10 of a product, which is 2^15 units of float32. Winograd's
 * F(2x2, 3x3) takes L + 99 units (Lavin and Gray 2015, by the bound of the transforms), FFT far less.
 */
export const INEXACT = 2 ** 15;

/** The smallest positive number of the types that sums are taken in. */
const SMALLEST: Readonly<Partial<Record<WireDType, number>>> = {
  float64: 2 ** -1074,
  float32: 2 ** -149,
  float16: 2 ** -24,
  bfloat16: 2 ** -133,
};

/** Powers of two of which products add up to numbers that the type holds; float16 ends at 65504. */
const LARGE: Readonly<Partial<Record<WireDType, number>>> = { float64: 230, float32: 50, bfloat16: 50 };

/** As large as numbers may be for sums in any of these types. */
export const largestIn = (...types: readonly WireDType[]): number =>
  Math.min(...types.map(type => LARGE[type] ?? 0));

export interface SumSizes {
  /** L: products of each cell, a bias among them. */
  readonly products: ArrayLike<number>;
  /** The sum of the sizes of its products; for inexact arithmetic, L times the largest of the tensors. */
  readonly sizes: ArrayLike<number>;
  /** What it has to be. */
  readonly numbers: ArrayLike<number>;
}

export interface SumType {
  readonly accumulator: WireDType;
  readonly dtype: WireDType;
  readonly arithmetic: 'exact' | 'inexact';
}

/** Whether sums in this type hold fractions at all. */
export const holdsFractions = (type: WireDType): boolean => SMALLEST[type] !== undefined;

/** Half the distance from 1 to its neighbour: 2^-p. */
const unitOf = (type: WireDType): number => 2 ** -SIGNIFICAND[type];

/** How far each cell may be off. */
export function sumBounds({ products, sizes, numbers }: SumSizes, type: SumType): Float64Array {
  const [unit, stored] = [unitOf(type.accumulator), unitOf(type.dtype)];
  const [tiny, smallest] = [SMALLEST[type.accumulator]!, SMALLEST[type.dtype]!];
  return Float64Array.from(numbers, (value, k) => {
    const slips = products[k]! + SLIPS;
    const factor = type.arithmetic === 'inexact' ? INEXACT : slips;
    return factor * unit * sizes[k]! + stored * Math.abs(value) + slips * tiny + smallest;
  });
}

/** The bound of a cell, for people. */
export function boundText(
  products: number,
  { accumulator, arithmetic }: SumType,
  [a, b]: readonly string[],
): string {
  const u = `u = 2^-${SIGNIFICAND[accumulator]}`;
  if (arithmetic === 'inexact')
    return `2^${Math.log2(INEXACT)} L u max|${a}|${b ? ` max|${b}|` : ''} with L = ${products}, ${u}`;
  return `(L + ${SLIPS}) u sum|${a}|${b ? `|${b}|` : ''} with L = ${products}, ${u}`;
}
