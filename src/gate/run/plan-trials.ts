/** Which cases a gate runs for one operator in one element type: pinned ones, an exhaustive sweep, random ones. */
import type { Operator } from '../../ops/index.js';
import { conditionsOf } from '../judge/conditions/applies.js';
import { fillingsFor } from '../judge/fillings.js';
import { isProbed } from '../judge/layer.js';
import type { Check, Configuration, GateCase } from '../plan/gate-case.js';
import { pinnedConfigurations } from '../plan/pinned.js';
import { exampleCalls, randomConfigurations } from '../plan/random.js';
import { type SmallScope, smallScope } from '../plan/small-scope.js';
import { taken } from '../plan/support.js';
import type { Offer } from '../subject/subject.js';
import { cellsOf, LARGE, type Part, type Trial, trialOf } from './trial.js';

export interface TrialPlan {
  readonly trials: readonly Trial[];
  /** In words. */
  readonly domain: string;
  /** Conditions that are not tried. */
  readonly notTried: readonly { readonly check: Check; readonly reason: string }[];
}

export interface PlanOptions {
  readonly dtype: GateCase['dtype'];
  readonly seed: number;
  /** Random configurations. */
  readonly cases: number;
}

/** What a case looks at, and with which numbers. */
type Look = Pick<GateCase, 'check' | 'filling'>;

/** @throws BackproofError `unknown-operator`. */
export async function planTrials(operator: Operator, offer: Offer, options: PlanOptions): Promise<TrialPlan> {
  const { name } = operator;
  const own = (list: Iterable<Configuration>) =>
    [...list].flatMap(one => taken(offer.declares, operator, one) ?? []);
  const pins = pinnedConfigurations(name);
  const pinned = own(pins.length > 0 ? pins : exampleCalls(name));
  const sweep = smallScope(name);
  const swept = own(sweep.configurations());
  const random = await randomConfigurations(name, options.seed, options.cases, offer.declares);
  const conditions = conditionsOf(operator, offer);
  const tried = conditions
    .filter(({ reason }) => reason === null)
    .map(({ check }) => ({ check, filling: null }));
  const trials = (part: Part, list: readonly Configuration[], looks: (one: GateCase, k: number) => Look[]) =>
    list.flatMap((one, k) => {
      const at: GateCase = { ...plainCase(operator, one, options), seed: options.seed + k };
      return looks(at, k).map(look => trialOf({ ...at, ...look }, part));
    });
  return {
    trials: [
      ...trials('pinned', pinned, one => pinnedLooks(one, offer, tried)),
      ...trials('sweep', swept, one => [sweepLook(one, offer)]),
      ...trials('random', random, (one, k) => randomLooks(one, offer, k)),
    ],
    domain: domainText(options, pinned.length, sweepText(swept.length, sweep), random.length),
    notTried: conditions.flatMap(({ check, reason }) => (reason === null ? [] : [{ check, reason }])),
  };
}

const plainCase = (
  { name }: Operator,
  { shapes, params }: Configuration,
  { dtype, seed }: PlanOptions,
): GateCase => ({
  ...{ op: name, shapes, params, dtype, seed },
  ...{ check: 'exact', filling: null },
});

/** What tells right values from wrong ones, the strongest first. */
function valueLooks(one: GateCase, { declares }: Offer): Look[] {
  const checks: readonly Check[] =
    declares.arithmetic === 'inexact'
      ? ['bounded', 'sampled']
      : ['exact', 'difference', 'bounded', 'sampled'];
  return checks.flatMap(check => fillingsFor(check, one).map(filling => ({ check, filling })));
}

/** Values, then the conditions of the call; where there are many cells, only what is quick. */
function pinnedLooks(one: GateCase, offer: Offer, conditions: readonly Look[]): Look[] {
  const looks = valueLooks(one, offer);
  if (cellsOf({ one }) <= LARGE) return [...looks, ...conditions];
  const quick = looks.find(({ check }) => check === 'difference' || (check === 'exact' && isProbed(one)));
  return quick ? [quick] : [];
}

/** One check that costs little. */
function sweepLook(one: GateCase, offer: Offer): Look {
  const looks = valueLooks(one, offer);
  const quick = isProbed(one) ? looks[0] : looks.find(({ check }) => check === 'difference');
  return quick ?? looks[0]!;
}

/** Sums of products are looked at in every way; what takes longer, in one way after another. */
function randomLooks(one: GateCase, offer: Offer, k: number): Look[] {
  const looks = valueLooks(one, offer).filter(({ check }) => check !== 'sampled');
  return isProbed(one) ? looks : looks.slice(k % looks.length, (k % looks.length) + 1);
}

/** A kernel that declares less is given less of it. */
function sweepText(swept: number, { count, domain }: SmallScope): string {
  if (swept === 0) return '';
  return `${swept < count ? `the ${swept} that it supports` : `all ${count} calls`} of a sweep (${domain})`;
}

function domainText({ seed }: PlanOptions, pinned: number, sweep: string, random: number): string {
  return [
    `${pinned} pinned call${pinned === 1 ? '' : 's'}`,
    ...(sweep === '' ? [] : [sweep]),
    ...(random === 0 ? [] : [`${random} random calls (seed ${seed})`]),
  ].join(', ');
}
