/**
 * A call whose results are known from the definition, as a case for a kernel: bit for bit where every float computes
 * the same, else within the rounding bound derived for the operator, or within the tolerance that a vector states.
 */
import { BackproofError } from '../../error.js';
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import {
  type Offer,
  type Pass,
  RESULTS,
  type ResultName,
  type Subject,
  type SubjectCall,
  type WireTensor,
  type WireTensors,
} from '../subject/subject.js';
import { type Recomputation, type Reference, referenceOf } from '../vectors/reference.js';
import type { Float } from '../vectors/values.js';
import { bendOf } from './bend.js';
import type { Bound, Expected } from './compare.js';
import { boundsIn, flushed, isExactIn } from './golden-bounds.js';
import type { CaseOutcome, JudgeContext } from './judge.js';
import { openLedger } from './ledger.js';
import { inputOf } from './probe.js';

/** Tensors as kernels take them. */
export interface Drawn {
  readonly id: string;
  readonly op: string;
  readonly params: Params;
  readonly dtype: Float;
  readonly inputs: WireTensors;
  readonly upstream: WireTensor | null;
  /** Of the results that the call has. */
  readonly shapes: Readonly<Partial<Record<ResultName, Shape>>>;
}

export interface Golden extends Drawn {
  readonly work: Recomputation;
  /** Every float computes the same. */
  readonly isBitwise: boolean;
  /** What a vector says of a result; null where it is for the definition to say. */
  readonly stated: ((result: ResultName) => Stated) | null;
  /** Computed once. */
  readonly reference: (result: ResultName) => Reference;
}

export interface Stated {
  readonly numbers: readonly number[];
  readonly tolerances: readonly number[] | null;
}

export function goldenOf(
  drawn: Drawn,
  work: Recomputation,
  isBitwise: boolean,
  stated: Golden['stated'],
): Golden {
  const known = new Map<ResultName, Reference>();
  const reference = (result: ResultName): Reference => {
    const found =
      known.get(result) ??
      // Its bounds are wanted also where exact data stay exact: not every kernel's arithmetic is.
      referenceOf({ ...work, one: { exact: false } }, inputOf(result), 'definition')!;
    known.set(result, found);
    return found;
  };
  return { ...drawn, work, isBitwise, stated, reference };
}

/** @throws BackproofError what the reference refuses: the case, not the kernel, is at fault. */
export async function judgeKnown(
  subject: Subject,
  offer: Offer,
  golden: Golden,
  context: Pick<JudgeContext, 'hangMs' | 'results'>,
): Promise<CaseOutcome> {
  const isExact = golden.isBitwise && isExactIn(offer);
  const ledger = openLedger(subject, offer, isExact ? 'exact' : 'bounded', context);
  for (const pass of ['forward', 'backward'] as const) {
    const wanted = resultsIn(golden, pass).filter(ledger.isOpen);
    const bend = pass === 'backward' && wanted.length > 0 ? bendOf(golden.work, offer.declares) : null;
    if (bend) ledger.tell(wanted, { kind: 'skipped', why: bend });
    const open = wanted.filter(ledger.isOpen);
    const answer = open.length > 0 ? await ledger.ask(callFor(golden, pass, open)) : null;
    if (!answer) continue;
    for (const result of open) {
      const expected = expectedIn(golden, result, offer);
      ledger.hold(result, expected, answer[result], expected.bounds ? 'bounded' : 'exact');
    }
  }
  return ledger.outcome();
}

function runningBound({ dtype }: Golden, bounds: ArrayLike<number>): Bound {
  const size = Array.from(bounds).reduce((most, bound) => Math.max(most, bound), 0);
  return { text: `a running error bound in ${dtype}, at most ${size.toExponential(1)}`, size };
}

/** The results of a pass that the call has. */
export function resultsIn({ shapes, upstream }: Drawn, pass: Pass): ResultName[] {
  if (pass === 'forward') return shapes.y ? ['y'] : [];
  return upstream ? RESULTS.filter(result => result !== 'y' && shapes[result]) : [];
}

/** The call as a subject takes it. */
export function callFor(drawn: Drawn, pass: Pass, open: readonly ResultName[]): SubjectCall {
  const { id, op, params, inputs, upstream, dtype, shapes } = drawn;
  const want = open.map(result => [result, { shape: shapes[result]!, dtype }] as const);
  return {
    ...{ id: `${id} ${pass}`, op, pass, params, inputs },
    upstream: pass === 'backward' ? upstream : null,
    want: Object.fromEntries(want),
    out: null,
  };
}

/** What a result has to be, for a kernel of this offer. */
export function expectedIn(golden: Golden, result: ResultName, offer: Offer): Expected {
  const { dtype, shapes, stated, reference } = golden;
  const { numbers, tolerances } = stated?.(result) ?? { ...reference(result), tolerances: null };
  const own = { shape: shapes[result]!, dtype, numbers };
  if (golden.isBitwise && isExactIn(offer)) return { ...own, bounds: null };
  if (tolerances) return { ...own, bounds: tolerances };
  const known = reference(result).bounds;
  if (!known) return { ...own, bounds: null };
  const bounds = boundsIn(offer, dtype, known, flushed(dtype, largestOf(golden)));
  return { ...own, bounds, why: runningBound(golden, bounds) };
}

function largestOf({ inputs, upstream }: Drawn): number {
  const tensors = [...Object.values(inputs), ...(upstream ? [upstream] : [])];
  const numbers = tensors.flatMap(({ data }) => Array.from(data, Math.abs)).filter(Number.isFinite);
  return numbers.reduce((most, value) => Math.max(most, value), 0);
}

/** Why the definition has no value here; any other error goes on. */
export function whyNoValue(error: unknown): string {
  if (error instanceof BackproofError) return error.message;
  throw error;
}
