/** Kernels in the form in which people bring them: plain functions on tensors, with what they declare. */
import type { Params } from '../../ops/index.js';
import type { Declared } from '../subject/declares.js';
import type { ResultName, WireTensor, WireTensors } from '../subject/subject.js';

export interface ModuleKernel {
  readonly declares: Declared;
  /** y from x, and w, b, target where the operator has them. */
  forward(inputs: WireTensors, params: Params): WireTensor;
  /** The gradients x, w, b from the cotangent of y. */
  backward(inputs: WireTensors, upstream: WireTensor, params: Params): WireTensors;
}

/** A kernel that is right. */
export interface RightKernel {
  readonly op: string;
  /** How it computes: loops, order of sums, arithmetic. */
  readonly style: string;
  /** A new one, that remembers nothing. */
  readonly kernel: () => ModuleKernel;
}

/** A kernel with one fault, everything else right. */
export interface Mutant {
  /** The fault, by the number of its kind and, for a close variant, a name: 'C3', 'C3-first-tap-twice'. */
  readonly id: string;
  readonly op: string;
  /** The ways of computing in which this fault can be had. */
  readonly styles: readonly string[];
  /** The result that is wrong; the others are right. */
  readonly result: ResultName;
  /** What went wrong, in one sentence for the person who made it. */
  readonly says: string;
  /** Where to look. */
  readonly where: string;
  /** A new one, that remembers nothing. @throws BackproofError `unknown-style`. */
  readonly kernel: (style: string) => ModuleKernel;
}
