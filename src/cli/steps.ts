/** Long work in turns, so that it shows progress and Ctrl-C ends it. */
import { setImmediate } from 'node:timers/promises';
import { Progress } from './output.js';

const TURN_MS = 50;

/** Runs to the end; after each turn the progress is shown and a pending signal is heard. */
export async function inTurns<Step, Result>(
  steps: Generator<Step, Result>,
  describe: (step: Step) => string,
): Promise<Result> {
  const progress = new Progress();
  let turn = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) {
      progress.done();
      return step.value;
    }
    if (performance.now() - turn < TURN_MS) continue;
    progress.show(() => describe(step.value));
    await setImmediate();
    turn = performance.now();
  }
}
