/** One command line that runs one case again. */
import type { GateCase } from '../../gate/index.js';
import type { Job, Plan } from './job.js';

/** As sh reads it: everything but plain words in single quotes. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/u.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** For the case with this text; golden vectors are run as the file that they are in. */
export function replayLine(
  job: Job,
  plan: Pick<Plan, 'folder' | 'hangMs' | 'startupMs'>,
  text: string,
): string {
  const seconds = (option: string, ms: number | null) => (ms === null ? [] : [option, String(ms / 1000)]);
  const words = [
    ...sourceWords(job),
    ...(job.vectors === null ? ['--case', text] : ['--vectors', job.vectors]),
    ...seconds('--hang', plan.hangMs),
    ...seconds('--startup', plan.startupMs),
  ];
  const line = `npx backproof gate ${words.map(word => (/^--[a-z]+$/u.test(word) ? word : shellWord(word))).join(' ')}`;
  return plan.folder === '.' ? line : `cd ${shellWord(plan.folder)} && ${line}`;
}

function sourceWords({ source }: Job): string[] {
  if (source.kind === 'module') return [source.path];
  return source.kind === 'command' ? ['--command', source.argv.map(shellWord).join(' ')] : [];
}

/** The operators of a job that are asked for by name. */
export function askedOf(job: Job, only: GateCase | null, required: readonly string[]): string[] {
  if (only) return [only.op];
  if (job.ops) return [...job.ops];
  return [...new Set(required.map(name => name.split('.')[0]!).filter(name => name !== job.name))];
}
