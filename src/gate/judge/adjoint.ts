/**
 * The kernel against itself: a gradient is the adjoint of the forward pass, <yBar, y - y0> = <gradient, input>, where
 * y0 is what is left of y with the input at 0 (the bias, or nothing). Exact in integers for sums of products, with no
 * step and no tolerance. The forward pass must have been found right, or a self-consistent wrong kernel passes.
 */
import { isSumOfProducts } from '../../ops/index.js';
import { zeros } from '../../tensor/index.js';
import type { ResultName, WireData, WireTensor } from '../subject/subject.js';
import { inputOf, type Probe, resultsOf } from './probe.js';

export interface Imbalance {
  readonly result: ResultName;
  /** <yBar, y - y0> and <gradient, input>. */
  readonly forward: bigint;
  readonly backward: bigint;
}

type Outputs = Readonly<Partial<Record<ResultName, WireTensor>>>;

/** Whether the adjoint says anything about this operator. */
export const hasAdjoint = ({ operator, call: { call } }: Probe): boolean =>
  isSumOfProducts(operator, call.params, call.rank);

/** The first result whose two sides differ; null if all agree. Results that are not integers are left to others. */
export function firstImbalance(probe: Probe, y: WireTensor, gradients: Outputs): Imbalance | null {
  const { inputs, upstream, call } = probe;
  const whole = exactDot(upstream.data, y.data);
  if (whole === null) return null;
  for (const result of resultsOf(probe, 'backward')) {
    const [input, gradient] = [inputOf(result)!, gradients[result]];
    if (!gradient) continue;
    const own = inputs[input]!;
    const rest = call.forward({ ...inputs, [input]: zeros(own.shape, own.dtype) });
    const constant = exactDot(upstream.data, rest.data);
    const backward = exactDot(gradient.data, own.data);
    if (constant === null || backward === null) continue;
    if (backward !== whole - constant) return { result, forward: whole - constant, backward };
  }
  return null;
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
