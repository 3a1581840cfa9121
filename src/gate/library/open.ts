/** From what names a kernel to the kernel itself. */
import { BackproofError } from '../../error.js';
import { splitCommand } from '../subject/bp1/split-command.js';
import { type CommandSubject, openCommand } from '../subject/command.js';
import { openFunctions } from '../subject/in-process.js';
import type { ModuleKernel, ModuleKernels } from '../subject/kernels.js';
import { openModule } from '../subject/module.js';
import type { NoSubject, Subject } from '../subject/subject.js';
import type { GateKernel, KernelSource } from './kernel.js';

/**
 * @param ops the operators that are asked for: one kernel without a name is for the only one
 * @throws BackproofError `gate-kernel`, `unbalanced-quote`, `empty-command`.
 */
export function sourceOf(kernel: GateKernel, ops: readonly string[] | undefined): KernelSource {
  if (typeof kernel === 'string') return { kind: 'module', path: kernel };
  if (typeof kernel !== 'object' || kernel === null) throw noKernel(typeof kernel);
  if (isCommand(kernel)) {
    const { command } = kernel;
    return { kind: 'command', argv: typeof command === 'string' ? splitCommand(command) : command };
  }
  if (!isOne(kernel)) return { kind: 'functions', kernels: kernel };
  if (ops?.length !== 1) throw nameless(ops ?? []);
  return { kind: 'functions', kernels: { [ops[0]!]: kernel } };
}

/** @throws BackproofError the codes of openModule, openCommand and openFunctions. */
export async function openSource(
  source: KernelSource,
  startupMs = 30_000,
): Promise<Subject | CommandSubject | NoSubject> {
  if (source.kind === 'module') return openModule(source.path, { startupMs });
  if (source.kind === 'command') return openCommand(source.argv, { startupMs });
  return openFunctions(source.kernels, 'kernels');
}

/** How reports call it. */
export function sourceName(source: KernelSource): string {
  if (source.kind === 'module') return source.path;
  return source.kind === 'command' ? source.argv.join(' ') : 'kernels';
}

type Named = Exclude<GateKernel, string>;

function isCommand(kernel: Named): kernel is { readonly command: string | readonly string[] } {
  const { command } = kernel as { readonly command?: unknown };
  return typeof command === 'string' || Array.isArray(command);
}

const isOne = (kernel: ModuleKernel | ModuleKernels): kernel is ModuleKernel =>
  typeof kernel.forward === 'function';

function noKernel(got: string): BackproofError {
  return new BackproofError({
    code: 'gate-kernel',
    where: 'gate',
    what: 'this is no kernel',
    expected: 'a path, { command }, { conv2d: { forward, backward } }, or one { forward, backward }',
    got,
    fix: 'Pass one of them.',
  });
}

function nameless(ops: readonly string[]): BackproofError {
  return new BackproofError({
    code: 'gate-kernel',
    where: 'gate',
    what: 'one kernel is for one operator',
    expected: "options such as { ops: ['conv2d'] }, or the kernels by operator",
    got: ops.length === 0 ? 'no operator' : ops.join(', '),
    fix: 'Name the operator, or pass { conv2d: kernel }.',
  });
}
