/** Real numbers whose sums of products are known exactly: integers times one power of two for each tensor. */
import type { FloatTensor } from '../../ops/index.js';
import { fromArray } from '../../tensor/index.js';
import type { ResultName } from '../subject/subject.js';
import { type Random, randomFrom } from '../vectors/random.js';
import { drawProbe, inputOf, type Probe } from './probe.js';

/** Limbs of 15 bits: their products are below 2^30, and 2^23 of these add up exactly in a float64. */
const LIMB = 2 ** 15;
export const LONGEST_SUM = 2 ** 23;

/** Significand bits of what is drawn: products have more than the element type holds. */
const BITS = { float64: 30, float32: 24 } as const;

export interface Reals extends RealKind {
  readonly probe: Probe;
  /** Of each tensor, yBar among them. */
  readonly integers: Readonly<Record<string, FloatTensor>>;
  /** Value = integer * 2^exponent. */
  readonly exponents: Readonly<Record<string, number>>;
}

export interface RealKind {
  /** Of any size down to the last bit, or all within a factor of two of the largest. */
  readonly spread: 'wide' | 'narrow';
  /** The size of the largest numbers, as a power of two: 0, or far from it. */
  readonly magnitude: number;
}

/** The probe of the same words with real numbers in its place. */
export function drawReals(
  operator: Probe['operator'],
  configuration: Parameters<typeof drawProbe>[1],
  dtype: Probe['dtype'],
  { spread, magnitude }: RealKind,
  words: string,
): Reals {
  const most = BITS[dtype];
  const fixed = (random: Random): number => {
    const bits = spread === 'wide' ? random.integer(1, most) : most;
    const size = 2 ** (bits - 1) + random.integer(0, 2 ** (bits - 1) - 1);
    return random.integer(0, 1) === 0 ? size : -size;
  };
  const drawn = drawProbe(operator, configuration, dtype, fixed, `${words} ${spread} ${magnitude}`);
  const random = randomFrom(`${drawn.id} exponents`);
  const scale = () => magnitude - most - random.integer(0, 4);
  const own: Record<string, number> = { x: scale(), w: scale(), yBar: scale() };
  // In units of the products, so that it adds to them as an integer.
  own.b = own.x! + own.w! + random.integer(0, most);
  const integers = { ...drawn.inputs, yBar: drawn.upstream };
  const scaled = (name: string, { shape, data }: FloatTensor): FloatTensor =>
    fromArray(
      shape,
      Array.from(data, value => value * 2 ** own[name]!),
      dtype,
    );
  const inputs = Object.entries(drawn.inputs).map(([name, one]) => [name, scaled(name, one)] as const);
  const probe = { ...drawn, inputs: Object.fromEntries(inputs), upstream: scaled('yBar', drawn.upstream) };
  return { probe, integers, exponents: own, spread, magnitude };
}

/** The two tensors whose products a result adds up; only yBar for the gradient to a bias. */
export function factorsOf(result: ResultName): readonly string[] {
  const factors = { y: ['x', 'w'], dx: ['yBar', 'w'], dw: ['yBar', 'x'], db: ['yBar'] };
  return factors[result];
}

/** A result by the built-in loops, from tensors in place of those of the probe. */
export function loopResult(
  { call, inputs, upstream }: Probe,
  result: ResultName,
  tensors: Readonly<Record<string, FloatTensor>>,
): ArrayLike<number> {
  const all = { ...inputs, ...tensors };
  const own = Object.fromEntries(Object.keys(inputs).map(name => [name, all[name]!]));
  const input = inputOf(result);
  return input === null ? call.forward(own).data : call.vjp(input, tensors.yBar ?? upstream, own).data;
}

/** Every cell of a result of a layer, rounded once to float64. */
export function exactCells({ probe, integers, exponents }: Reals, result: ResultName): number[] {
  const [a, b] = factorsOf(result);
  const bias = result === 'y' ? integers.b : undefined;
  const none = bias && { b: mapped(bias, () => 0) };
  const run = (left: Part, right: Part): ArrayLike<number> =>
    loopResult(probe, result, {
      ...wide(integers),
      ...none,
      [a!]: mapped(integers[a!]!, left),
      ...(b && { [b]: mapped(integers[b]!, right) }),
    });
  const power = exponents[a!]! + (b ? exponents[b]! : 0);
  if (!b) return Array.from(run(whole, whole), value => value * 2 ** power);
  const [both, left, right, low] = [
    run(high, high),
    run(high, lowest),
    run(lowest, high),
    run(lowest, lowest),
  ];
  const added = bias && biasCells(probe, bias, exponents.b! - power);
  return Array.from(both, (value, k) => {
    const middle = BigInt(left[k]!) + BigInt(right[k]!);
    const sum = (BigInt(value) << 30n) + (middle << 15n) + BigInt(low[k]!) + (added?.[k] ?? 0n);
    return Number(sum) * 2 ** power;
  });
}

type Part = (value: number) => number;

const whole: Part = value => value;
const high: Part = value => Math.trunc(value / LIMB);
const lowest: Part = value => value % LIMB;

/** In float64, whatever the type of the case. */
const mapped = ({ shape, data }: FloatTensor, part: Part): FloatTensor =>
  // Without the sign of a zero, which BigInt does not have.
  fromArray(
    shape,
    Array.from(data, value => part(value) + 0),
    'float64',
  );

const wide = (tensors: Readonly<Record<string, FloatTensor>>): Record<string, FloatTensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, one]) => [name, mapped(one, whole)]));

/** What the bias alone gives each cell of y. */
function biasCells(probe: Probe, bias: FloatTensor, shift: number): bigint[] {
  const zero = { x: mapped(probe.inputs.x!, () => 0), w: mapped(probe.inputs.w!, () => 0) };
  const cells = loopResult(probe, 'y', { ...zero, b: mapped(bias, whole) });
  return Array.from(cells, value => BigInt(value) << BigInt(shift));
}
