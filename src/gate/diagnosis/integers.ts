/** A kernel's element as exact integers: scaled by the denominators of its coefficients, rounded where it divides. */
import { integer, rational } from '../../exact/index.js';
import { type Formula, valueAt } from './formula.js';
import { giveUp, type Probe, type Values } from './probe.js';

/** In which numbers a kernel is read. */
export interface Reading {
  /** Coefficients times this are integers. */
  readonly scale: number;
  /** The kernel divides: its values are rounded, so fewer of their bits are read. */
  readonly rounded: boolean;
  /** Integers below 2 to this power come back. */
  readonly bits: number;
}

/** How to set about it. */
export interface Attempt {
  /** Of the significand that the kernel's sums are taken to have. */
  readonly bits: number;
  /** Random values that are looked at for fractions. */
  readonly values: number;
  /** It is taken to divide, also where these show no fraction. */
  readonly divides: boolean;
}

/** Bits that are left to rounding where a kernel divides. */
const SLACK = 8;

/** Small integers, so that sums of some hundred products stay exact. */
export const amplitudeAt = (bits: number): number => (bits > 12 ? 7 : 3);

/** As large as leaves room for those: what cancels in one of these does so by little chance. */
export const weightAt = (bits: number): number => 2 ** Math.max(2, Math.min(16, Math.floor(bits / 3)));

/** The scale that makes random values integers. @throws BackproofError `not-recovered`. */
export async function readingAt(probe: Probe, { bits, values, divides }: Attempt): Promise<Reading> {
  let scale = 1;
  let rounded = divides;
  for (let k = 0; k < values; k++) {
    const value = await probe.value(new Map(probe.reads.map(name => [name, probe.values(name, 3)])));
    if (Number.isInteger(value)) continue;
    const denominator = denominatorOf(value, bits);
    // Halves and quarters come exactly.
    if (!Number.isInteger(Math.log2(denominator)) || !Number.isInteger(value * denominator)) rounded = true;
    scale = Number(integer.divide(scale * denominator, integer.gcd(scale, denominator)));
  }
  const left = rounded ? bits - SLACK : bits;
  if (scale > 2 ** (left / 2)) giveUp('its coefficients are no small fractions');
  return { scale, rounded, bits: left };
}

/** The smallest denominator that explains a rounded value. */
function denominatorOf(value: number, bits: number): number {
  const most = Math.min(20_000, 2 ** (bits / 2 - 3));
  const tolerance = 2 ** (5 - bits) * Math.max(1, Math.abs(value));
  for (let denominator = 1; denominator <= most; denominator++) {
    const scaled = value * denominator;
    if (Math.abs(scaled - Math.round(scaled)) <= tolerance * denominator) return denominator;
  }
  return giveUp('its coefficients are no small fractions');
}

/**
 * The element at these values, without what is known of it already. The tensor `scaled` is multiplied by the scale.
 * @throws BackproofError `not-recovered` where that is no integer.
 */
export async function integerAt(
  probe: Probe,
  { scale, rounded }: Reading,
  scaled: string,
  values: Values,
  known: Formula,
): Promise<number> {
  const given = new Map(values);
  if (scale !== 1)
    given.set(
      scaled,
      Array.from(values.get(scaled)!, one => one * scale),
    );
  const value = await probe.value(given);
  const rest =
    value - rational.toNumber(valueAt(known, ({ tensor, cell }) => given.get(tensor)?.[cell] ?? 0));
  const nearest = Math.round(rest) + 0;
  if (Math.abs(rest - nearest) > (rounded ? 1 / 16 : 0)) giveUp('some of its values are fractions');
  return nearest;
}
