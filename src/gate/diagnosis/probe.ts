/** One element of a kernel's result as a function of its inputs: counted calls, and reasons to give up. */
import { BackproofError } from '../../error.js';
import { COTANGENT } from '../../ops/index.js';
import { ravel, sameShape, shapeText } from '../../tensor/index.js';
import type { WireTensor } from '../subject/wire.js';
import { type Random, randomFrom } from '../vectors/random.js';
import { type Ask, countIn, type Settled, shapeIn } from './problem.js';

/** Values of whole tensors; one that is not given is 0 where the formula may read it. */
export type Values = ReadonlyMap<string, ArrayLike<number>>;

export interface Probe {
  readonly settled: Settled;
  /** Tensors that the formula may read. */
  readonly reads: readonly string[];
  readonly random: Random;
  /** Calls of the kernel so far. */
  readonly calls: () => number;
  /** The element, always finite. @throws BackproofError `not-recovered`. */
  readonly value: (values: Values) => Promise<number>;
  /** Values from -amplitude to amplitude, never 0. */
  readonly values: (tensor: string, amplitude: number) => number[];
}

const NOT_RECOVERED = 'not-recovered';

/** @throws BackproofError `not-recovered`: caught by whoever began the recovery. */
export function giveUp(why: string): never {
  throw new BackproofError({
    code: NOT_RECOVERED,
    where: 'recoverFormula',
    what: why,
    expected: 'a polynomial with small fractions in front',
    got: 'something else',
    fix: 'Compare values instead.',
  });
}

/** Why a recovery was given up; any other error goes on. */
export function whyNot(error: unknown): string {
  if (error instanceof BackproofError && error.code === NOT_RECOVERED) return error.what;
  throw error;
}

export function probeOf(
  settled: Settled,
  ask: Ask,
  reads: readonly string[],
  { maxCalls, seed }: { readonly maxCalls: number; readonly seed: number },
): Probe {
  const random = randomFrom(`recover ${seed}`);
  const values = (tensor: string, amplitude: number) => nonZeros(random, countIn(settled, tensor), amplitude);
  const others = settled.tensors.filter(tensor => !reads.includes(tensor));
  // What the formula may not read stays the same from probe to probe, so that it cannot disturb the digits.
  const fixed = new Map(others.map(tensor => [tensor, values(tensor, 7)]));
  let calls = 0;
  const value = async (given: Values): Promise<number> => {
    if (calls >= maxCalls) giveUp(`it would take more than ${maxCalls} calls`);
    calls++;
    const tensor = (name: string) => wireTensor(settled, name, given.get(name) ?? fixed.get(name) ?? null);
    const inputs = Object.fromEntries(Object.keys(settled.call.inputs).map(name => [name, tensor(name)]));
    const results = await ask(inputs, settled.wrt === null ? null : tensor(COTANGENT));
    return elementOf(settled, results?.[settled.problem.result] ?? null);
  };
  return { settled, reads, random, calls: () => calls, value, values };
}

/** Random integers that are not 0. */
export function nonZeros(random: Random, count: number, amplitude: number): number[] {
  return Array.from({ length: count }, () => {
    const drawn = random.integer(1, 2 * amplitude);
    return drawn > amplitude ? amplitude - drawn : drawn;
  });
}

/** A dense tensor of the call's element type; null is zeros. */
export function wireTensor(settled: Settled, name: string, values: ArrayLike<number> | null): WireTensor {
  const { dtype } = settled.problem;
  const Storage = dtype === 'float64' ? Float64Array : Float32Array;
  const data = new Storage(countIn(settled, name));
  if (values) data.set(values);
  return { shape: shapeIn(settled, name), data, dtype };
}

function elementOf({ problem: { result, index, dtype }, shape }: Settled, tensor: WireTensor | null): number {
  if (!tensor) giveUp(`the kernel gave no ${result} on a probe`);
  if (!sameShape(tensor.shape, shape) || tensor.dtype !== dtype)
    giveUp(`${result} came as ${tensor.dtype} ${shapeText(tensor.shape)}, not ${dtype} ${shapeText(shape)}`);
  const flat = tensor.strides
    ? index.reduce((at, one, axis) => at + one * tensor.strides![axis]!, tensor.offset ?? 0)
    : ravel(shape, index);
  const value = tensor.data[flat];
  if (value === undefined || !Number.isFinite(value))
    giveUp(`the element is ${value} on a probe of integers`);
  return value;
}
