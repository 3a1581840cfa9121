/** Golden vectors as cases of a gate. */
import { judgeVector } from '../judge/vectors.js';
import type { GateCase } from '../plan/gate-case.js';
import type { VectorCase } from '../vectors/case.js';
import { withOneHot } from '../vectors/targets.js';
import { floatOf, precisionOfCases } from '../vectors/verify.js';
import type { Trial } from './trial.js';

export async function vectorTrials(cases: readonly VectorCase[]): Promise<Trial[]> {
  const precision = await precisionOfCases(cases);
  return cases.map(one => ({
    ...{ id: one.id, part: 'vector', one: asCase(one) },
    judge: (subject, offer, _, { hangMs }) => judgeVector(subject, offer, one, precision, { hangMs }),
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
