/** One case of a gate: everything that it takes to run it again, and nothing that depends on other cases. */
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { Filling } from '../vectors/filling.js';

/** What is looked at: values, differences, policies, or the conditions of a call. */
export const CHECKS = [
  /** Values that no rounding can touch: integer probes of sums of products, else the definition in fractions. */
  'exact',
  /** <yBar, y> against <gradient, input> in exact integers, without a reference. */
  'adjoint',
  /** Real values, within the rounding bound. */
  'bounded',
  /** The kernel's backward pass against exact differences of its own forward pass. */
  'difference',
  /** The same where the function bends: adaptive differences. */
  'sampled',
  /** Equal maxima, as the kernel declares them. */
  'ties',
  /** The slope where a function has a kink, as the kernel declares it. */
  'kink',
  /** Operands with strides and an offset. */
  'strides',
  /** A result that is written where the caller says. */
  'out',
  /** The same call again. */
  'repeat',
  /** NaN, infinities, -0, subnormal numbers. */
  'special',
] as const;
export type Check = (typeof CHECKS)[number];

export interface Configuration {
  /** As the definition reads them: a target has a number per class, also where the call has indices. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** In the form of golden vectors, every one written. */
  readonly params: Params;
}

export interface GateCase extends Configuration {
  readonly op: string;
  readonly dtype: 'float64' | 'float32';
  readonly check: Check;
  /** Numbers of the operands; null: the check chooses. */
  readonly filling: Filling | null;
  readonly seed: number;
}
