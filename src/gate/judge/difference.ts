/**
 * The kernel's backward pass against exact differences of its own forward pass: where a function is linear between
 * x - v and x + v, or quadratic, <yBar, y(x + v)> - <yBar, y(x - v)> = 2 <gradient, v> in integers. y is held against
 * the definition at all three points, or a self-consistent wrong kernel passes.
 */
import type { FloatTensor } from '../../ops/index.js';
import { fromArray } from '../../tensor/index.js';
import type { GateCase } from '../plan/gate-case.js';
import type { ResultName, WireTensor } from '../subject/subject.js';
import { randomFrom } from '../vectors/random.js';
import { exactDot } from './adjoint.js';
import { kept } from './case-probes.js';
import { firstWrong } from './compare.js';
import { type Place, placeOf } from './difference-place.js';
import type { Finding, Judge } from './judge.js';
import { failed, type Ledger, openLedger } from './ledger.js';
import { expectedOf, inputOf, integersUpTo, type Probe, resultsOf, subjectCall } from './probe.js';

/** Directions for each input: a wrong gradient is orthogonal to one by chance only. */
const DIRECTIONS = 2;

export const judgeDifference: Judge = async (subject, offer, one, context) => {
  const ledger = openLedger(subject, offer, 'exact-difference', context);
  const place = placeOf(one, offer, context.missProbability);
  if (typeof place === 'string') {
    ledger.tell(context.results, { kind: 'skipped', why: place });
    return ledger.outcome();
  }
  const { probe, reach } = place;
  if (!(await rightAt(ledger, probe))) return ledger.outcome();
  const open = resultsOf(probe, 'backward').filter(ledger.isOpen);
  const gradients = open.length > 0 ? await ledger.ask(subjectCall(probe, 'backward', open)) : null;
  for (const result of gradients ? open : []) {
    for (let k = 0; k < DIRECTIONS && ledger.isOpen(result); k++) {
      const found = await alongDirection(ledger, one, place, result, gradients![result], k);
      if (found) ledger.tell([result], found);
    }
  }
  return ledger.outcome({ missProbability: (2 * reach) ** -DIRECTIONS });
};

/** The kernel's y at this point; undefined where there is none, or a wrong one, which is entered. */
async function rightAt(ledger: Ledger, probe: Probe): Promise<WireTensor | undefined> {
  const answer = await ledger.ask(subjectCall(probe, 'forward'));
  if (!answer) return undefined;
  const expected = expectedOf(probe, 'y');
  ledger.hold('y', expected, answer.y);
  return firstWrong(expected, answer.y) ? undefined : answer.y;
}

/** Null where y is wrong on the way: that is entered, and says nothing of the gradient. */
async function alongDirection(
  ledger: Ledger,
  one: GateCase,
  { probe, reach }: Place,
  result: ResultName,
  gradient: WireTensor | undefined,
  k: number,
): Promise<Finding | null> {
  if (!gradient) return { kind: 'skipped', why: 'this gradient is not returned' };
  const input = inputOf(result)!;
  const direction = directionFor(probe, input, reach, k);
  const at = (sign: 1 | -1): Probe =>
    kept(one, `difference ${reach} ${input} ${k} ${sign}`, () => moved(probe, input, direction, sign, k));
  const [above, below] = [await rightAt(ledger, at(1)), await rightAt(ledger, at(-1))];
  if (!above || !below) return null;
  const [high, low] = [exactDot(probe.upstream.data, above.data), exactDot(probe.upstream.data, below.data)];
  const slope = exactDot(gradient.data, direction.data);
  if (high === null || low === null) return { kind: 'skipped', why: 'y of integers has cells that are none' };
  if (slope === null)
    return failed('mismatch', 'exact-difference', `${result} of integers has cells that are none.`);
  if (high - low === 2n * slope) return { kind: 'agreed', rung: 'exact-difference' };
  const message = `<yBar, y> rises by ${high - low} from ${input} - v to ${input} + v, but 2 <${result}, v> is ${2n * slope}.`;
  return failed('mismatch', 'exact-difference', message);
}

function directionFor(probe: Probe, input: string, reach: number, k: number): FloatTensor {
  const { shape, dtype, data } = probe.inputs[input]!;
  const [draw, random] = [integersUpTo(reach), randomFrom(`${probe.id} along ${input} ${k}`)];
  return fromArray(
    shape,
    Array.from(data, () => draw(random)),
    dtype,
  );
}

function moved(probe: Probe, input: string, direction: FloatTensor, sign: 1 | -1, k: number): Probe {
  const own = probe.inputs[input]!;
  const values = Array.from(own.data, (value, cell) => value + sign * direction.data[cell]!);
  return {
    ...probe,
    id: `${probe.id} ${input} ${sign < 0 ? '-' : '+'} v${k}`,
    inputs: { ...probe.inputs, [input]: fromArray(own.shape, values, own.dtype) },
  };
}
