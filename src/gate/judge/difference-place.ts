/** At which numbers differences of an operator are exact. */
import { postOrder } from '../../expr/index.js';
import {
  definitionOf,
  type FloatTensor,
  isSumOfProducts,
  operatorNamed,
  realParameters,
  resolve,
} from '../../ops/index.js';
import { fromArray, size } from '../../tensor/index.js';
import type { GateCase } from '../plan/gate-case.js';
import type { Offer } from '../subject/subject.js';
import { isRational } from '../vectors/precision.js';
import { type Random, randomFrom } from '../vectors/random.js';
import { SIGNIFICAND } from './budget.js';
import { integerBudget } from './integer-budget.js';
import { isProbed } from './layer.js';
import { drawProbe, expectedOf, integersUpTo, type Probe, resultsOf } from './probe.js';

type At = Pick<GateCase, 'op' | 'shapes' | 'params'>;

/** Cells of x are so far apart, if the integers are held: their order is the same everywhere between x - v and x + v. */
const WIDEST = 256;
const NARROWEST = 4;

/** A call, and how far its numbers may move. */
export interface Place {
  readonly probe: Probe;
  readonly reach: number;
}

/** Where the differences of a case are exact; or, as a text, why they are not. */
export function placeOf(one: GateCase, offer: Offer, missProbability: number): Place | string {
  const operator = operatorNamed(one.op);
  const words = `difference ${one.seed}`;
  if (isProbed(one)) {
    const budget = integerBudget(one, offer, missProbability);
    if (typeof budget === 'string') return budget;
    const reach = Math.floor(budget.amplitude / 2);
    if (reach === 0) return 'integers that can move are too large for its sums';
    return { probe: drawProbe(operator, one, one.dtype, integersUpTo(reach), words), reach };
  }
  if (!bendsExactly(one)) return 'its differences are not exact';
  return apart(drawProbe(operator, one, one.dtype, integersUpTo(4), words), offer);
}

/** Whether there are differences without any rounding, at suitable numbers. */
export const hasExactDifferences = (at: At): boolean => isProbed(at) || bendsExactly(at);

/** Sums, products, maxima and choices only, with integers for coefficients. */
function bendsExactly({ op, shapes, params }: At): boolean {
  const operator = operatorNamed(op);
  const call = resolve(operator, shapes, params);
  if (isSumOfProducts(operator, call.params, call.rank)) return false;
  if (realParameters(operator, call.params, call.rank).length > 0) return false;
  return definitionOf(operator, call.params, call.rank).stages.every(stage => {
    if (stage.kind !== 'pointwise') return stage.kind === 'sum' || stage.kind === 'max';
    return isRational([stage.formula]) && postOrder([stage.formula]).every(node => node.kind !== 'quotient');
  });
}

/** All cells of all inputs far from each other and from 0. */
function apart(probe: Probe, { declares }: Offer): Place | string {
  const cells = Object.values(probe.inputs).reduce((total, { data }) => total + data.length, 0);
  const bits = Math.min(SIGNIFICAND[probe.dtype], SIGNIFICAND[declares.accumulate ?? probe.dtype]);
  let spacing = WIDEST;
  while (spacing > NARROWEST && spacing * (cells + 2) > 2 ** bits) spacing /= 2;
  const order = randomFrom(`${probe.id} order`).shuffled(Array.from({ length: cells }, (_, k) => k));
  let next = 0;
  const cell = () => spacing * (order[next++]! - Math.floor(cells / 2)) + spacing / 2;
  const inputs = Object.fromEntries(
    Object.entries(probe.inputs).map(([name, one]) => [name, tensorFrom(one, cell, randomFrom(''))]),
  );
  const place = { probe: { ...probe, inputs }, reach: spacing / 2 - 1 };
  const results = [...resultsOf(probe, 'forward'), ...resultsOf(probe, 'backward')];
  const largest = results.flatMap(result => Array.from(expectedOf(place.probe, result).numbers, Math.abs));
  const isHeld = spacing * (cells + 2) <= 2 ** bits && largest.every(value => 4 * value <= 2 ** bits);
  return isHeld ? place : 'integers that can move are too large for it';
}

export function tensorFrom({ shape, dtype }: FloatTensor, draw: (random: Random) => number, random: Random) {
  return fromArray(
    shape,
    Array.from({ length: size(shape) }, () => draw(random)),
    dtype,
  );
}
