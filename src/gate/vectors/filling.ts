/** Which numbers fill a tensor: by default no zeros and no ones, which hide mistakes. */
import { type Shape, size } from '../../tensor/index.js';
import type { Random } from './random.js';

type Fill = (cells: number, random: Random, shape: Shape) => number[];

const signed = (random: Random, value: number) => (random.integer(0, 1) === 0 ? value : -value);
const each =
  (draw: (random: Random) => number): Fill =>
  (cells, random) =>
    Array.from({ length: cells }, () => draw(random));

const integers = each(random => signed(random, random.integer(2, 9)));

const fillings = {
  integers,
  /** Small integers too, in float32. */
  float32: integers,
  eighths: each(random => signed(random, random.integer(0, 8) + random.integer(1, 7) / 8)),
  decimals: each(random => signed(random, random.integer(1001, 9999) / 1000)),
  /** Where functions bend. */
  small: each(random => signed(random, random.integer(51, 2999) / 1000)),
  positive: each(random => random.integer(51, 4999) / 1000),
  /** Where sigmoids are 0 or 1 to many digits. */
  saturated: each(random => signed(random, random.integer(2000, 4000) / 100)),
  /** Beyond what exp can hold. */
  huge: each(random => signed(random, random.integer(7200, 9990) / 10)),
  /** Far from 0, and close together. */
  offset: each(random => 1000 + random.integer(1, 999) / 1000),
  /** Every third or so is 0. */
  zeros: each(random => (random.integer(0, 2) === 0 ? 0 : signed(random, random.integer(2, 9)))),
  negative: each(random => -random.integer(2, 99)),
  /** Two values: windows and pairs with ties. */
  ties: each(random => random.integer(2, 3)),
  probabilities: each(random => random.integer(21, 979) / 1000),
  /** Close to 0 and to 1, never there. */
  nearly: each(random => (random.integer(0, 1) === 0 ? 2 ** -30 : 1 - 2 ** -30)),
  labels: each(random => random.integer(0, 1)),
  /** No two cells alike. */
  distinct: (cells, random) =>
    random.shuffled(Array.from({ length: cells }, (_, k) => 2 * k - cells + (k % 2 === 0 ? 0.5 : 0))),
  /** No two cells alike, and none above 0. */
  below: (cells, random) => random.shuffled(Array.from({ length: cells }, (_, k) => -k - 2)),
  /** Sixteenths: each row along the last axis adds up to 1. */
  rows: (cells, random, shape) => {
    const classes = shape.at(-1) ?? 1;
    const row = () => {
      const parts = new Array<number>(classes).fill(0);
      for (let k = 0; k < 16; k++) parts[random.integer(0, classes - 1)]! += 1 / 16;
      return parts;
    };
    return Array.from({ length: classes === 0 ? 0 : cells / classes }, row).flat();
  },
} satisfies Record<string, Fill>;

export type Filling = keyof typeof fillings;
export const FILLINGS = Object.keys(fillings) as readonly Filling[];

export function filled(shape: Shape, filling: Filling, random: Random): number[] {
  const fill: Fill = fillings[filling];
  return fill(size(shape), random, shape);
}
