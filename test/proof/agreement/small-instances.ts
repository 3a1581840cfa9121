/** Random small values of a statement's parameters, found without the refuter. */
import { polynomial } from '../../../src/exact/index.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';
import { valueAt } from '../statement/sums.js';

/** A number from 0 up to 1. */
export type Random = () => number;

/** Numbers by the generator mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
    return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const chosen = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;

const CANDIDATES = Array.from({ length: 11 }, (_, k) => k - 2);

const TRIES = 2000;

/** Values from -2 to 8, mostly 1 and 2, that meet every assumption; null where none was found. */
export function smallInstance({ parameters, assume }: Statement, random: Random): Map<string, number> | null {
  const facts = assume.map(fact => ({ fact, names: [...polynomial.names(fact)] }));
  const values: Record<string, number> = {};
  let tries = TRIES;
  const descend = (k: number): boolean => {
    const name = parameters[k];
    if (name === undefined) return true;
    const due = facts.filter(
      ({ names }) => names.includes(name) && names.every(one => one === name || one in values),
    );
    const order = CANDIDATES.map(value => ({ value, key: Math.abs(value - 1.5) * 0.5 + random() }));
    order.sort((a, b) => a.key - b.key);
    for (const { value } of order) {
      if (tries-- <= 0) return false;
      values[name] = value;
      if (due.every(({ fact }) => valueAt(fact, values) >= 0) && descend(k + 1)) return true;
      delete values[name];
    }
    return false;
  };
  return descend(0) ? new Map(Object.entries(values)) : null;
}
