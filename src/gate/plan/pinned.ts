/**
 * The calls that every gate runs first: a covering set, on which every mutant that is known shows, with the numbers
 * that it takes. test/gate/plan/cover.json says which mutant shows on which call, with which numbers, and which is equivalent there.
 */
import { configurationOf } from './configuration-text.js';
import type { Configuration } from './gate-case.js';
import { AVG_POOL } from './pinned-avg-pool.js';
import { CONV } from './pinned-conv.js';
import { CONV_TRANSPOSE } from './pinned-conv-transpose.js';
import { FUNCTIONS } from './pinned-functions.js';
import { MAX_POOL } from './pinned-max-pool.js';
import type { Pins } from './pins.js';

export interface PinnedConfiguration extends Configuration {
  /** Ids of mutants that show here, and on none of the calls before it. */
  readonly kills: readonly string[];
}

const PINS: Pins = { ...CONV, ...CONV_TRANSPOSE, ...MAX_POOL, ...AVG_POOL, ...FUNCTIONS };

/** Those that kill most come first, the largest batch last; none for operators without known mutants. */
export function pinnedConfigurations(op: string): readonly PinnedConfiguration[] {
  const pins = Object.hasOwn(PINS, op) ? PINS[op]! : [];
  return pins.map(([call, kills]) => ({
    ...configurationOf(op, call),
    kills: kills.split(' ').filter(id => id !== ''),
  }));
}
