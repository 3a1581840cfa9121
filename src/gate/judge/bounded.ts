/** Real values, ordinary and large: every cell of a layer within the rounding bound of its own sum. */
import { type FloatTensor, operatorNamed } from '../../ops/index.js';
import { fromArray } from '../../tensor/index.js';
import type { GateCase } from '../plan/gate-case.js';
import type { Offer, ResultName } from '../subject/subject.js';
import { onesAt } from './case-probes.js';
import type { Expected } from './compare.js';
import { judgeGolden } from './golden-case.js';
import type { Judge } from './judge.js';
import { keeping } from './keeping.js';
import { isLayer } from './layer.js';
import { openLedger } from './ledger.js';
import { expectedOf, inputOf, type Probe, resultsOf, subjectCall } from './probe.js';
import { drawReals, exactCells, factorsOf, LONGEST_SUM, loopResult, type Reals } from './reals.js';
import { boundText, holdsFractions, largestIn, type SumType, sumBounds } from './rounding.js';

/** Layers at numbers of their own where no filling is given; all else at data of the definition, within its bounds. */
export const judgeBounded: Judge = async (subject, offer, one, context) => {
  if (one.filling !== null || !isLayer(one)) return judgeGolden(subject, offer, one, context);
  const ledger = openLedger(subject, offer, 'bounded', context);
  const type = sumTypeOf(one, offer);
  const reals = realsOf(one, type);
  if (typeof reals === 'string') {
    ledger.tell(context.results, { kind: 'skipped', why: reals });
    return ledger.outcome();
  }
  for (const pass of ['forward', 'backward'] as const) {
    const open = resultsOf(reals.probe, pass).filter(ledger.isOpen);
    const answer = open.length > 0 ? await ledger.ask(subjectCall(reals.probe, pass, open)) : null;
    for (const result of answer ? open : []) {
      ledger.hold(result, boundedCells(reals, sumsOf(reals, result), result, type), answer![result]);
    }
  }
  return ledger.outcome();
};

const sumTypeOf = ({ dtype }: GateCase, { declares }: Offer): SumType => ({
  ...{ dtype, accumulator: declares.accumulate ?? dtype, arithmetic: declares.arithmetic },
});

const keep = keeping<Map<string, Kept>>(256);

interface Kept extends Reals {
  readonly sums: Map<ResultName, Sums>;
}

interface Sums {
  readonly numbers: readonly number[];
  readonly products: ArrayLike<number>;
  readonly sizes: ArrayLike<number>;
}

/** The numbers of a case; or, as a text, why there are none. */
function realsOf(one: GateCase, { accumulator, arithmetic }: SumType): Kept | string {
  if (!holdsFractions(accumulator)) return `sums in ${accumulator} hold no fractions`;
  // What cancels in a transform is measured by the largest number: a tap among small ones would not be missed.
  const spread = arithmetic === 'inexact' ? 'narrow' : 'wide';
  const magnitude = one.seed % 2 === 0 ? 0 : largestIn(one.dtype, accumulator);
  const known = keep(one, () => new Map());
  const words = `bounded ${one.seed}`;
  const reals = known.get(`${spread} ${magnitude}`) ?? {
    ...drawReals(operatorNamed(one.op), one, one.dtype, { spread, magnitude }, words),
    sums: new Map(),
  };
  known.set(`${spread} ${magnitude}`, reals);
  const results = [...resultsOf(reals.probe, 'forward'), ...resultsOf(reals.probe, 'backward')];
  const longest = Math.max(0, ...results.map(result => mostIn(expectedOf(onesAt(one), result).numbers)));
  return longest <= LONGEST_SUM ? reals : `a sum of ${longest} products is too long for an exact reference`;
}

/** What a result is made of, computed once. */
function sumsOf(reals: Kept, result: ResultName): Sums {
  const { probe, spread, sums } = reals;
  const known = sums.get(result) ?? {
    numbers: exactCells(reals, result),
    products: productsOf(probe, result),
    sizes: spread === 'wide' ? absoluteSums(probe, result) : largestSums(probe, result),
  };
  sums.set(result, known);
  return known;
}

function boundedCells({ probe }: Reals, sums: Sums, result: ResultName, type: SumType): Expected {
  const input = inputOf(result);
  const products = mostIn(sums.products);
  return {
    shape: input === null ? probe.call.call.output : probe.inputs[input]!.shape,
    dtype: probe.dtype,
    numbers: sums.numbers,
    bounds: sumBounds(sums, type),
    why: { text: boundText(products, type, factorsOf(result)), size: products },
  };
}

/** L of each cell: what it comes to where every number is 1. */
const productsOf = (probe: Probe, result: ResultName): ArrayLike<number> =>
  loopResult(
    probe,
    result,
    every(probe, ({ data }) => data.map(() => 1)),
  );

const absoluteSums = (probe: Probe, result: ResultName): ArrayLike<number> =>
  loopResult(
    probe,
    result,
    every(probe, ({ data }) => data.map(Math.abs)),
  );

/** L max|a| max|b| of the cell that has most: what a transform rounds, it may put into any cell. */
function largestSums(probe: Probe, result: ResultName): ArrayLike<number> {
  const largest = every(probe, ({ data }) => data.map(Math.abs).fill(mostIn(data.map(Math.abs))));
  const sums = loopResult(probe, result, largest);
  return Array.from(sums, () => mostIn(sums));
}

function every(
  { inputs, upstream }: Probe,
  numbers: (tensor: FloatTensor) => ArrayLike<number>,
): Record<string, FloatTensor> {
  const all = Object.entries({ ...inputs, yBar: upstream });
  return Object.fromEntries(
    all.map(([name, one]) => [name, fromArray(one.shape, Array.from(numbers(one)), 'float64')]),
  );
}

function mostIn(numbers: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < numbers.length; k++) most = Math.max(most, numbers[k]!);
  return most;
}
