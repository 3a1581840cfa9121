/** Random calls: the same seed gives the same ones. Shapes and parameters are drawn, never numbers of tensors. */
import type { Arbitrary } from 'fast-check';
import { operatorNamed } from '../../ops/index.js';
import type { Declares } from '../subject/declares.js';
import { writtenParams } from '../vectors/format.js';
import { callOf } from './call.js';
import type { Configuration } from './gate-case.js';
import { functionCalls } from './random-functions.js';
import { slidingCalls } from './random-sliding.js';
import { slidingKind } from './sliding-call.js';
import { supports } from './support.js';

/**
 * Calls in the default domain, within what the kernel declares; fewer than `count` only where it declares none.
 * An operator that golden vectors promise nothing of gives its examples in turn.
 * @throws BackproofError `unknown-operator`.
 */
export async function randomConfigurations(
  op: string,
  seed: number,
  count: number,
  declares: Declares,
): Promise<Configuration[]> {
  const fc = await import('fast-check');
  const sliding = slidingKind(op);
  const calls: Arbitrary<Configuration> | 'none' | null = sliding
    ? slidingCalls(fc, sliding, declares.supports)
    : functionCalls(fc, op, declares.supports.maxRank);
  if (calls === 'none') return [];
  if (calls) return count === 0 ? [] : fc.sample(calls, { seed, numRuns: count });
  const examples = exampleCalls(op).filter(one => supports(declares, operatorNamed(op), one) === null);
  const length = examples.length === 0 ? 0 : count;
  return Array.from({ length }, (_, k) => examples[k % examples.length]!);
}

/** The examples of an operator, every parameter written. */
export function exampleCalls(op: string): Configuration[] {
  const operator = operatorNamed(op);
  return operator.examples.flatMap(({ shapes, params }) => {
    const call = callOf(operator, { shapes, params });
    return call ? [{ shapes, params: writtenParams(operator, params, call.rank) }] : [];
  });
}
