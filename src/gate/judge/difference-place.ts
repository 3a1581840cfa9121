/** At which numbers differences of an operator are exact. */
import { postOrder } from '../../expr/index.js';
import { definitionOf, isSumOfProducts, operatorNamed, realParameters, resolve } from '../../ops/index.js';
import { fromArray } from '../../tensor/index.js';
import type { GateCase } from '../plan/gate-case.js';
import type { Offer } from '../subject/subject.js';
import { isRational } from '../vectors/precision.js';
import { randomFrom } from '../vectors/random.js';
import { SIGNIFICAND } from './budget.js';
import { kept, probeAt } from './case-probes.js';
import { integerBudget } from './integer-budget.js';
import { isProbed } from './layer.js';
import { expectedOf, type Probe, resultsOf } from './probe.js';

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
  if (isProbed(one)) {
    const budget = integerBudget(one, offer, missProbability);
    if (typeof budget === 'string') return budget;
    const reach = Math.floor(budget.amplitude / 2);
    if (reach === 0) return 'integers that can move are too large for its sums';
    return { probe: probeAt(one, reach, 'difference'), reach };
  }
  if (!bendsExactly(one)) return 'its differences are not exact';
  if (offer.declares.arithmetic === 'inexact') return 'inexact arithmetic is judged by rounding bounds';
  return apart(one, offer);
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
function apart(one: GateCase, { declares }: Offer): Place | string {
  const drawn = probeAt(one, 4, 'difference');
  const cells = Object.values(drawn.inputs).reduce((total, { data }) => total + data.length, 0);
  const bits = Math.min(SIGNIFICAND[one.dtype], SIGNIFICAND[declares.accumulate ?? one.dtype]);
  let spacing = WIDEST;
  while (spacing > NARROWEST && spacing * (cells + 2) > 2 ** bits) spacing /= 2;
  const probe = kept(one, `apart ${spacing}`, () => spread(drawn, cells, spacing));
  const results = [...resultsOf(probe, 'forward'), ...resultsOf(probe, 'backward')];
  const isSmall = (value: number) => 4 * Math.abs(value) <= 2 ** bits;
  const isHeld = results.every(result => Array.from(expectedOf(probe, result).numbers).every(isSmall));
  if (isHeld && spacing * (cells + 2) <= 2 ** bits) return { probe, reach: spacing / 2 - 1 };
  return 'integers that can move are too large for it';
}

function spread(drawn: Probe, cells: number, spacing: number): Probe {
  const random = randomFrom(`${drawn.id} order`);
  const keys = Array.from({ length: cells }, () => random.integer(0, 2 ** 30));
  const order = keys.map((_, k) => k).sort((a, b) => keys[a]! - keys[b]!);
  let next = 0;
  const cell = () => spacing * (order[next++]! - Math.floor(cells / 2)) + spacing / 2;
  const inputs = Object.entries(drawn.inputs).map(([name, { shape, dtype, data }]) => [
    name,
    fromArray(shape, Array.from(data, cell), dtype),
  ]);
  return { ...drawn, inputs: Object.fromEntries(inputs) };
}
