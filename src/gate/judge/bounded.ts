/** Real values, ordinary and large: every cell of a layer within the rounding bound of its own sum. */
import { type FloatTensor, operatorNamed } from '../../ops/index.js';
import { fromArray } from '../../tensor/index.js';
import type { GateCase } from '../plan/gate-case.js';
import type { Offer, ResultName } from '../subject/subject.js';
import type { Expected } from './compare.js';
import { judgeGolden } from './golden-case.js';
import type { Judge } from './judge.js';
import { isLayer } from './layer.js';
import { openLedger } from './ledger.js';
import { inputOf, type Probe, resultsOf, subjectCall } from './probe.js';
import { drawReals, exactCells, factorsOf, LONGEST_SUM, loopResult, type Reals } from './reals.js';
import { boundText, holdsFractions, type SumType, sumBounds } from './rounding.js';

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
  let longest = { products: -1, text: '' };
  for (const pass of ['forward', 'backward'] as const) {
    const open = resultsOf(reals.probe, pass).filter(ledger.isOpen);
    const answer = open.length > 0 ? await ledger.ask(subjectCall(reals.probe, pass, open)) : null;
    for (const result of answer ? open : []) {
      const { expected, products } = boundedCells(reals, result, type);
      ledger.hold(result, expected, answer![result]);
      if (products > longest.products)
        longest = { products, text: boundText(products, type, factorsOf(result)) };
    }
  }
  return ledger.outcome({ bound: longest.products < 0 ? null : longest.text });
};

const sumTypeOf = ({ dtype }: GateCase, { declares }: Offer): SumType => ({
  ...{ dtype, accumulator: declares.accumulate ?? dtype, arithmetic: declares.arithmetic },
});

/** The numbers of a case; or, as a text, why there are none. */
function realsOf(one: GateCase, { accumulator, arithmetic }: SumType): Reals | string {
  if (!holdsFractions(accumulator)) return `sums in ${accumulator} hold no fractions`;
  // float16 ends at 65504.
  const isWide = accumulator !== 'float16' && one.seed % 2 !== 0;
  const reals = drawReals(
    operatorNamed(one.op),
    one,
    one.dtype,
    {
      // What cancels in a transform is measured by the largest number: a tap among small ones would not be missed.
      spread: arithmetic === 'inexact' ? 'narrow' : 'wide',
      magnitude: isWide ? 'large' : 'ordinary',
    },
    `bounded ${one.seed}`,
  );
  const results = [...resultsOf(reals.probe, 'forward'), ...resultsOf(reals.probe, 'backward')];
  const longest = Math.max(0, ...results.map(result => mostIn(productsOf(reals.probe, result))));
  return longest <= LONGEST_SUM ? reals : `a sum of ${longest} products is too long for an exact reference`;
}

function boundedCells(reals: Reals, result: ResultName, type: SumType) {
  const { probe } = reals;
  const input = inputOf(result);
  const numbers = exactCells(reals, result);
  const products = productsOf(probe, result);
  const sizes = type.arithmetic === 'exact' ? absoluteSums(probe, result) : largestSums(probe, result);
  const expected: Expected = {
    shape: input === null ? probe.call.call.output : probe.inputs[input]!.shape,
    dtype: probe.dtype,
    numbers,
    bounds: sumBounds({ products, sizes, numbers }, type),
  };
  return { expected, products: mostIn(products) };
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

/** L max|a| max|b|, where the bias has one of these places. */
const largestSums = (probe: Probe, result: ResultName): ArrayLike<number> =>
  loopResult(
    probe,
    result,
    every(probe, ({ data }) => data.map(Math.abs).fill(mostIn(data.map(Math.abs)))),
  );

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
