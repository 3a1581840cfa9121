/** gate.yaml: kernels to judge, and how; read strictly, and an error says where. */
import { dirname } from 'node:path';
import { BackproofError } from '../../error.js';
import { sourceOf } from '../../gate/gate.js';
import type { KernelSource } from '../../gate/index.js';
import { operatorNamed } from '../../ops/index.js';
import { type Fields, fieldsOf, secondsOf, shown, textOf, textsOf, wholeOf } from './fields.js';
import type { Job } from './job.js';
import { readYaml, refusal, type Value } from './yaml.js';

export interface Config {
  readonly jobs: readonly Job[];
  /** Where the file lies: its paths count from there. */
  readonly folder: string;
  readonly seed: number | null;
  readonly cases: number | null;
  readonly hangMs: number | null;
  readonly startupMs: number | null;
  readonly required: readonly string[];
}

const KEYS = ['seed', 'cases', 'hang', 'startup', 'require', 'kernels'] as const;
const KERNEL_KEYS = ['name', 'module', 'command', 'ops', 'vectors'] as const;

/**
 * @param text of the file @param file its path
 * @throws BackproofError `bad-config`, with line and column in its data.
 */
export async function readConfig(text: string, file: string): Promise<Config> {
  const top = await readYaml(text, file);
  const { seed, cases, hang, startup, require, kernels } = fieldsOf(top, KEYS, 'the file');
  if (kernels === undefined)
    throw refusal(top, 'there are no kernels', 'kernels: [{ module: ./my-kernels.mjs }]', 'no such key');
  return {
    jobs: jobsOf(kernels),
    folder: dirname(file),
    seed: seed ? wholeOf(seed, 'seed') : null,
    cases: cases ? wholeOf(cases, 'cases') : null,
    hangMs: hang ? secondsOf(hang, 'hang') : null,
    startupMs: startup ? secondsOf(startup, 'startup') : null,
    required: require ? textsOf(require, 'require') : [],
  };
}

function jobsOf(kernels: Value): Job[] {
  if (kernels.kind !== 'list' || kernels.items.length === 0)
    throw refusal(kernels, 'kernels is a list', 'one kernel at least', shown(kernels));
  const names = new Set<string>();
  return kernels.items.map(item => {
    const job = jobOf(item);
    if (job.name !== null && names.has(job.name))
      throw refusal(item, 'two kernels have one name', 'another name', JSON.stringify(job.name));
    if (job.name !== null) names.add(job.name);
    return job;
  });
}

function jobOf(item: Value): Job {
  const fields = fieldsOf(item, KERNEL_KEYS, 'a kernel');
  const { name, ops, vectors } = fields;
  return {
    name: name ? textOf(name, 'name') : null,
    source: sourceIn(fields, item),
    ops: ops ? at(ops, () => checked(textsOf(ops, 'ops'))) : null,
    vectors: vectors ? textOf(vectors, 'vectors') : null,
  };
}

function sourceIn({ module, command }: Fields<'module' | 'command'>, item: Value): KernelSource {
  if (module && !command) return { kind: 'module', path: textOf(module, 'module') };
  if (!command || module)
    throw refusal(item, 'a kernel is a module or a command', 'one of them', module ? 'both' : 'neither');
  const words = command.kind === 'list' ? textsOf(command, 'command') : textOf(command, 'command');
  return at(command, () => sourceOf({ command: words }, undefined));
}

const checked = (ops: readonly string[]): string[] => [...new Set(ops)].map(name => operatorNamed(name).name);

/** What is refused elsewhere is refused with the place in this file. */
function at<T>(value: Value, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackproofError) || error.code === 'bad-config') throw error;
    throw refusal(value, error.what, error.expected, error.got, error.fix);
  }
}
