/** The catalogue of wrong kernels as a dictionary of mistakes. */

import { MUTANTS, RIGHT } from '../mutants/catalogue.js';
import type { ModuleKernel } from '../mutants/kernel.js';
import type { ResultName } from '../subject/subject.js';
import type { WireTensor, WireTensors } from '../subject/wire.js';
import type { KnownMistake } from './explain.js';
import type { Results } from './problem.js';

/** Every fault of the catalogue in one result of an operator, each in its plainest style. */
export function mistakesIn(op: string, result: ResultName): KnownMistake[] {
  return MUTANTS.filter(one => one.op === op && one.result === result).map(
    ({ id, says, where, styles, kernel }) => ({
      ...{ id, says, where },
      // A new kernel each time: what it remembers of other probes is no part of the comparison.
      run: (inputs, upstream, params) => resultsOf(kernel(styles[0]!), inputs, upstream, params),
    }),
  );
}

/** The plainest right kernel of an operator; undefined where the catalogue has none. */
export function rightRun(op: string): KnownMistake['run'] | undefined {
  const right = RIGHT.find(one => one.op === op);
  return right && ((inputs, upstream, params) => resultsOf(right.kernel(), inputs, upstream, params));
}

/** y of a forward pass; dx, dw, db of a backward one. */
export function resultsOf(
  kernel: ModuleKernel,
  inputs: WireTensors,
  upstream: WireTensor | null,
  params: Parameters<KnownMistake['run']>[2],
): Results {
  if (upstream === null) return { y: kernel.forward(inputs, params) };
  const { x, w, b } = kernel.backward(inputs, upstream, params);
  return { ...(x && { dx: x }), ...(w && { dw: w }), ...(b && { db: b }) };
}
