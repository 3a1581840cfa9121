/**
 * Golden vectors as cases for a kernel: exact ones bit for bit, others within the rounding bound derived for their
 * operator, or within the tolerance that they state.
 */
import { fromArray } from '../../tensor/index.js';
import {
  type Answer,
  type Offer,
  type Pass,
  RESULTS,
  type ResultName,
  type Subject,
  type SubjectCall,
  type WireTensor,
  type WireTensors,
} from '../subject/subject.js';
import type { VectorCase, VectorTensor } from '../vectors/case.js';
import type { Precision } from '../vectors/precision.js';
import { isBitwise, type Recomputation, referenceOf } from '../vectors/reference.js';
import { hasIndices } from '../vectors/targets.js';
import { type Float, floatTensor, stored } from '../vectors/values.js';
import { callOf, floatOf, workOf } from '../vectors/verify.js';
import { SIGNIFICAND } from './budget.js';
import { type Expected, firstWrong, type Wrong } from './compare.js';
import { inputOf } from './probe.js';

/** What one case says of one result. */
export type VectorFinding =
  | { readonly kind: 'agreed'; readonly rung: 'exact' | 'bounded' }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'wrong'; readonly wrong: Wrong }
  | { readonly kind: 'mutated'; readonly names: readonly string[] }
  | { readonly kind: 'fault'; readonly answer: Extract<Answer, { kind: 'fault' }> };

export type VectorFindings = Readonly<Partial<Record<ResultName, VectorFinding>>>;

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
  options: { readonly hangMs: number },
): Promise<VectorFindings> {
  const dtype = floatOf(one);
  if (!dtype)
    return everyResult(one, { kind: 'skipped', why: 'the case is not of one type, float64 or float32' });
  const work = workOf(one, callOf(one), dtype, one.upstream, precision);
  const findings: Partial<Record<ResultName, VectorFinding>> = {};
  for (const pass of ['forward', 'backward'] as const) {
    const results = statedBy(one, pass);
    if (results.length === 0) continue;
    const say = (finding: VectorFinding): void => {
      for (const result of results) findings[result] = finding;
    };
    const refusal = whyNot(offer, pass, dtype);
    if (refusal !== null) {
      say({ kind: 'skipped', why: refusal });
      continue;
    }
    const answer = await subject.call(subjectCallOf(one, dtype, pass, results), options);
    if (answer.kind === 'skip') say({ kind: 'skipped', why: answer.why });
    else if (answer.kind === 'fault') say({ kind: 'fault', answer });
    else if (answer.mutated.length > 0) say({ kind: 'mutated', names: answer.mutated });
    else
      for (const result of results)
        findings[result] = compared(one, work, offer, result, answer.outputs[result]);
  }
  return findings;
}

const everyResult = (one: VectorCase, finding: VectorFinding): VectorFindings =>
  Object.fromEntries(
    [...statedBy(one, 'forward'), ...statedBy(one, 'backward')].map(result => [result, finding]),
  );

function whyNot({ passes, declares }: Offer, pass: Pass, dtype: Float): string | null {
  if (!passes.includes(pass)) return `no ${pass} pass`;
  return declares.dtypes.includes(dtype) ? null : `${dtype} is not declared`;
}

/** The results that the case gives, of those that kernels return. */
function statedBy({ outputs, grads, upstream }: VectorCase, pass: Pass): ResultName[] {
  if (pass === 'forward') return outputs.y ? ['y'] : [];
  return upstream ? RESULTS.filter(result => inputOf(result) !== null && grads[inputOf(result)!]) : [];
}

const stateOf = (one: VectorCase, result: ResultName): VectorTensor =>
  inputOf(result) === null ? one.outputs.y! : one.grads[inputOf(result)!]!;

function subjectCallOf(
  one: VectorCase,
  dtype: Float,
  pass: Pass,
  results: readonly ResultName[],
): SubjectCall {
  const wire = (name: string, tensor: VectorTensor): WireTensor =>
    name === 'target' && hasIndices(one)
      ? fromArray(tensor.shape, tensor.data.map(Number), 'int32')
      : floatTensor(tensor, dtype);
  const inputs: WireTensors = Object.fromEntries(
    Object.entries(one.inputs).map(([name, tensor]) => [name, wire(name, tensor)]),
  );
  const want = results.map(result => [result, { shape: stateOf(one, result).shape, dtype }] as const);
  return {
    id: `${one.id} ${pass}`,
    op: one.op,
    pass,
    params: one.params,
    inputs,
    upstream: pass === 'backward' && one.upstream ? floatTensor(one.upstream, dtype) : null,
    want: Object.fromEntries(want),
    out: null,
  };
}

function compared(
  one: VectorCase,
  work: Recomputation,
  offer: Offer,
  result: ResultName,
  got: WireTensor | undefined,
): VectorFinding {
  if (!got && result !== 'y') return { kind: 'skipped', why: 'this gradient is not returned' };
  const expected = expectedOf(one, work, offer, result);
  const wrong = firstWrong(expected, got);
  return wrong ? { kind: 'wrong', wrong } : { kind: 'agreed', rung: expected.bounds ? 'bounded' : 'exact' };
}

function expectedOf(one: VectorCase, work: Recomputation, { declares }: Offer, result: ResultName): Expected {
  const { dtype } = work;
  const { shape, data } = stateOf(one, result);
  const numbers = data.map(value => stored(value, dtype));
  const isExact = isBitwise(work) && declares.arithmetic === 'exact';
  if (isExact) return { shape, dtype, numbers, bounds: null };
  const { tolerance } = one;
  if (tolerance) {
    return {
      shape,
      dtype,
      numbers,
      bounds: numbers.map(value => tolerance.abs + tolerance.rel * Math.abs(value)),
    };
  }
  // Sums in a narrower type slip by as many times more.
  const narrower = Math.max(0, SIGNIFICAND[dtype] - SIGNIFICAND[declares.accumulate ?? dtype]);
  const bounds = referenceOf(work, inputOf(result), 'definition')!.bounds?.map(
    bound => bound * 2 ** narrower,
  );
  return { shape, dtype, numbers, bounds: bounds ?? null };
}
