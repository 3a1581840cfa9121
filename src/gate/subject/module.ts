/** A module of kernels, run in a thread of its own that can be ended whatever it does. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BackproofError } from '../../error.js';
import { withLine } from './module-line.js';
import { checkOperatorNames } from './operator-names.js';
import { restarting } from './restarting.js';
import type { NoSubject, Subject } from './subject.js';
import { type Loaded, startThread } from './thread.js';

export interface ModuleOptions {
  /** Limit for loading the module; 30 000 by default. */
  readonly startupMs?: number;
  /** Limit of its JavaScript heap; 2048 by default. Typed arrays are not counted. */
  readonly memoryMb?: number;
}

/**
 * The kernels of an ES module: `export const kernels`, or the default export. It runs in a worker thread: an endless
 * loop, an exit or a full heap ends that thread only, and it is started again, at most 5 times. Native code that fails
 * or prints, and writes to a file descriptor, are not caught.
 * @throws BackproofError `kernel-module-missing`, `kernel-module-unloadable`, `kernel-module-shape`,
 * `kernel-module-operator`, `bad-declares`.
 * @example const subject = await openModule('./my-kernels.mjs')
 */
export async function openModule(path: string, options: ModuleOptions = {}): Promise<Subject | NoSubject> {
  const file = resolve(path);
  if (!(await isFile(file))) throw missing(path);
  const start = () => loaded(path, file, options);
  const first = await start();
  if ('fault' in first) return first;
  const offers = new Map(first.offers.map(offer => [offer.op, offer]));
  try {
    checkOperatorNames(offers.keys(), path);
  } catch (error) {
    await first.thread.stop();
    throw error;
  }
  return restarting(path, offers, first.thread, start);
}

async function loaded(
  name: string,
  file: string,
  { startupMs = 30_000, memoryMb = 2048 }: ModuleOptions,
): Promise<Loaded | NoSubject> {
  const thread = startThread({ url: pathToFileURL(file).href, name, memoryMb });
  const reply = await thread.started(startupMs);
  if (reply.kind === 'said' && reply.message.kind === 'ready')
    return { thread, offers: reply.message.offers };
  await thread.stop();
  const failed = (message: string): NoSubject => ({ fault: 'startup', message, stderr: thread.words() });
  if (reply.kind === 'late') return failed(`the module was not loaded within ${startupMs} ms`);
  if (reply.kind === 'ended') return failed(`while the module was loaded: ${reply.how}`);
  if (reply.message.kind === 'refused') throw await withLine(new BackproofError(reply.message.error), file);
  return failed(reply.message.kind === 'failed' ? reply.message.message : 'an answer that nobody asked for');
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function missing(path: string): BackproofError {
  return new BackproofError({
    code: 'kernel-module-missing',
    where: path,
    what: 'there is no such file',
    expected: 'an ES module that exports kernels',
    got: 'nothing, or a folder',
    fix: 'Check the path; it counts from the working folder.',
    data: { path },
  });
}
