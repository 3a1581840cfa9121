/** What a gate has to do. */
import type { GateCase, KernelSource } from '../../gate/index.js';

/** One kernel to judge. */
export interface Job {
  /** In a configuration file; null: as its path or command. */
  readonly name: string | null;
  readonly source: KernelSource;
  readonly ops: readonly string[] | null;
  /** A file of golden vectors to run instead of generated cases. */
  readonly vectors: string | null;
}

/** What else holds for each job; null: as the gate chooses. */
export interface Plan {
  readonly jobs: readonly Job[];
  /** Paths and commands count from here. */
  readonly folder: string;
  readonly seed: number | null;
  readonly cases: number | null;
  readonly only: GateCase | null;
  readonly hangMs: number | null;
  readonly startupMs: number | null;
  readonly required: readonly string[];
}
