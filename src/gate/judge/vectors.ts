/** Golden vectors as cases for a kernel. */
import { fromArray } from '../../tensor/index.js';
import { type Offer, RESULTS, type ResultName, type Subject, type WireTensor } from '../subject/subject.js';
import type { VectorCase, VectorTensor } from '../vectors/case.js';
import type { Precision } from '../vectors/precision.js';
import { isBitwise } from '../vectors/reference.js';
import { hasIndices } from '../vectors/targets.js';
import { type Float, floatTensor, stored } from '../vectors/values.js';
import { callOf, floatOf, workOf } from '../vectors/verify.js';
import { type Golden, goldenOf, judgeKnown, type Stated } from './golden.js';
import type { CaseOutcome } from './judge.js';
import { openLedger } from './ledger.js';
import { inputOf } from './probe.js';

/**
 * Runs one case. Only results that the case states are compared; a kernel that does not take its element type skips.
 * @param precision as `precisionOfCases` has it
 * @throws BackproofError what `resolve` and the reference refuse: the case, not the kernel, is at fault.
 */
export async function judgeVector(
  subject: Subject,
  offer: Offer,
  one: VectorCase,
  precision: Precision | null,
  { hangMs }: { readonly hangMs: number },
): Promise<CaseOutcome> {
  const results = RESULTS.filter(result => stateOf(one, result));
  const context = { hangMs, results };
  const dtype = floatOf(one);
  if (dtype) return judgeKnown(subject, offer, goldenFrom(one, dtype, precision), context);
  const ledger = openLedger(subject, offer, 'bounded', context);
  ledger.tell(results, { kind: 'skipped', why: 'the case is not of one type, float64 or float32' });
  return ledger.outcome();
}

function goldenFrom(one: VectorCase, dtype: Float, precision: Precision | null): Golden {
  const { id, op, params, upstream } = one;
  const work = workOf(one, callOf(one), dtype, upstream, precision);
  const inputs = Object.entries(one.inputs).map(([name, tensor]) => [
    name,
    wireInput(one, name, tensor, dtype),
  ]);
  const shapes = RESULTS.flatMap(result => {
    const state = stateOf(one, result);
    return state ? [[result, state.shape] as const] : [];
  });
  const drawn = {
    ...{ id, op, params, dtype },
    inputs: Object.fromEntries(inputs),
    upstream: upstream && floatTensor(upstream, dtype),
    shapes: Object.fromEntries(shapes),
  };
  return goldenOf(drawn, work, isBitwise(work), result => statedBy(one, stateOf(one, result)!, dtype));
}

/** What the case gives of a result, of those that kernels return. */
function stateOf({ outputs, grads, upstream }: VectorCase, result: ResultName): VectorTensor | undefined {
  const input = inputOf(result);
  if (input === null) return outputs.y;
  return upstream ? grads[input] : undefined;
}

function statedBy({ tolerance }: VectorCase, { data }: VectorTensor, dtype: Float): Stated {
  const numbers = data.map(value => stored(value, dtype));
  const tolerances = tolerance ? numbers.map(value => tolerance.abs + tolerance.rel * Math.abs(value)) : null;
  return { numbers, tolerances };
}

/** Class indices stay what they are. */
export function wireInput(
  one: Pick<VectorCase, 'params' | 'inputs'>,
  name: string,
  tensor: VectorTensor,
  dtype: Float,
): WireTensor {
  return name === 'target' && hasIndices(one)
    ? fromArray(tensor.shape, tensor.data.map(Number), 'int32')
    : floatTensor(tensor, dtype);
}
