/** Search for the smallest parameter values at which the sides of a statement differ. */
import { type Integer, integer, type Rational, rational } from '../../exact/index.js';
import { polynomialText } from '../../index-sum/index.js';
import type { Statement } from '../trusted/statement.js';
import type { Meter } from './form.js';
import { instances, randomInstance, seeded } from './instances.js';
import type { Span } from './intervals.js';
import { shrink } from './shrink.js';
import { differenceAt, differenceAtRandom, exactSides, planSides, premisesOf, type Sides } from './sides.js';
import { type Component, componentsOf } from './space.js';

export interface Refutation {
  /** Values of the parameters. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The free indices where the sides differ first, zero-based. */
  readonly index: readonly number[];
  /** Both values as polynomials over the cells, at most 240 characters. */
  readonly left: string;
  readonly right: string;
  /** The first monomial whose coefficients differ, and both coefficients. */
  readonly monomial: string;
  readonly leftCoefficient: string;
  readonly rightCoefficient: string;
}

/** Whether a difference at these sizes and free indices counts. */
export type Accepts = (sizes: Refutation['sizes'], index: readonly number[]) => boolean;

type Counts = (find: Find) => boolean;

/** What asking costs, about, where the answer is no. */
const REJECTED = 5_000;

const sizesAt = ({ parameters }: Sides, values: readonly number[]) =>
  Object.fromEntries(parameters.map((name, k) => [name, values[k]!]));

/** Products evaluated, about: half a second, or one where much else is going on. */
const BUDGET = 5_000_000;

/** The most that is spent on one random instance. */
const EACH = 30_000;

/** Parts of the budget: values by level, random values, making those smaller, then zeros and negatives. */
const SHARES = { levels: 0.4, random: 0.15, shrinking: 0.25, zeros: 0.2 };

/**
 * The smallest counterexample found, or null: then nothing is known. Sizes are at least 1 and other parameters
 * at least 0 as long as that leads anywhere.
 * @param budget units of work
 * @param accepts whether a difference counts; by default each does
 * @throws BackproofError `ill-formed-term`, `too-large` if the statement is malformed.
 */
export function refute(
  statement: Statement,
  budget = BUDGET,
  accepts: Accepts = () => true,
): Refutation | null {
  const sides = planSides(statement);
  const componentsIn = (zeros: boolean) =>
    componentsOf(statement.parameters, premisesOf(statement), name => naturalSpan(sides, name, zeros));
  const part = (share: keyof typeof SHARES): Meter => ({ left: budget * SHARES[share] });

  const natural = componentsIn(false);
  const counts = ({ values, index }: Find) => accepts(sizesAt(sides, values), index);
  const found =
    natural && (byLevel(sides, natural, part('levels'), counts) ?? atRandom(sides, natural, part, counts));
  if (found) return refutationAt(sides, found);
  const all = componentsIn(true);
  const isNew = (values: readonly number[]) =>
    sides.parameters.some((name, k) => values[k]! < naturalSpan(sides, name, false).low);
  const withZeros = all && byLevel(sides, all, part('zeros'), counts, isNew);
  return withZeros ? refutationAt(sides, withZeros) : null;
}

function naturalSpan({ sizes }: Sides, name: string, zeros: boolean): Span {
  const base = sizes.has(name) ? 1 : 0;
  return { base, low: zeros ? Number.NEGATIVE_INFINITY : base, high: Number.POSITIVE_INFINITY };
}

/** Parameters and free indices where the sides differ. */
interface Find {
  readonly values: readonly number[];
  readonly index: readonly number[];
}

function byLevel(
  sides: Sides,
  components: readonly Component[],
  meter: Meter,
  counts: Counts,
  isNew: (values: readonly number[]) => boolean = () => true,
): Find | null {
  for (const values of instances(components, meter)) {
    const index = isNew(values) ? differenceAt(sides, values, meter) : null;
    if (index && counts({ values, index })) return { values, index };
    if (index) meter.left -= REJECTED;
  }
  return null;
}

function atRandom(
  sides: Sides,
  components: readonly Component[],
  part: (share: 'random' | 'shrinking') => Meter,
  counts: Counts,
): Find | null {
  const [meter, random] = [part('random'), seeded(1)];
  while (meter.left > 0) {
    const values = randomInstance(components, random, meter);
    const cells = { left: Math.min(meter.left, EACH) };
    meter.left -= cells.left + 1;
    const index = values && differenceAtRandom(sides, values, random, cells);
    meter.left += Math.max(0, cells.left);
    if (!index) continue;
    if (!counts({ values, index })) {
      meter.left -= REJECTED;
      continue;
    }
    let find: Find = { values, index };
    const shrinking = part('shrinking');
    shrink(values, components, shrinking, next => {
      const first = differenceAt(sides, next, shrinking);
      const smaller = first && { values: next, index: first };
      if (!smaller || !counts(smaller)) return false;
      find = smaller;
      return true;
    });
    return find;
  }
  return null;
}

/** Evaluates the sides once more, exactly. */
function refutationAt(sides: Sides, { values, index }: Find): Refutation | null {
  const { left, right } = exactSides(sides, [...values, ...index], { left: Number.POSITIVE_INFINITY });
  const at = (side: ReadonlyMap<string, Rational>, key: string) => side.get(key) ?? rational.ZERO;
  const keys = [...left.keys(), ...right.keys()];
  const differ = keys.filter(key => !rational.equal(at(left, key), at(right, key)));
  const [monomial] = differ.sort(inOrder);
  if (monomial === undefined) return null;
  return {
    sizes: sizesAt(sides, values),
    index,
    left: valueText(left),
    right: valueText(right),
    monomial: monomial || '1',
    leftCoefficient: rational.toText(at(left, monomial)),
    rightCoefficient: rational.toText(at(right, monomial)),
  };
}

/** x[2] before x[10]. */
const inOrder = new Intl.Collator('en', { numeric: true }).compare;

const LONGEST = 240;

/** "x[0] + 2*x[1]", "(x[0] + x[1])/2". */
function valueText(value: ReadonlyMap<string, Rational>): string {
  const common = [...value.values()].reduce((all, one) => {
    const divisor = integer.gcd(all, one.denominator);
    return integer.multiply(all, integer.divide(one.denominator, divisor));
  }, rational.ONE.numerator);
  const whole = [...value].map(([cells, one]): [string, Integer] => [
    cells,
    integer.multiply(one.numerator, integer.divide(common, one.denominator)),
  ]);
  const sum = polynomialText(new Map(whole.sort(([a], [b]) => inOrder(a, b))));
  const text = common === 1 ? sum : `${value.size > 1 ? `(${sum})` : sum}/${common}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 4)} ...` : text;
}
