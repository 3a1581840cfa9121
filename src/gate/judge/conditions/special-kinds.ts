/** Numbers that are hardly numbers, and how many of them an operand gets. */
import { isSumOfProducts } from '../../../ops/index.js';
import { SIGNIFICAND } from '../budget.js';
import type { ProbeDType } from '../probe.js';
import { hasKink, hasTies } from './applies.js';
import type { Session } from './session.js';

export interface Kind {
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

/** What a narrower accumulator does not hold is nobody's fault. */
export function kindsFor({ of, offer }: Session): readonly Kind[] {
  const { operator, dtype, call } = of;
  const isSum = isSumOfProducts(operator, call.call.params, call.call.rank);
  // Cells of a sum that are not finite hide each other: there one at a time.
  const notFinite = isSum ? NOT_FINITE : NOT_FINITE.map(kind => ({ ...kind, oneIn: 3 }));
  const isNarrow = SIGNIFICAND[offer.declares.accumulate ?? dtype] < SIGNIFICAND[dtype];
  if (isNarrow) return [...ZEROS, ...notFinite];
  // A function that squares its argument overflows there, or not, as it is written.
  const isPlain = isSum || hasTies(operator) || hasKink(operator);
  return [...ZEROS, SUBNORMAL, ...(isPlain ? [LARGEST] : []), ...notFinite];
}
