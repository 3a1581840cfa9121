/** Verifying golden vectors: every case computed again by witnesses that do not know each other. */
import { BackproofError } from '../../error.js';
import { resolve } from '../../ops/index.js';
import type { VectorCase } from './case.js';
import { type Difference, differentKind, firstDifference } from './compare.js';
import { formatOf } from './format.js';
import { refuseTooLarge } from './recompute.js';
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
export function* verifySteps(cases: readonly VectorCase[], file: string): Generator<number, VectorsReport> {
  const failed: ({ id: string } & Difference)[] = [];
  const unsupported: { id: string; reason: string }[] = [];
  let agreed = 0;
  for (const [k, one] of cases.entries()) {
    const outcome = verifyCase(one);
    if (typeof outcome === 'string') unsupported.push({ id: one.id, reason: outcome });
    else if (outcome.length === 0) agreed++;
    else failed.push(...outcome.map(difference => ({ id: one.id, ...difference })));
    yield k + 1;
  }
  return { file, cases: cases.length, agreed, failed, unsupported };
}

/** The differences; or, as a text, why nothing can be said. */
function verifyCase(one: VectorCase): readonly Difference[] | string {
  const { operator } = formatOf(one.op, { file: one.id, line: 0, path: 'op' });
  if (!operator) return `${one.op} is not among the operators of this version`;
  const dtype = floatOf(one);
  if (!dtype) return 'the built-in kernels take tensors of one type, float64 or float32';
  const wrts = Object.keys(one.grads);
  if (!one.outputs.y && wrts.length === 0) return 'there is no output and no gradient to compare';
  try {
    const shapes = Object.entries(one.inputs).map(([name, { shape }]) => [name, shape] as const);
    const call = resolve(operator, Object.fromEntries(shapes), one.params);
    refuseTooLarge(operator, call);
    const misfit = one.upstream && differentKind('upstream', one.upstream, call.output, dtype);
    const given = { ...one.inputs, ...(one.upstream && !misfit && { yBar: one.upstream }) };
    const work = { operator, call, dtype, given, one };
    const results = [...(one.outputs.y ? [null] : []), ...(misfit ? [] : wrts)];
    return [...(misfit ? [misfit] : []), ...results.flatMap(wrt => firstDifference(work, wrt) ?? [])];
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    return error.message;
  }
}

/** The one element type of the inputs and the upstream. */
function floatOf({ inputs, upstream }: VectorCase): Float | null {
  const types = new Set([...Object.values(inputs), ...(upstream ? [upstream] : [])].map(one => one.dtype));
  const [only] = types;
  return types.size === 1 && (only === 'float64' || only === 'float32') ? only : null;
}
