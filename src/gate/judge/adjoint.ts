/**
 * The kernel against itself: a gradient is the adjoint of the forward pass, <yBar, y - y0> = <gradient, input>, where
 * y0 is what is left of y with the input at 0 (the bias, or nothing). Exact in integers for sums of products, with no
 * step and no tolerance. The forward pass must have been found right, or a self-consistent wrong kernel passes.
 */
import { sameShape, shapeText, zeros } from '../../tensor/index.js';
import type { ResultName, WireData, WireTensor } from '../subject/subject.js';
import { probeAt } from './case-probes.js';
import { firstWrong } from './compare.js';
import { integerBudget } from './integer-budget.js';
import type { Finding, Judge } from './judge.js';
import { isProbed } from './layer.js';
import { failed, openLedger } from './ledger.js';
import { expectedOf, inputOf, type Probe, resultsOf, subjectCall } from './probe.js';

/** One forward and one backward pass. A wrong y is found wrong: then nothing is said of the gradients. */
export const judgeAdjoint: Judge = async (subject, offer, one, context) => {
  const ledger = openLedger(subject, offer, 'adjoint', context);
  const budget = isProbed(one)
    ? integerBudget(one, offer, context.missProbability)
    : 'its gradients are no adjoints of a sum of products';
  if (typeof budget === 'string') {
    ledger.tell(context.results, { kind: 'skipped', why: budget });
    return ledger.outcome();
  }
  const probe = probeAt(one, budget.amplitude, 'adjoint');
  const answer = await ledger.ask(subjectCall(probe, 'forward'));
  if (!answer) return ledger.outcome();
  const expected = expectedOf(probe, 'y');
  ledger.hold('y', expected, answer.y, 'exact');
  const open = resultsOf(probe, 'backward').filter(ledger.isOpen);
  if (open.length === 0 || firstWrong(expected, answer.y)) return ledger.outcome();
  const gradients = await ledger.ask(subjectCall(probe, 'backward', open));
  if (gradients)
    for (const result of open) ledger.tell([result], balanced(probe, answer.y!, result, gradients[result]));
  return ledger.outcome({ missProbability: DEGREE / budget.values });
};

/** The adjoint scalar is of degree 3 in what is drawn. */
const DEGREE = 3;

/** Whether <yBar, y - y0> is <gradient, input>, both of integers. */
export function balanced(
  probe: Probe,
  y: WireTensor,
  result: ResultName,
  gradient: WireTensor | undefined,
): Finding {
  if (!gradient) return { kind: 'skipped', why: 'this gradient is not returned' };
  const input = inputOf(result)!;
  const own = probe.inputs[input]!;
  if (!sameShape(gradient.shape, own.shape))
    return failed('mismatch', 'adjoint', `${result} is ${shapeText(gradient.shape)}, not as ${input}.`);
  const [whole, constant] = [exactDot(probe.upstream.data, y.data), constantFor(probe, input)];
  const backward = exactDot(gradient.data, own.data);
  if (whole === null || constant === null || backward === null)
    return failed('mismatch', 'adjoint', `${result} of integers has cells that are none.`);
  if (backward === whole - constant) return { kind: 'agreed', rung: 'adjoint' };
  const message = `<yBar, y> without what is free of ${input} is ${whole - constant}, but <${result}, ${input}> is ${backward}.`;
  return failed('mismatch', 'adjoint', message);
}

const constants = new WeakMap<Probe, Map<string, bigint | null>>();

/** <yBar, y0>, computed once for a probe. */
function constantFor(probe: Probe, input: string): bigint | null {
  const known = constants.get(probe) ?? new Map<string, bigint | null>();
  constants.set(probe, known);
  const found = known.get(input);
  if (found !== undefined) return found;
  const { call, inputs, upstream } = probe;
  const own = inputs[input]!;
  const rest = call.forward({ ...inputs, [input]: zeros(own.shape, own.dtype) });
  const constant = exactDot(upstream.data, rest.data);
  known.set(input, constant);
  return constant;
}

/** The sum of products as an integer; null unless every cell of both is one, and there are as many. */
export function exactDot(a: WireData, b: WireData): bigint | null {
  if (a.length !== b.length) return null;
  let sum = 0n;
  // Below 2^53 the sum so far is a number; what is beyond is carried over.
  let small = 0;
  for (let k = 0; k < a.length; k++) {
    const [u, v] = [a[k]!, b[k]!];
    if (!Number.isSafeInteger(u) || !Number.isSafeInteger(v)) return null;
    const product = u * v;
    if (Number.isSafeInteger(product) && Number.isSafeInteger(small + product)) small += product;
    else {
      sum += BigInt(small) + BigInt(u) * BigInt(v);
      small = 0;
    }
  }
  return sum + BigInt(small);
}
