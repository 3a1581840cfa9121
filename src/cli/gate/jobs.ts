/** From the words of the command line, or a configuration file, to what a gate has to do. */
import { BackproofError } from '../../error.js';
import { readCase, sourceOf } from '../../gate/gate.js';
import { operatorNamed } from '../../ops/index.js';
import type { OutputOptions } from '../output.js';
import { readText } from '../read.js';
import { readConfig } from './config.js';
import type { Job, Plan } from './job.js';
import { secondsFrom, wholeFrom } from './numbers.js';

export interface GateOptions extends OutputOptions {
  readonly command?: string;
  readonly config?: string;
  readonly op: readonly string[];
  readonly seed?: string;
  readonly cases?: string;
  readonly case?: string;
  readonly vectors?: string;
  readonly require: readonly string[];
  readonly hang?: string;
  readonly startup?: string;
  readonly format: 'pretty' | 'json' | 'junit' | 'github';
}

/** @throws BackproofError `bad-option`, `bad-config`, `unknown-operator`, `bad-case`, and what reading files refuses. */
export async function planFrom(module: string | undefined, options: GateOptions): Promise<Plan> {
  refuseMixture(module, options);
  const { config, seed, cases, hang, startup } = options;
  const file = config === undefined ? null : await readConfig(readText(config), config);
  const plan = {
    jobs: file?.jobs ?? [jobFrom(module, options)],
    folder: file?.folder ?? '.',
    seed: seed === undefined ? (file?.seed ?? null) : wholeFrom(seed, '--seed'),
    cases: cases === undefined ? (file?.cases ?? null) : wholeFrom(cases, '--cases'),
    only: options.case === undefined ? null : readCase(options.case),
    hangMs: hang === undefined ? (file?.hangMs ?? null) : secondsFrom(hang, '--hang'),
    startupMs: startup === undefined ? (file?.startupMs ?? null) : secondsFrom(startup, '--startup'),
    required: [...(file?.required ?? []), ...listOf(options.require)],
  };
  checkRequired(plan);
  return plan;
}

/** Repeated, or with commas. */
export const listOf = (texts: readonly string[]): string[] =>
  texts.flatMap(text => text.split(',').map(part => part.trim())).filter(part => part !== '');

function jobFrom(module: string | undefined, { command, op, vectors }: GateOptions): Job {
  const ops = listOf(op);
  for (const name of ops) operatorNamed(name);
  const source = sourceOf(command === undefined ? module! : { command }, undefined);
  return { name: null, source, ops: ops.length > 0 ? [...new Set(ops)] : null, vectors: vectors ?? null };
}

function refuseMixture(module: string | undefined, options: GateOptions): void {
  const sources = { MODULE: module, '--command': options.command, '--config': options.config };
  const given = Object.entries(sources).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length !== 1)
    throw misused(
      'one kernel: a module, --command, or --config',
      given.join(' and ') || 'none',
      'Write for example: backproof gate ./my-kernels.mjs',
    );
  const isGiven = (name: 'op' | 'vectors' | 'cases' | 'seed' | 'case') =>
    name === 'op' ? options.op.length > 0 : options[name] !== undefined;
  const excluded = [
    ['config', 'op', 'The file has ops for each kernel.'],
    ['config', 'vectors', 'The file has vectors for each kernel.'],
    ['case', 'op', 'A case names its operator.'],
    ['case', 'seed', 'A case holds its seed.'],
    ['case', 'cases', 'It is one case.'],
    ['case', 'vectors', 'A case of a file is run with the file.'],
    ['vectors', 'cases', 'The cases are those of the file.'],
  ] as const;
  for (const [one, other, fix] of excluded)
    if (options[one] !== undefined && isGiven(other))
      throw misused(`--${one} without --${other}`, 'both', fix);
}

/** An operator, one of its results, or the name of a kernel. */
function checkRequired({ jobs, required }: Plan): void {
  const names = jobs.map(one => one.name);
  for (const name of required) {
    if (names.includes(name)) continue;
    const [op, result] = name.split('.', 2) as [string, string?];
    const { inputs } = operatorNamed(op);
    const gradients = ['x', 'w', 'b'].filter(input => Object.hasOwn(inputs, input)).map(input => `d${input}`);
    const results = ['y', ...gradients];
    if (result !== undefined && !results.includes(result))
      throw misused(
        `--require ${op} with one of its results: ${results.join(', ')}`,
        name,
        `Write for example ${op}.dx.`,
      );
  }
}

function misused(expected: string, got: string, fix: string): BackproofError {
  const what = 'the command line does not fit the command';
  return new BackproofError({ code: 'bad-option', where: 'gate', what, expected, got, fix });
}
