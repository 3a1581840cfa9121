/** A worker thread that holds a module of kernels: started, asked one thing at a time, ended. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { LONGEST_MS } from './limits.js';
import { posted } from './posted.js';
import type { Offer } from './subject.js';
import { clearTail, newTail, tailText } from './tail.js';
import { thrownText } from './thrown.js';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.js';
import { WORKER } from './worker-text.js';

export interface ThreadOptions {
  /** The module, as a file: URL. */
  readonly url: string;
  /** Its name in errors. */
  readonly name: string;
  /** Limit of the thread's JavaScript heap. */
  readonly memoryMb: number;
}

export type Reply =
  | { readonly kind: 'said'; readonly message: FromWorker }
  | { readonly kind: 'late' }
  /** The thread is no more; `idle`: it ended before it was asked. */
  | { readonly kind: 'ended'; readonly how: string; readonly idle: boolean };

export interface Thread {
  /** What the worker says first, once the module is loaded. */
  started(limitMs: number): Promise<Reply>;
  ask(call: ToWorker, limitMs: number): Promise<Reply>;
  /** The end of what was written since the start, or since the last call was sent. */
  words(): string;
  /** Ends the thread, whatever it does; never hangs. */
  stop(): Promise<void>;
}

/** A thread whose module is loaded. */
export interface Loaded {
  readonly thread: Thread;
  readonly offers: readonly Offer[];
}

/** A thread in which native code blocks cannot be ended: it is left behind. */
const STOP_MS = 1000;

/** The thread never keeps the process alive by itself: while it is asked, the clock does. */
export function startThread({ url, name, memoryMb }: ThreadOptions): Thread {
  // What is printed before the worker keeps it stays unread: reading would keep the process alive.
  const worker = new Worker(new URL(`data:text/javascript;base64,${WORKER}`), {
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const { port1: port, port2: theirs } = new MessageChannel();
  const tail = newTail();
  const start: WorkerStart = { port: theirs, url, name, tail };
  worker.postMessage(start, [theirs]);
  const replies = repliesOf(worker, port);
  port.unref();
  worker.unref();
  return {
    started: replies,
    ask(call, limitMs) {
      clearTail(tail);
      port.postMessage(posted(call));
      return replies(limitMs);
    },
    words: () => tailText(tail),
    stop: () => stopped(worker, port),
  };
}

/** The next reply within a limit: nothing is said that was not asked for. */
function repliesOf(worker: Worker, port: MessagePort): (limitMs: number) => Promise<Reply> {
  let waiting: ((reply: Reply) => void) | null = null;
  let ended: Reply | null = null;
  let fatal: string | null = null;
  /** What has been said and not yet been heard: a busy gate looks at its clocks first. */
  const unheard = (): Reply | null => {
    const received = receiveMessageOnPort(port) as { readonly message: FromWorker } | undefined;
    return received ? { kind: 'said', message: received.message } : null;
  };
  port.on('message', (message: FromWorker) => waiting?.({ kind: 'said', message }));
  worker.on('error', error => {
    fatal = thrownText(error, 'data:text/javascript');
  });
  worker.on('exit', code => {
    const how = fatal ?? `the thread ended with exit code ${code}`;
    ended = { kind: 'ended', how, idle: waiting === null };
    waiting?.(ended);
  });
  return limitMs =>
    new Promise(resolve => {
      if (ended) return resolve(ended);
      const clock = setTimeout(() => waiting?.(unheard() ?? { kind: 'late' }), Math.min(limitMs, LONGEST_MS));
      waiting = reply => {
        waiting = null;
        clearTimeout(clock);
        resolve(reply);
      };
    });
}

async function stopped(worker: Worker, port: MessagePort): Promise<void> {
  port.close();
  let clock: NodeJS.Timeout | undefined;
  const enough = new Promise<void>(resolve => {
    clock = setTimeout(resolve, STOP_MS);
  });
  await Promise.race([worker.terminate(), enough]);
  clearTimeout(clock);
}
