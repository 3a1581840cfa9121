/** With which numbers a gate fills the tensors of an operator: never at a kink or a tie, which have checks of their own. */
import { operatorNamed } from '../../ops/index.js';
import type { Check, GateCase } from '../plan/gate-case.js';
import type { Fill } from '../vectors/filled-call.js';
import type { Filling } from '../vectors/filling.js';
import { scenariosOf } from '../vectors/scenarios.js';
import { hasExactDifferences } from './difference-place.js';
import { isLayer, isProbed } from './layer.js';

/** Numbers at which functions bend or windows tie; float32 is an element type here, not a filling. */
const ELSEWHERE: readonly Filling[] = ['zeros', 'ties', 'negative', 'float32'];

/** Numbers that rational definitions leave exact. */
const EXACT: readonly Filling[] = ['integers', 'distinct', 'below'];

/** Next to 1 in float64, and 1 in float32. */
const FLOAT64_ONLY: readonly Filling[] = ['nearly'];

type At = Pick<GateCase, 'op' | 'shapes' | 'params' | 'dtype'>;

/**
 * What `filling` can be in cases of this check, each worth a case of its own: null where the check draws its own
 * numbers; nothing where the check says nothing of the operator.
 */
export function fillingsFor(check: Check, at: At): readonly (Filling | null)[] {
  switch (check) {
    case 'exact':
      return isProbed(at) ? [null] : knownFillings(at).filter(one => EXACT.includes(one));
    case 'adjoint':
      return isProbed(at) ? [null] : [];
    case 'bounded':
      return isLayer(at) ? [null] : knownFillings(at).filter(one => !EXACT.includes(one));
    case 'difference':
      return hasExactDifferences(at) ? [null] : [];
    case 'sampled':
      return at.dtype === 'float64' ? [null] : [];
    default:
      return [null];
  }
}

/** Of all tensors of a case; which is chosen where several stand for the filling is for the seed. */
export function fillOf({ op, filling, seed }: Pick<GateCase, 'op' | 'filling' | 'seed'>, own: Filling): Fill {
  const wanted = filling ?? own;
  const fills = new Map<string, Fill>();
  for (const one of scenariosOf(operatorNamed(op)))
    if (one.filling === wanted) fills.set(JSON.stringify(one.fillings ?? {}), one);
  return (
    [...fills.values()][Math.abs(seed) % Math.max(1, fills.size)] ?? {
      filling: wanted,
      fillings: targetsOf(op),
    }
  );
}

/** The first of those that the check takes. */
export function firstFilling(at: At, check: 'exact' | 'bounded'): Filling | null {
  const known = knownFillings(at);
  return known.find(one => EXACT.includes(one) === (check === 'exact')) ?? null;
}

function knownFillings({ op, dtype }: At): Filling[] {
  const named = scenariosOf(operatorNamed(op)).map(({ filling }) => filling);
  const known = [...new Set(named)].filter(
    one => !ELSEWHERE.includes(one) && !(dtype === 'float32' && FLOAT64_ONLY.includes(one)),
  );
  return known.includes('distinct') ? [...known, 'below'] : known;
}

/** Targets and cotangents of an operator for numbers that none of its own traps has. */
function targetsOf(op: string): Readonly<Record<string, Filling>> {
  const [first] = scenariosOf(operatorNamed(op));
  const { target } = first?.fillings ?? {};
  return { ...(target && { target }), yBar: 'integers' };
}
