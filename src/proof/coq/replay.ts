/** Has Coq check an exported file. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Replay =
  | { readonly status: 'verified'; readonly theorems: number; readonly milliseconds: number }
  | { readonly status: 'failed'; readonly reason: string; readonly milliseconds: number }
  | { readonly status: 'skipped'; readonly reason: string };

export interface ReplayOptions {
  /** Where to look for coqc: as the variable PATH. */
  readonly path?: string | undefined;
  /** Coq is stopped after this time. */
  readonly seconds?: number;
}

const CLOSED = /^Closed under the global context$/m;

/** The file of coqc, or null where there is none. */
export function findCoqc(path: string | undefined = process.env.PATH): string | null {
  const folders = (path ?? '').split(delimiter).filter(folder => folder !== '');
  const names = process.platform === 'win32' ? ['coqc.exe'] : ['coqc'];
  return folders.flatMap(folder => names.map(name => join(folder, name))).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Verified only where coqc accepts the file and every theorem in it relies on no axiom. */
export async function replay(text: string, { path, seconds = 300 }: ReplayOptions = {}): Promise<Replay> {
  const coqc = findCoqc(path ?? process.env.PATH);
  if (!coqc) return { status: 'skipped', reason: 'coqc not found' };
  const folder = await mkdtemp(join(tmpdir(), 'backproof-coq-'));
  const start = performance.now();
  try {
    await writeFile(join(folder, 'theorems.v'), text);
    const run = await coq(coqc, folder, seconds);
    const milliseconds = performance.now() - start;
    const reason = faultOf(run, text);
    if (reason !== null) return { status: 'failed', reason, milliseconds };
    return { status: 'verified', theorems: asked(text), milliseconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly late: boolean;
}

function coq(coqc: string, folder: string, seconds: number): Promise<Run> {
  return new Promise(resolve => {
    const child = spawn(coqc, ['-q', 'theorems.v'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, late] = ['', false];
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const hear = (data: Buffer) => {
      output += data.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', error => hear(Buffer.from(error.message)));
    child.on('close', code => {
      clearTimeout(timer);
      resolve({ code, output, late });
    });
  });
}

/** The theorems stated, and those whose axioms are asked for. */
const stated = (text: string) => text.match(/^Theorem statement :$/gm)?.length ?? 0;
const asked = (text: string) => text.match(/^ {2}\(@\w+\.statement,$/gm)?.length ?? 0;

/** Why a run verifies nothing, or null if it verifies every theorem. */
function faultOf({ code, output, late }: Run, text: string): string | null {
  if (late) return 'coqc took too long';
  if (code !== 0) return output.trim().slice(0, 2000) || `coqc ended with ${code}`;
  if (asked(text) === 0 || asked(text) !== stated(text)) return 'not every theorem is asked for its axioms';
  return CLOSED.test(output) ? null : `the theorems rely on axioms: ${output.trim().slice(0, 2000)}`;
}
