/**
 * The kernel's backward pass against differences of its own forward pass, for functions that bend. Differences alone
 * never fail a kernel: where they disagree, both passes are held against the definition in high precision.
 */
import type { ResultName, WireData, WireTensor } from '../subject/subject.js';
import type { FilledCall } from '../vectors/filled-call.js';
import type { Precision } from '../vectors/precision.js';
import { randomFrom } from '../vectors/random.js';
import { bendOf } from './bend.js';
import { firstFilling } from './fillings.js';
import { callFor, expectedIn, resultsIn, whyNoValue } from './golden.js';
import { drawnCall, drawnFrom, goldenFrom } from './golden-case.js';
import type { Judge, JudgeContext } from './judge.js';
import { failed, type Ledger, openLedger } from './ledger.js';
import { inputOf } from './probe.js';
import { type Slope, slopeBy } from './ridders.js';

/** Within what is drawn: no probability leaves the domain, no sign changes. */
const FIRST_STEP = 2 ** -6;

/** The error estimate is one, not a bound. */
const TRUST = 16;

/** Differences that are less sure say nothing. */
const WORTH = 2 ** -7;

export const judgeSampled: Judge = async (subject, offer, one, context) => {
  const ledger = openLedger(subject, offer, 'sampled', context);
  const own = one.filling ?? firstFilling(one, 'bounded') ?? firstFilling(one, 'exact');
  if (one.dtype !== 'float64' || own === null) {
    ledger.tell(context.results, { kind: 'skipped', why: 'differences are taken in float64' });
    return ledger.outcome();
  }
  const filled = drawnCall(one, own);
  const drawn = drawnFrom(filled, `${one.op} sampled ${one.seed}`);
  const open = resultsIn(drawn, 'backward').filter(ledger.isOpen);
  const gradients = open.length > 0 ? await ledger.ask(callFor(drawn, 'backward', open)) : null;
  for (const result of gradients ? open : []) {
    const gradient = gradients![result];
    if (!gradient) ledger.tell([result], { kind: 'skipped', why: 'this gradient is not returned' });
    else await judgeGradient({ ledger, filled, context, offer }, result, gradient);
  }
  return ledger.outcome();
};

interface Trial {
  readonly ledger: Ledger;
  readonly filled: FilledCall;
  readonly context: JudgeContext;
  readonly offer: Parameters<Judge>[1];
}

/** A point that the differences went through, and the kernel's y there. */
interface Visit {
  readonly at: FilledCall;
  readonly y: WireTensor;
}

async function judgeGradient(trial: Trial, result: ResultName, gradient: WireTensor): Promise<void> {
  const { ledger, filled } = trial;
  const input = inputOf(result)!;
  const direction = directionIn(filled, input);
  const visits: Visit[] = [];
  const yBar = filled.upstream.data;
  const rise = async (step: number): Promise<number> => {
    const sides: WireTensor[] = [];
    for (const sign of [1, -1]) {
      const at = moved(filled, input, direction, sign * step);
      const y = (await ledger.ask(callFor(drawnFrom(at, `${result} ${sign * step}`), 'forward', ['y'])))?.y;
      if (y?.data.length !== yBar.length) return Number.NaN;
      visits.push({ at, y });
      sides.push(y);
    }
    return yBar.reduce<number>(
      (total, one, k) => total + Number(one) * (sides[0]!.data[k]! - sides[1]!.data[k]!),
      0,
    );
  };
  const slope = await slopeBy(rise, FIRST_STEP);
  // Without y there is nothing to hold a gradient against here; what became of the call is entered.
  if (visits.length === 0) return;
  if (agrees(slope, gradient.data, direction)) ledger.tell([result], { kind: 'agreed', rung: 'sampled' });
  else
    review(
      trial,
      result,
      gradient,
      visits,
      `${result} along a direction: differences of y give ${slope.value}`,
    );
}

function agrees({ value, error }: Slope, gradient: WireData, direction: readonly number[]): boolean {
  if (gradient.length !== direction.length) return false;
  let [along, size] = [0, 0];
  for (let k = 0; k < direction.length; k++) {
    along += gradient[k]! * direction[k]!;
    size += Math.abs(gradient[k]! * direction[k]!);
  }
  if (!(error <= WORTH * size || error === 0)) return false;
  return Math.abs(along - value) <= TRUST * error + 2 ** -30 * size;
}

/** In high precision: the gradient against the definition's, then y wherever the differences went. */
function review(
  { ledger, filled, context, offer }: Trial,
  result: ResultName,
  gradient: WireTensor,
  visits: readonly Visit[],
  doubt: string,
): void {
  try {
    const golden = knownAt(filled, context.precision);
    const expected = expectedIn(golden, result, offer);
    const bend = bendOf(golden.work, offer.declares);
    if (bend) ledger.tell([result], { kind: 'skipped', why: bend });
    for (const { at, y } of visits)
      ledger.hold('y', expectedIn(knownAt(at, context.precision), 'y', offer), y, 'bounded');
    ledger.hold(result, expected, gradient, 'bounded');
  } catch (error) {
    const message = `${doubt}; the definition has no value here: ${whyNoValue(error)}`;
    ledger.tell([result], failed('suspect', 'sampled', message));
  }
}

const knownAt = (filled: FilledCall, precision: Precision | null) =>
  goldenFrom(filled, 'a point of differences', precision);

/** From 1/4 to 1 in each cell, of either sign. */
function directionIn(filled: FilledCall, input: string): number[] {
  const random = randomFrom(`${filled.operator.name} ${filled.upstream.data.join()} along ${input}`);
  return filled.inputs[input]!.data.map(
    () => (random.integer(0, 1) === 0 ? 1 : -1) * (random.integer(256, 1024) / 1024),
  );
}

function moved(filled: FilledCall, input: string, direction: readonly number[], step: number): FilledCall {
  const own = filled.inputs[input]!;
  const data = own.data.map((value, k) => Number(value) + step * direction[k]!);
  const tensor = { [input]: { ...own, data } };
  return { ...filled, inputs: { ...filled.inputs, ...tensor }, given: { ...filled.given, ...tensor } };
}
