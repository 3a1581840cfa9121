/** The worker's side: loads a module of kernels and answers calls. `npm run worker` writes it to worker-text.ts. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { BackproofError, type ErrorParts } from '../../error.js';
import { exportedKernels, type ModuleKernels, readKernels } from './kernels.js';
import { runKernel } from './run-kernel.js';
import type { Answer } from './subject.js';
import { addToTail } from './tail.js';
import { fieldOf, fileInStack, thrownText, userFrames } from './thrown.js';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.js';

const HERE = fileInStack();

/** Nothing of the module has run when these are thrown, unless it imports modules itself. */
const UNLOADABLE = /^ERR_(?:MODULE_NOT_FOUND|UNKNOWN_FILE_EXTENSION|PACKAGE_|UNSUPPORTED_|INVALID_MODULE)/u;

parentPort?.once('message', (start: WorkerStart) => {
  keepWords(start.tail);
  void serve(start);
});

/** What the kernel prints goes to the tail, whichever way it takes: stdout carries results. */
function keepWords(tail: SharedArrayBuffer): void {
  for (const stream of [process.stdout, process.stderr]) {
    // Node's own would hand on all but the first only when the kernel lets go of the thread.
    stream._writev = (chunks, done) => {
      for (const { chunk } of chunks) addToTail(tail, chunk);
      done();
    };
  }
}

async function serve({ port, url, name }: WorkerStart): Promise<void> {
  const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  try {
    const kernels = exportedKernels((await import(url)) as Readonly<Record<string, unknown>>);
    const offers = readKernels(kernels, name);
    answerCalls(port, kernels as ModuleKernels);
    say({ kind: 'ready', offers: [...offers.values()] });
  } catch (error) {
    if (error instanceof BackproofError) say({ kind: 'refused', error: partsOf(error) });
    else if (isUnloadable(error)) say({ kind: 'refused', error: unloadable(error, name) });
    else say({ kind: 'failed', message: thrownText(error, HERE) });
  }
}

function answerCalls(port: MessagePort, kernels: ModuleKernels): void {
  port.on('message', async (call: ToWorker) => {
    const answer = await runKernel(kernels[call.op]!, call);
    // A rejection that nobody handles ends the thread first: it belongs to this call.
    setImmediate(() => port.postMessage({ kind: 'answer', answer } satisfies FromWorker, buffersOf(answer)));
  });
}

function buffersOf(answer: Answer): ArrayBuffer[] {
  if (answer.kind !== 'ok') return [];
  return Object.values(answer.outputs).map(({ data }) => data.buffer as ArrayBuffer);
}

function isUnloadable(error: unknown): boolean {
  const code = fieldOf(error, 'code');
  if (typeof code === 'string') return UNLOADABLE.test(code);
  return error instanceof SyntaxError && userFrames(error, HERE).length === 0;
}

function unloadable(error: unknown, where: string): ErrorParts {
  return {
    code: 'kernel-module-unloadable',
    where,
    what: 'the module cannot be loaded',
    expected: 'an ES module that Node can import',
    got: String(fieldOf(error, 'message')),
    fix: 'Make it load on its own first.',
  };
}

function partsOf({ code, where, what, expected, got, fix, data }: BackproofError): ErrorParts {
  return { code, where, what, expected, got, fix, data };
}
