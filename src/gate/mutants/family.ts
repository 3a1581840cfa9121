/** One operator: its right kernels by style, and what can go wrong with it. */
import type { ModuleKernel, Mutant } from './kernel.js';

export interface Family {
  readonly op: string;
  /** The first is the plainest. */
  readonly right: Readonly<Record<string, () => ModuleKernel>>;
  readonly mutants: readonly Mutant[];
}
