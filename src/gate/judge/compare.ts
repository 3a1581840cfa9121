/** A result of a kernel against what it has to be, cell by cell. */
import { type Shape, sameShape, shapeText, unravel } from '../../tensor/index.js';
import type { WireDType, WireTensor } from '../subject/subject.js';

export interface Expected {
  readonly shape: Shape;
  readonly dtype: WireDType;
  readonly numbers: ArrayLike<number>;
  /** How far each cell may be off; null: not at all. */
  readonly bounds: ArrayLike<number> | null;
  /** How the bounds come about. */
  readonly why?: Bound;
}

/** A rounding bound, for people. */
export interface Bound {
  /** With its numbers. */
  readonly text: string;
  /** Of several, the largest is told. */
  readonly size: number;
}

/** What is wrong with a result, and where. */
export interface Wrong {
  readonly kind: 'missing' | 'shape' | 'dtype' | 'length' | 'not-finite' | 'value';
  /** The first wrong cell; null where it is not about cells. */
  readonly index: readonly number[] | null;
  readonly expected: string;
  readonly got: string;
  readonly bound: number;
  /** Wrong cells. */
  readonly cells: number;
  /** A few of the others. */
  readonly others?: readonly (readonly number[])[];
}

/**
 * Null if every cell is right. -0 is as good as 0; NaN is right only where NaN is expected. The first wrong cell in C
 * order stands for all.
 */
export function firstWrong(expected: Expected, got: WireTensor | undefined): Wrong | null {
  const { shape, dtype, numbers, bounds } = expected;
  const about = (kind: Wrong['kind'], right: string, found: string): Wrong => ({
    ...{ kind, index: null, expected: right, got: found, bound: 0, cells: numbers.length },
  });
  if (!got) return about('missing', `a tensor ${shapeText(shape)}`, 'nothing');
  if (got.dtype !== dtype) return about('dtype', dtype, got.dtype);
  if (!sameShape(got.shape, shape)) return about('shape', shapeText(shape), shapeText(got.shape));
  if (got.data.length !== numbers.length) {
    return about('length', `${numbers.length} cells`, `${got.data.length}`);
  }
  const found: number[] = [];
  for (let k = 0; k < numbers.length; k++)
    if (!isRight(numbers[k]!, got.data[k]!, bounds?.[k] ?? 0)) found.push(k);
  const [first] = found;
  if (first === undefined) return null;
  const [right, value] = [numbers[first]!, got.data[first]!];
  const kind = Number.isFinite(right) && !Number.isFinite(value) ? 'not-finite' : 'value';
  const index = unravel(shape, first);
  const others = [found[found.length >> 1]!, found.at(-1)!].filter(
    (k, at, all) => k !== first && all.indexOf(k) === at,
  );
  return {
    ...{ kind, index, expected: String(right), got: String(value), bound: bounds?.[first] ?? 0 },
    ...{ cells: found.length, others: others.map(k => unravel(shape, k)) },
  };
}

function isRight(expected: number, got: number, bound: number): boolean {
  if (Number.isNaN(expected)) return Number.isNaN(got);
  // Infinities: their difference is not a number.
  return expected === got || Math.abs(expected - got) <= bound;
}
