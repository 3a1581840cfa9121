/** Work that a signal ends early, with what is known by then. */
import { EXIT } from '../exit.js';
import { Progress } from '../output.js';
import type { Watch } from './judged.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The first signal asks for the end, the second one ends at once. */
export async function untilSignal<T>(work: (watch: Watch) => Promise<T>): Promise<T> {
  const progress = new Progress();
  const controller = new AbortController();
  const ask = () => {
    if (controller.signal.aborted) process.exit(EXIT.incomplete);
    controller.abort();
    process.stderr.write('backproof: ending; once more ends at once\n');
  };
  for (const name of SIGNALS) process.on(name, ask);
  try {
    return await work({ signal: controller.signal, onProgress: text => progress.show(() => text) });
  } finally {
    for (const name of SIGNALS) process.off(name, ask);
    progress.done();
  }
}
