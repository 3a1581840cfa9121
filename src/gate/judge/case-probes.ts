/** The integer probes of a case. */
import { operatorNamed } from '../../ops/index.js';
import type { GateCase } from '../plan/gate-case.js';
import { keeping } from './keeping.js';
import { drawProbe, integersUpTo, type Probe } from './probe.js';

const keep = keeping<Map<string, Probe>>(256);

/** Integers from -A to A without 0, drawn from the seed of the case and these words. */
export function probeAt(one: GateCase, amplitude: number, words: string): Probe {
  const draw = () =>
    drawProbe(operatorNamed(one.op), one, one.dtype, integersUpTo(amplitude), `${words} ${one.seed}`);
  return kept(one, `${words} ${amplitude}`, draw);
}

/** Every number is 1: a sum of products is as large as it is long. */
export const onesAt = (one: GateCase): Probe =>
  kept(one, 'ones', () => drawProbe(operatorNamed(one.op), one, 'float64', () => 1, 'ones'));

/** What is made from a case, once. */
export function kept(one: GateCase, words: string, make: () => Probe): Probe {
  const known = keep(one, () => new Map());
  const probe = known.get(words) ?? make();
  known.set(words, probe);
  return probe;
}
