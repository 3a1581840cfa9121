/** From what was run to what is said: one verdict for each result. */
import type { Failure } from '../diagnosis/failure.js';
import type { Verdict } from '../judge/judge.js';
import { type Planted, plant } from './plant.js';
import type { GateResult } from './report.js';
import type { OperatorRun } from './run-operator.js';
import type { Tally } from './tally.js';
import { cellsOf, LARGE, type Trial } from './trial.js';

/** Random cases, and cases of the sweep, on which mistakes are planted too. */
const PLANTED_RANDOM = 10;

/** @param failure of this tally's failing case, explained */
export async function verdictOf(
  run: OperatorRun,
  tally: Tally,
  failure: Failure | null,
): Promise<GateResult> {
  const planted = await plantedIn(run, tally);
  const alive = planted.filter(({ killedBy, isEquivalent }) => !killedBy && !isEquivalent);
  const { verdict, reason } = said(run, tally, alive);
  const evidence = tally.evidence();
  const finding = tally.failure?.finding;
  return {
    ...{ op: run.operator.name, result: tally.result, verdict },
    rung: finding?.rung ?? evidence[0]?.rung ?? null,
    cases: tally.cases,
    missProbability: evidence.find(({ rung }) => rung === 'exact')?.missProbability ?? null,
    mutants: {
      killed: planted.filter(({ killedBy }) => killedBy).length,
      live: alive.length,
      equivalent: planted.filter(({ isEquivalent }) => isEquivalent).length,
    },
    ...{ failure, reason, stderr: finding?.stderr ?? '' },
    survivors: alive.map(({ mutant }) => mutant.id),
    ...{ evidence, conditions: tally.conditions(), domain: run.domain },
  };
}

function said(
  { offer, operator, isWhole }: OperatorRun,
  tally: Tally,
  alive: readonly Planted[],
): { readonly verdict: Verdict; readonly reason: string } {
  if (!offer) return { verdict: 'skipped', reason: `the kernel has no ${operator.name}` };
  if (tally.failure) return { verdict: tally.failure.finding.verdict, reason: tally.failure.finding.message };
  const skipped = tally.skipped();
  if (tally.agreed.length === 0) return { verdict: 'skipped', reason: skipped || 'no case was run' };
  if (!isWhole)
    return { verdict: 'skipped', reason: `ended after ${tally.cases} cases, all of which agreed` };
  if (alive.length > 0) {
    const ids = alive.map(({ mutant }) => mutant.id).join(', ');
    return { verdict: 'skipped', reason: `these cases also pass planted mistakes: ${ids}` };
  }
  return { verdict: 'verified', reason: skipped };
}

async function plantedIn(
  { operator, offer, context, isWhole }: OperatorRun,
  tally: Tally,
): Promise<Planted[]> {
  const trials = plantingTrials(tally.agreed);
  if (!offer || !isWhole || trials.length === 0) return [];
  const equivalence = trials.some(({ part }) => part === 'vector') ? 'operands' : 'shapes';
  return plant(operator.name, tally.result, { context, offer, trials, equivalence });
}

/** In one element type; the smallest first, which are the cheapest. */
function plantingTrials(agreed: readonly Trial[]): Trial[] {
  const dtype = agreed[0]?.one.dtype;
  const own = agreed.filter(({ one }) => one.dtype === dtype);
  const chosen = own.filter(({ part }) => part === 'pinned' || part === 'vector');
  const others = own.filter(({ part }) => part === 'random' || part === 'sweep');
  const random = [...others].sort((a, b) => Number(b.part === 'random') - Number(a.part === 'random'));
  return [...chosen, ...random.slice(0, PLANTED_RANDOM)]
    .filter(one => cellsOf(one) <= LARGE)
    .sort((a, b) => cellsOf(a) - cellsOf(b));
}
