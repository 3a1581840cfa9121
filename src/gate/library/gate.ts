/** The gate for callers of the library. */
import { readCase } from '../plan/case-text.js';
import { runGate } from '../run/gate.js';
import type { GateReport } from '../run/report.js';
import type { GateKernel, KernelSource } from './kernel.js';
import { noSubjectReport } from './no-subject.js';
import { openSource, sourceName, sourceOf } from './open.js';

/** What a caller of the library may choose. */
export interface GateCallOptions {
  /** The operators to judge; all that the kernel offers by default. */
  readonly ops?: readonly string[];
  /** The same seed gives the same cases; 1 by default. */
  readonly seed?: number;
  /** Random cases for each operator and element type, after those that are always run. */
  readonly cases?: number;
  /** Only this case, as a report names it. */
  readonly case?: string;
  /** For one call; 10 s. Functions in this process cannot be ended. */
  readonly hangMs?: number;
  /** For a module or a command to start; 30 s. */
  readonly startupMs?: number;
  readonly onProgress?: (text: string) => void;
  /** Once aborted, the report holds what is known by then. */
  readonly signal?: AbortSignal;
}

/**
 * Judges forward and backward pass of a kernel against the definition of its operator. What the kernel does wrong is in
 * the report; only a call that cannot be used is an error.
 * @throws BackproofError `gate-kernel`, `unknown-operator`, `bad-case`, and the codes of openModule and openCommand.
 * @example (await gate('./my-kernels.mjs', { ops: ['conv2d'] })).summary.failed
 */
export async function gate(kernel: GateKernel, options: GateCallOptions = {}): Promise<GateReport> {
  const { case: text, startupMs, ...rest } = options;
  const only = text === undefined ? {} : { only: readCase(text) };
  const source = sourceOf(kernel, rest.ops ?? (only.only && [only.only.op]));
  const subject = await openSource(source, startupMs);
  if ('fault' in subject) return noSubjectReport(sourceName(source), subject, rest);
  const replay = (one: string) => `await gate(${codeOf(source)}, { case: ${JSON.stringify(one)} })`;
  try {
    return await runGate(subject, { replay, ...rest, ...only });
  } finally {
    await subject.close();
  }
}

/** The kernel as an expression; functions have no text, so they are called by their usual name. */
function codeOf(source: KernelSource): string {
  if (source.kind === 'module') return JSON.stringify(source.path);
  return source.kind === 'command' ? JSON.stringify({ command: source.argv }) : 'kernels';
}
