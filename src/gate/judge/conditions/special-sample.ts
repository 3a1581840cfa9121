/** A call with special values in one operand, and all that its results may be. */
import { type FloatTensor, isSumOfProducts } from '../../../ops/index.js';
import { fromArray, size } from '../../../tensor/index.js';
import type { ResultName, WireTensor } from '../../subject/subject.js';
import { ROUNDING } from '../../vectors/bound.js';
import { type Random, randomFrom } from '../../vectors/random.js';
import type { Expected } from '../compare.js';
import { inputOf } from '../probe.js';
import { hasKink, hasTies } from './applies.js';
import type { Defined } from './definition.js';
import { drawn, unlike } from './manners.js';
import { builtIn, once, type Sample, type SampleCall, shapeOf } from './sample.js';
import type { Kind } from './special-kinds.js';

/** Numbers that a cell may also be. */
interface Accepted {
  readonly numbers: ArrayLike<number>;
  readonly mayBeNaN: (cell: number) => boolean;
  readonly mayBe0: (cell: number) => boolean;
}

export interface SpecialSample extends Sample {
  readonly accepted: (result: ResultName) => Accepted;
}

export function specialSample(of: SampleCall, operand: string, kind: Kind, words: string): SpecialSample {
  const { call, dtype, operator } = of;
  const random = randomFrom(`${operator.name} ${JSON.stringify(of.configuration)} ${words}`);
  const isPool = hasTies(operator);
  const tensor = (name: string, shape: readonly number[]) => {
    // Ties are judged elsewhere.
    const next = isPool && name === 'x' ? unlike(random) : () => fraction(random);
    return withSpecial(drawn(of, shape, next), name === operand ? kind : null, random);
  };
  const inputs = Object.fromEntries(
    Object.entries(call.call.inputs).map(([name, shape]) => [name, tensor(name, shape)]),
  );
  const upstream = tensor('yBar', call.call.output);
  const defined = isPool ? null : of.definition()(inputs, upstream);
  const cellsOf = once(result => defined?.(inputOf(result)) ?? choiceOf(of, inputs, upstream, result));
  const rowsMayBeNaN =
    !Number.isFinite(kind.value(dtype)) &&
    (isPool || isSumOfProducts(operator, call.call.params, call.call.rank));
  return {
    ...{ ...of, id: words, inputs, upstream },
    expected(result) {
      const { numbers, bounds } = cellsOf(result);
      return { shape: shapeOf(of, result), dtype, numbers, bounds };
    },
    accepted(result) {
      const { numbers } = cellsOf(result);
      const mayBeNaN = rowsMayBeNaN ? besideNotFinite(shapeOf(of, result), numbers) : () => false;
      const x = inputs.x!.data;
      // A NaN is on neither side of a kink; and a mask leaves out what a slope of 0 would be multiplied by.
      const mayBe0 = (cell: number) =>
        result === 'dx' &&
        hasKink(operator) &&
        (Number.isNaN(x[cell]!) || (operator.name === 'relu' && x[cell]! < 0));
      return { numbers: builtIn(of, inputs, upstream, result).numbers, mayBeNaN, mayBe0 };
    },
  };
}

/** The chosen cells, by the built-in kernel: whether 0 times a NaN is added to the others is open. */
function choiceOf(
  of: SampleCall,
  inputs: Readonly<Record<string, FloatTensor>>,
  upstream: FloatTensor,
  result: ResultName,
): Defined {
  const { numbers } = builtIn(of, inputs, upstream, result);
  const finite = upstream.data.map(value => (Number.isFinite(value) ? Math.abs(value) : 0));
  const sizes = builtIn(of, inputs, { ...upstream, data: finite } as FloatTensor, result).numbers;
  const unit = ROUNDING[of.dtype][0];
  return {
    numbers: Array.from(numbers),
    bounds: Array.from(sizes, one => 2 * upstream.data.length * unit * Math.abs(one)),
  };
}

/** From 1/8 to 1/4, of both signs. */
function fraction(random: Random): number {
  const value = random.integer(2 ** 20, 2 ** 21) / 2 ** 23;
  return random.integer(0, 1) === 0 ? value : -value;
}

function withSpecial(tensor: FloatTensor, kind: Kind | null, random: Random): FloatTensor {
  const { data, shape, dtype } = tensor;
  if (!kind || data.length === 0) return tensor;
  const value = kind.value(dtype);
  const one = random.integer(0, data.length - 1);
  const isSpecial = (cell: number) =>
    cell === one || (kind.oneIn !== null && random.integer(1, kind.oneIn) === 1);
  return fromArray(
    shape,
    Array.from(data, (old, cell) => (isSpecial(cell) ? value : old)),
    dtype,
  );
}

/**
 * A window that meets padding, or a gap between stuffed zeros, leaves the product out, or multiplies by 0: then a cell
 * beside one that is not finite is NaN. Both are right; across images and channels nothing spreads.
 */
function besideNotFinite(shape: readonly number[], numbers: readonly number[]): (cell: number) => boolean {
  const row = Math.max(1, size(shape.slice(2)));
  const rows = new Set<number>();
  numbers.forEach((value, cell) => {
    if (!Number.isFinite(value)) rows.add(Math.floor(cell / row));
  });
  // Met by no window at all: it is only multiplied by zeros, if anywhere.
  return cell => Number.isFinite(numbers[cell]!) && (rows.size === 0 || rows.has(Math.floor(cell / row)));
}

/** What is expected, with the number that was accepted instead wherever the result has it. */
export function nearest(
  expected: Expected,
  { numbers, mayBeNaN, mayBe0 }: Accepted,
  got: WireTensor | undefined,
): Expected {
  if (got?.data.length !== expected.numbers.length) return expected;
  const chosen = Array.from(expected.numbers, (right, cell) => {
    const found = got.data[cell]!;
    if (Number.isNaN(found) && (Number.isNaN(numbers[cell]!) || mayBeNaN(cell))) return Number.NaN;
    return found === numbers[cell] || (found === 0 && mayBe0(cell)) ? found : right;
  });
  return { ...expected, numbers: chosen };
}
