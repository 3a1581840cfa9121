/** Numbers that are hardly numbers: what becomes of a NaN, an infinity, -0, a subnormal or the largest number. */
import { type FloatTensor, isSumOfProducts } from '../../../ops/index.js';
import { fromArray, size } from '../../../tensor/index.js';
import type { ResultName, WireTensor } from '../../subject/subject.js';
import { type Random, randomFrom } from '../../vectors/random.js';
import { SIGNIFICAND } from '../budget.js';
import type { Expected } from '../compare.js';
import { inputOf, integersUpTo, type ProbeDType } from '../probe.js';
import { hasKink, hasTies } from './applies.js';
import { builtIn, once, type Sample, type SampleCall, shapeOf } from './sample.js';
import { PASSES, type Session } from './session.js';
import { judgePool, xOf } from './ties.js';

interface Kind {
  readonly says: string;
  readonly value: (dtype: ProbeDType) => number;
  /** Of so many cells one is such a number; null: a single one. */
  readonly oneIn: number | null;
}

const ZEROS: readonly Kind[] = [
  { says: '0', value: () => 0, oneIn: 3 },
  { says: '-0', value: () => -0, oneIn: 3 },
];
/** Far enough from 0 for the bound to see them, where nothing larger is added. */
const SUBNORMAL: Kind = {
  says: 'subnormal numbers',
  value: dtype => (dtype === 'float32' ? 3 * 2 ** -140 : 3 * 2 ** -1060),
  oneIn: 3,
};
/** The others are small: their sums with it, and products, do not overflow. */
const LARGEST: Kind = {
  says: 'the largest finite number',
  value: dtype => (dtype === 'float32' ? (2 - 2 ** -23) * 2 ** 127 : Number.MAX_VALUE),
  oneIn: null,
};
const NOT_FINITE: readonly Kind[] = [
  { says: 'an infinity', value: () => Number.POSITIVE_INFINITY, oneIn: null },
  { says: 'a negative infinity', value: () => Number.NEGATIVE_INFINITY, oneIn: null },
  { says: 'a NaN', value: () => Number.NaN, oneIn: null },
];

export async function trySpecial(session: Session): Promise<void> {
  const { of, one } = session;
  const isPool = hasTies(of.operator);
  for (const operand of [...Object.keys(of.call.call.inputs), 'yBar']) {
    for (const kind of kindsFor(session)) {
      const words = `special ${one.seed} ${operand} ${kind.says}`;
      const how = `with ${kind.says} in ${operand}`;
      if (isPool && operand === 'x') await poolOf(session, kind, how, words);
      else await tryKind(session, operand, kind, how, words);
    }
  }
}

/** What a narrower accumulator does not hold is nobody's fault. */
function kindsFor({ of, offer }: Session): readonly Kind[] {
  const { operator, dtype, call } = of;
  const isNarrow = SIGNIFICAND[offer.declares.accumulate ?? dtype] < SIGNIFICAND[dtype];
  if (isNarrow) return [...ZEROS, ...NOT_FINITE];
  // A function that squares its argument overflows there, or not, as it is written.
  const isPlain =
    isSumOfProducts(operator, call.call.params, call.call.rank) || hasTies(operator) || hasKink(operator);
  return [...ZEROS, SUBNORMAL, ...(isPlain ? [LARGEST] : []), ...NOT_FINITE];
}

/** Among distinct numbers, many that are equal: windows of nothing else too. */
async function poolOf(session: Session, kind: Kind, how: string, words: string): Promise<void> {
  const random = randomFrom(words);
  const value = kind.value(session.of.dtype);
  for (const oneIn of [3, 1.25]) {
    const x = xOf(session.of, () =>
      random.integer(0, 99) < 100 / oneIn ? value : integersUpTo(2 ** 20)(random),
    );
    await judgePool(session, x, how, words);
  }
}

async function tryKind(
  session: Session,
  operand: string,
  kind: Kind,
  how: string,
  words: string,
): Promise<void> {
  const sample = specialSample(session.of, operand, kind, words);
  const kinked = hasKink(session.of.operator) && operand === 'x' && kind.value('float64') === 0;
  for (const pass of PASSES) {
    // What a kernel gives at its kink is judged elsewhere.
    if ((pass === 'forward' && operand === 'yBar') || (pass === 'backward' && kinked)) continue;
    const outputs = await session.ask(sample, pass, how);
    if (!outputs) continue;
    for (const result of session.open(pass)) {
      const expected = nearest(sample.expected(result), sample.accepted(result), outputs[result]);
      session.compare(expected, result, outputs, how);
    }
  }
}

/** Numbers that a cell may also be. */
interface Accepted {
  readonly numbers: ArrayLike<number>;
  readonly mayBeNaN: (cell: number) => boolean;
}

interface SpecialSample extends Sample {
  readonly accepted: (result: ResultName) => Accepted;
}

function specialSample(of: SampleCall, operand: string, kind: Kind, words: string): SpecialSample {
  const { call, dtype, operator } = of;
  const random = randomFrom(`${operator.name} ${JSON.stringify(of.configuration)} ${words}`);
  const tensor = (name: string, shape: readonly number[]) =>
    withSpecial(fractions(shape, dtype, random), name === operand ? kind : null, random);
  const inputs = Object.fromEntries(
    Object.entries(call.call.inputs).map(([name, shape]) => [name, tensor(name, shape)]),
  );
  const upstream = tensor('yBar', call.call.output);
  const defined = of.definition()(inputs, upstream);
  const cellsOf = once(result => defined(inputOf(result)));
  const rowsMayBeNaN =
    NOT_FINITE.includes(kind) && isSumOfProducts(operator, call.call.params, call.call.rank);
  return {
    ...{ ...of, id: words, inputs, upstream },
    expected(result) {
      const { numbers, bounds } = cellsOf(result);
      return { shape: shapeOf(of, result), dtype, numbers, bounds };
    },
    accepted(result) {
      const { numbers } = cellsOf(result);
      const mayBeNaN = rowsMayBeNaN ? besideNotFinite(shapeOf(of, result), numbers) : () => false;
      return { numbers: builtIn(of, inputs, upstream, result).numbers, mayBeNaN };
    },
  };
}

/** From 1/8 to 1/4, of both signs. */
function fractions(shape: readonly number[], dtype: ProbeDType, random: Random): FloatTensor {
  const values = Array.from({ length: size(shape) }, () => {
    const value = random.integer(2 ** 20, 2 ** 21) / 2 ** 23;
    return random.integer(0, 1) === 0 ? value : -value;
  });
  return fromArray(shape, values, dtype);
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
  return cell => rows.size === 0 || rows.has(Math.floor(cell / row));
}

/** What is expected, with the number that was accepted instead wherever the result has it. */
function nearest(expected: Expected, { numbers, mayBeNaN }: Accepted, got: WireTensor | undefined): Expected {
  if (got?.data.length !== expected.numbers.length) return expected;
  const chosen = Array.from(expected.numbers, (right, cell) => {
    const found = got.data[cell]!;
    if (Number.isNaN(found) && (Number.isNaN(numbers[cell]!) || mayBeNaN(cell))) return Number.NaN;
    return found === numbers[cell] ? found : right;
  });
  return { ...expected, numbers: chosen };
}
