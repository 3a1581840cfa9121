/** Verifying golden vectors: every case computed again by witnesses that do not know each other. */
import { BackproofError } from '../../error.js';
import { operatorNamed, operators, type Resolved, resolve } from '../../ops/index.js';
import type { VectorCase, VectorTensor } from './case.js';
import { type Difference, differentKind, firstDifference } from './compare.js';
import { type Precision, precisionFor } from './precision.js';
import { refuseTooLarge } from './recompute.js';
import { prepared, type Recomputation } from './reference.js';
import { withOneHot } from './targets.js';
import type { Float } from './values.js';

export interface VectorsReport {
  readonly file: string;
  readonly cases: number;
  readonly agreed: number;
  /** The first difference of each tensor. */
  readonly failed: readonly ({ readonly id: string } & Difference)[];
  readonly unsupported: readonly { readonly id: string; readonly reason: string }[];
}

/** Runs in steps, each after another case: the number done. */
export function* verifySteps(
  cases: readonly VectorCase[],
  file: string,
  precision: Precision | null = null,
): Generator<number, VectorsReport> {
  const failed: ({ id: string } & Difference)[] = [];
  const unsupported: { id: string; reason: string }[] = [];
  let agreed = 0;
  for (const [k, one] of cases.entries()) {
    const outcome = verifyCase(one, precision);
    if (typeof outcome === 'string') unsupported.push({ id: one.id, reason: outcome });
    else if (outcome.length === 0) agreed++;
    else failed.push(...outcome.map(difference => ({ id: one.id, ...difference })));
    yield k + 1;
  }
  return { file, cases: cases.length, agreed, failed, unsupported };
}

/** The differences; or, as a text, why nothing can be said. */
function verifyCase(one: VectorCase, precision: Precision | null): readonly Difference[] | string {
  const dtype = floatOf(one);
  if (!dtype) return 'the built-in kernels take tensors of one type, float64 or float32';
  if (!one.outputs.y && Object.keys(one.grads).length === 0)
    return 'there is no output and no gradient to compare';
  try {
    const call = callOf(one);
    const misfit = one.upstream && differentKind('upstream', one.upstream, call.output, dtype);
    const work = workOf(one, call, dtype, misfit ? null : one.upstream, precision);
    const { y } = one.outputs;
    const grads = misfit ? [] : Object.entries(one.grads);
    return [
      ...(misfit ? [misfit] : []),
      ...[y ? firstDifference(work, null, y) : null].flatMap(one => one ?? []),
      ...grads.flatMap(([wrt, expected]) => firstDifference(work, wrt, expected) ?? []),
    ];
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    return error.message;
  }
}

/** The call of a case, not too large to be computed again. @throws BackproofError what `resolve` and the size refuse. */
export function callOf(one: VectorCase): Resolved {
  const operator = operatorNamed(one.op);
  const shapes = Object.entries(withOneHot(one)).map(([name, { shape }]) => [name, shape] as const);
  const call = resolve(operator, Object.fromEntries(shapes), one.params);
  refuseTooLarge(operator, call);
  return call;
}

/** What its tensors are computed from. */
export function workOf(
  one: VectorCase,
  call: Resolved,
  dtype: Float,
  upstream: VectorTensor | null,
  precision: Precision | null,
): Recomputation {
  const given = { ...withOneHot(one), ...(upstream && { yBar: upstream }) };
  return prepared({ operator: operatorNamed(one.op), call, dtype, given, one, precision });
}

/** The one element type of the inputs and the upstream; class indices have none. */
export function floatOf(one: VectorCase): Float | null {
  const tensors = [...Object.values(withOneHot(one)), ...(one.upstream ? [one.upstream] : [])];
  const types = new Set(tensors.map(({ dtype }) => dtype));
  const [only] = types;
  return types.size === 1 && (only === 'float64' || only === 'float32') ? only : null;
}

/** What it takes to compute these cases again: nothing, or mathjs. */
export function precisionOfCases(cases: readonly VectorCase[]): Promise<Precision | null> {
  const names = new Set(cases.map(one => one.op));
  return precisionFor(operators.filter(operator => names.has(operator.name)));
}
