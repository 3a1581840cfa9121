/** The hostile client of these tests, and calls for it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandSubject, openCommand } from '../../../../src/gate/subject/command.js';
import type { Answer, NoSubject } from '../../../../src/gate/subject/subject.js';
import { callOf, using, vector } from '../calls.js';

const script = fileURLToPath(new URL('hostile.mjs', import.meta.url));

export const hostile = (fault: string, memory?: string): string[] =>
  [process.execPath, script, fault].concat(memory === undefined ? [] : [memory]);

export const reluCall = callOf('relu', { want: { y: { shape: [3], dtype: 'float64' } } });

export const rightAnswer = { kind: 'ok', outputs: { y: vector(1, 2, 3) }, mutated: [] };

export async function openedCommand(argv: readonly string[]): Promise<CommandSubject> {
  const subject = await openCommand(argv);
  if ('fault' in subject) throw new Error(`${subject.fault}: ${subject.message}\n${subject.stderr}`);
  return subject;
}

export async function unopened(argv: readonly string[], startupMs = 60_000): Promise<NoSubject> {
  const subject = await openCommand(argv, { startupMs });
  if ('fault' in subject) return subject;
  await subject.close();
  throw new Error('it could be opened');
}

/** The answer to one call. */
export async function answerTo(fault: string, hangMs = 60_000): Promise<Answer> {
  const subject = await openedCommand(hostile(fault));
  return using(subject, () => subject.call(reluCall, { hangMs }));
}

/** A file that does not exist yet. */
export async function withMemory<T>(use: (memory: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'backproof-'));
  try {
    return await use(join(folder, 'memory'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const remembered = (memory: string): string => readFileSync(memory, 'utf8');

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
