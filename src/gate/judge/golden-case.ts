/** Cases of a gate whose results come from the definition: operators that are no sums of products. */
import { operatorNamed } from '../../ops/index.js';
import type { GateCase } from '../plan/gate-case.js';
import { RESULTS } from '../subject/subject.js';
import { staysExact } from '../vectors/exactness.js';
import { type FilledCall, filledCall } from '../vectors/filled-call.js';
import type { Filling } from '../vectors/filling.js';
import type { Precision } from '../vectors/precision.js';
import { randomFrom } from '../vectors/random.js';
import { refuseTooLarge } from '../vectors/recompute.js';
import { prepared } from '../vectors/reference.js';
import { floatTensor } from '../vectors/values.js';
import { fillOf, firstFilling } from './fillings.js';
import { type Drawn, type Golden, goldenOf, judgeKnown, whyNoValue } from './golden.js';
import type { Judge } from './judge.js';
import { keeping } from './keeping.js';
import { openLedger } from './ledger.js';
import { inputOf } from './probe.js';
import { wireInput } from './vectors.js';

/** The rung is `exact` where the data stay exact, else `bounded`. */
export const judgeGolden: Judge = async (subject, offer, one, context) => {
  const golden = goldenAt(one, context.precision);
  if (typeof golden !== 'string') return judgeKnown(subject, offer, golden, context);
  const ledger = openLedger(subject, offer, 'bounded', context);
  ledger.tell(context.results, { kind: 'skipped', why: golden });
  return ledger.outcome();
};

const keep = keeping<Golden | string>(64);

/** What is known of the results; or, as a text, why nothing is. */
const goldenAt = (one: GateCase, precision: Precision | null): Golden | string =>
  keep(one, () => drawnGolden(one, precision));

function drawnGolden(one: GateCase, precision: Precision | null): Golden | string {
  const own = one.filling ?? firstFilling(one, one.check === 'exact' ? 'exact' : 'bounded');
  if (own === null) return 'there are no numbers that its function leaves exact';
  try {
    return ready(goldenFrom(drawnCall(one, own), `${one.op} ${one.check} ${one.seed}`, precision));
  } catch (error) {
    return whyNoValue(error);
  }
}

/** With all its results computed: what the definition refuses is found here. */
function ready(golden: Golden): Golden {
  for (const result of RESULTS) if (golden.shapes[result]) golden.reference(result);
  return golden;
}

/** The tensors of a case. @throws BackproofError the codes of `resolve`. */
export function drawnCall(one: GateCase, own: Filling): FilledCall {
  const { op, shapes, params, dtype, seed } = one;
  const random = randomFrom([op, JSON.stringify(shapes), JSON.stringify(params), dtype, own, seed].join(' '));
  return filledCall(operatorNamed(op), { shapes, params }, fillOf(one, own), dtype, random);
}

/** @throws BackproofError what the definition refuses. */
export function goldenFrom(filled: FilledCall, id: string, precision: Precision | null): Golden {
  const { operator, call, dtype, given } = filled;
  refuseTooLarge(operator, call);
  const work = prepared({ operator, call, dtype, given, one: { exact: false }, precision });
  return goldenOf(drawnFrom(filled, id), work, staysExact(work), null);
}

/** The tensors as kernels take them, and the results: the output, and the gradients to float inputs that are there. */
export function drawnFrom(
  { operator, call, params, dtype, inputs, upstream }: FilledCall,
  id: string,
): Drawn {
  const wired = Object.entries(inputs).map(([name, tensor]) => [
    name,
    wireInput({ params, inputs }, name, tensor, dtype),
  ]);
  const shapes = RESULTS.flatMap(result => {
    const input = inputOf(result);
    if (input === null) return [[result, call.output] as const];
    return inputs[input]?.dtype === dtype ? [[result, call.inputs[input]!] as const] : [];
  });
  return {
    ...{ id, op: operator.name, params, dtype },
    inputs: Object.fromEntries(wired),
    upstream: floatTensor(upstream, dtype),
    shapes: Object.fromEntries(shapes),
  };
}
