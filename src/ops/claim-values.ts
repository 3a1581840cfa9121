/** The values of a claimed gradient in any algebra, from those of the tensors that it mentions. */
import { type Algebra, evaluateProgram, type Valued } from '../index-sum/index.js';
import { claimParams, definitionOf } from './cells.js';
import { type Claim, unknownTensor } from './claim.js';
import type { Resolved } from './operator.js';
import { operatorNamed } from './registry.js';
import { resolve } from './resolve.js';

/**
 * @param tensors the call's inputs, the cotangent yBar, and the output y where the claim reads it
 * @throws BackproofError `ill-formed-claim`, and what the claim's operators refuse.
 */
export function claimValues<T>(
  claim: Claim,
  call: Resolved,
  tensors: ReadonlyMap<string, Valued<T>>,
  algebra: Algebra<T>,
): Valued<T> {
  if (claim.kind === 'tensor') {
    const known = tensors.get(claim.name);
    if (!known) throw unknownTensor(claim.name, [...tensors.keys()]);
    return known;
  }
  const inputs = new Map(
    Object.entries(claim.inputs).map(([name, one]) => [name, claimValues(one, call, tensors, algebra)]),
  );
  const operator = operatorNamed(claim.operator);
  const shapes = Object.fromEntries([...inputs].map(([name, { shape }]) => [name, shape]));
  const applied = resolve(operator, shapes, claimParams(claim, call));
  const program = definitionOf(operator, applied.params, applied.rank);
  return evaluateProgram(program, applied.sizes, inputs, algebra);
}
