/** Kernels that are functions of this thread. */
import { type ModuleKernels, readKernels } from './kernels.js';
import { LONGEST_MS } from './limits.js';
import { noKernel } from './offered.js';
import { checkOperatorNames } from './operator-names.js';
import { runKernel } from './run-kernel.js';
import type { Answer, Subject } from './subject.js';

/**
 * Kernels by operator as a subject, for the library and for test matchers. There is no protection: an endless loop
 * hangs, an exit exits, and what they print is printed; only a Promise that does not settle in time is a `hang`.
 * @throws BackproofError `kernel-module-shape`, `kernel-module-operator`, `bad-declares`.
 * @example openFunctions({ relu: { forward: ({ x }) => relu(x) } }, 'my relu')
 */
export function openFunctions(kernels: ModuleKernels, name: string): Subject {
  const offers = readKernels(kernels, name);
  checkOperatorNames(offers.keys(), name);
  return {
    name,
    offers,
    call: async (call, { hangMs }) =>
      noKernel(offers, call) ?? within(runKernel(kernels[call.op]!, call), hangMs),
    close: () => Promise.resolve(),
  };
}

async function within(answer: Promise<Answer>, hangMs: number): Promise<Answer> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>(resolve => {
    const message = `no answer within ${hangMs} ms`;
    const hang = { kind: 'fault', fault: 'hang', message, stderr: '' } as const;
    clock = setTimeout(() => resolve(hang), Math.min(hangMs, LONGEST_MS));
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(clock));
}
