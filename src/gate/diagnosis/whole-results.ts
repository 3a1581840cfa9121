/** Whole results of kernels on integers, and whether two of them are alike. */
import { COTANGENT, type Params } from '../../ops/index.js';
import { sameShape } from '../../tensor/index.js';
import type { WireTensor, WireTensors } from '../subject/wire.js';
import type { Random } from '../vectors/random.js';
import { nonZeros, wireTensor } from './probe.js';
import { type Ask, countIn, type Results, type Settled } from './problem.js';

/** Null, or an error, where it has no result for such a call. */
export type Run = (
  inputs: WireTensors,
  upstream: WireTensor | null,
  params: Params,
) => Results | null | Promise<Results | null>;

export interface IntegerCall {
  readonly inputs: WireTensors;
  readonly upstream: WireTensor | null;
}

/** Small integers without 0; later probes are larger, so that narrow sums show. */
export function callAt(settled: Settled, random: Random, probe: number): IntegerCall {
  const amplitude = settled.problem.dtype === 'float64' ? 7 * 64 ** (probe % 4) : 7 * 4 ** (probe % 3);
  const tensor = (name: string) =>
    wireTensor(settled, name, nonZeros(random, countIn(settled, name), amplitude));
  const inputs = Object.fromEntries(Object.keys(settled.call.inputs).map(name => [name, tensor(name)]));
  return { inputs, upstream: settled.wrt === null ? null : tensor(COTANGENT) };
}

export async function computed(
  run: Run,
  settled: Settled,
  { inputs, upstream }: IntegerCall,
): Promise<WireTensor | null> {
  try {
    const results = await run(copiesOf(inputs), upstream && copyOf(upstream), settled.problem.params);
    return resultOf(settled, results);
  } catch {
    // An entry that cannot run such a call does not explain it.
    return null;
  }
}

/** Each gets copies: some kernels write to what they are given. */
export const asked = (ask: Ask, { inputs, upstream }: IntegerCall): Promise<Results | null> =>
  ask(copiesOf(inputs), upstream && copyOf(upstream));

const copiesOf = (tensors: WireTensors): WireTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, one]) => [name, copyOf(one)]));

const copyOf = (tensor: WireTensor): WireTensor => ({ ...tensor, data: tensor.data.slice() });

export const resultOf = ({ problem }: Settled, results: Results | null): WireTensor | null =>
  results?.[problem.result] ?? null;

/** Integers are equal or not; fractions may differ by what dividing earlier or later makes of them. NaN equals NaN. */
export function sameNumbers(a: WireTensor, b: WireTensor): boolean {
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape) || a.data.length !== b.data.length) return false;
  const unit = a.dtype === 'float64' ? 2 ** -46 : 2 ** -17;
  const largest = Array.from(a.data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.data.every((value, k) => {
    const other = b.data[k]!;
    if (value === other || (Number.isNaN(value) && Number.isNaN(other))) return true;
    const whole = Number.isInteger(value) && Number.isInteger(other);
    return !whole && Math.abs(value - other) <= unit * largest;
  });
}
