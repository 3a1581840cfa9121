/** A kernel in a thread that is started again when it dies. */
import { BackproofError } from '../../error.js';
import { noKernel } from './offered.js';
import type { Answer, Fault, NoSubject, Offer, Subject } from './subject.js';
import type { Loaded, Reply, Thread } from './thread.js';

const MOST_RESTARTS = 5;

/** A thread that threw or answered nonsense lives on; only a dead one is replaced, when it is next needed. */
export function restarting(
  name: string,
  offers: ReadonlyMap<string, Offer>,
  first: Thread,
  start: () => Promise<Loaded | NoSubject>,
): Subject {
  let thread: Thread | null = first;
  let restarts = 0;
  let state: 'free' | 'busy' | 'closed' = 'free';

  async function revived(): Promise<Thread | NoSubject> {
    if (restarts === MOST_RESTARTS) return fault('startup', `given up after ${MOST_RESTARTS} restarts`);
    restarts++;
    try {
      const loaded = await start();
      return 'fault' in loaded ? loaded : loaded.thread;
    } catch (error) {
      // It was in order the first time: now its code is at fault, not the call for it.
      if (!(error instanceof BackproofError)) throw error;
      return fault('startup', error.message);
    }
  }

  async function answered(...[call, { hangMs }]: Parameters<Subject['call']>): Promise<Answer> {
    const skip = noKernel(offers, call);
    if (skip) return skip;
    const running = thread ?? (await revived());
    if ('fault' in running) return { kind: 'fault', ...running };
    thread = running;
    if (state === 'closed') await running.stop();
    const reply = await running.ask(call, hangMs);
    if (reply.kind !== 'said') {
      thread = null;
      await running.stop();
    }
    return answerOf(reply, hangMs, running.words());
  }

  return {
    name,
    offers,
    async call(call, options) {
      if (state !== 'free') throw notFree(name, state, call.id);
      state = 'busy';
      try {
        return await answered(call, options);
      } finally {
        if (state === 'busy') state = 'free';
      }
    },
    async close() {
      state = 'closed';
      await thread?.stop();
      thread = null;
    },
  };
}

function answerOf(reply: Reply, hangMs: number, words: string): Answer {
  if (reply.kind === 'late')
    return { kind: 'fault', ...fault('hang', `no answer within ${hangMs} ms`, words) };
  if (reply.kind === 'ended') {
    const message = reply.idle ? `between calls: ${reply.how}` : reply.how;
    return { kind: 'fault', ...fault('crash', message, words) };
  }
  const { message } = reply;
  if (message.kind !== 'answer') return { kind: 'fault', ...fault('protocol', 'no answer', words) };
  const { answer } = message;
  return answer.kind === 'fault' ? { ...answer, stderr: words } : answer;
}

function fault(kind: Fault, message: string, stderr = ''): NoSubject {
  return { fault: kind, message, stderr };
}

function notFree(name: string, state: 'busy' | 'closed', id: string): BackproofError {
  return new BackproofError({
    code: `subject-${state}`,
    where: `${name}: ${id}`,
    what: state === 'busy' ? 'another call is running' : 'the subject is closed',
    expected: 'one call at a time, before close()',
    got: 'a call',
    fix: 'Wait for the call before; close() last.',
  });
}
