/** One call of an operator with values to try: everything that a replay needs. */
import { type Random, randomFrom } from '../../../src/gate/vectors/random.js';
import type { FloatTensor, Inputs, Params } from '../../../src/ops/index.js';
import { fromArray, type Shape, size } from '../../../src/tensor/index.js';

/** From the one whose results are exact to the one that every function is defined at. */
export const fillings = ['integers', 'large', 'fractions', 'unit'] as const;
export type Filling = (typeof fillings)[number];
export const dtypes = ['float64', 'float32'] as const;

export interface Trial {
  readonly op: string;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly params: Params;
  readonly dtype: (typeof dtypes)[number];
  readonly filling: Filling;
  /** Of the values. */
  readonly seed: number;
}

/** No zeros: a zero would hide a wrong coefficient. Every number is one that a float32 holds. */
const values: Readonly<Record<Filling, (random: Random) => number>> = {
  integers: random => signed(random, random.integer(1, 9)),
  // Sums of products of these need more digits than a float32 has.
  large: random => signed(random, random.integer(1, 2 ** 20)),
  fractions: random => signed(random, random.integer(1, 2 ** 10) / 2 ** 9),
  unit: random => random.integer(1, 2 ** 10 - 1) / 2 ** 10,
};

const signed = (random: Random, size: number): number => (random.integer(0, 1) === 0 ? size : -size);

/** The same trial and name give the same tensor. */
export function filled({ seed, dtype }: Trial, filling: Filling, name: string, shape: Shape): FloatTensor {
  const random = randomFrom(`${seed} ${name}`);
  const cells = Array.from({ length: size(shape) }, () => values[filling](random));
  return fromArray(shape, cells, dtype);
}

export function inputsOf(trial: Trial): Inputs {
  const { shapes, filling } = trial;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, filled(trial, filling, name, shape)]),
  );
}
