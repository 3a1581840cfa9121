/** Golden vectors as cases of a gate. */
import { operatorNamed } from '../../ops/index.js';
import { openLedger } from '../judge/ledger.js';
import { judgeVector } from '../judge/vectors.js';
import type { GateCase } from '../plan/gate-case.js';
import { supports, taken } from '../plan/support.js';
import type { VectorCase } from '../vectors/case.js';
import { withOneHot } from '../vectors/targets.js';
import { floatOf, precisionOfCases } from '../vectors/verify.js';
import type { Trial } from './trial.js';

export async function vectorTrials(cases: readonly VectorCase[]): Promise<Trial[]> {
  const precision = await precisionOfCases(cases);
  return cases.map(one => ({
    ...{ id: one.id, part: 'vector', one: asCase(one) },
    judge: async (subject, offer, { op, shapes, params }, { hangMs, results }) => {
      const operator = operatorNamed(op);
      const own = taken(offer.declares, operator, { shapes, params });
      if (own) return judgeVector(subject, offer, { ...one, params: own.params }, precision, { hangMs });
      const ledger = openLedger(subject, offer, 'exact', { hangMs, results });
      ledger.tell(results, { kind: 'skipped', why: supports(offer.declares, operator, { shapes, params })! });
      return ledger.outcome();
    },
  }));
}

/** What of it can be said as a case of a plan. */
function asCase(one: VectorCase): GateCase {
  const shapes = Object.entries(withOneHot(one)).map(([name, { shape }]) => [name, shape]);
  const { op, params } = one;
  return {
    ...{ op, params, shapes: Object.fromEntries(shapes), dtype: floatOf(one) ?? 'float64' },
    ...{ check: one.exact ? 'exact' : 'bounded', filling: null, seed: 0 },
  };
}
