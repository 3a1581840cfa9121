/** Planted mistakes as a dictionary of mistakes. */
import { operatorNamed, type Params } from '../../ops/index.js';
import { mistaken } from '../mutants/built-in.js';
import { mutantsOf, rightKernel } from '../mutants/for-operator.js';
import type { ModuleKernel, Mutant } from '../mutants/kernel.js';
import type { ResultName } from '../subject/subject.js';
import type { WireTensor, WireTensors } from '../subject/wire.js';
import type { KnownMistake } from './explain.js';
import type { Results } from './problem.js';
import type { Run } from './whole-results.js';

/** Every planted fault in one result of an operator, each in its plainest style. @throws BackproofError `unknown-operator`. */
export const mistakesIn = (op: string, result: ResultName): KnownMistake[] => known(mutantsOf(op), result);

/** The mistakes of an operator's record, which take longer to run. @throws BackproofError `unknown-operator`. */
export function recordedIn(op: string, result: ResultName): KnownMistake[] {
  const planted = new Set(mutantsOf(op).map(({ id }) => id));
  return known(
    mistaken(operatorNamed(op)).filter(({ id }) => !planted.has(id)),
    result,
  );
}

function known(mutants: readonly Mutant[], result: ResultName): KnownMistake[] {
  return mutants
    .filter(one => one.result === result)
    .map(({ id, says, where, styles, kernel }) => {
      const living = (): Run => runOf(kernel(styles[0]!));
      // A new kernel each time: what it remembers of other probes is no part of the comparison.
      const run: Run = (inputs, upstream, params) => living()(inputs, upstream, params);
      return { id, says, where, run, living };
    });
}

/** The plainest right kernel of an operator. @throws BackproofError `unknown-operator`. */
export const rightRun = (op: string): Run => runOf(rightKernel(op));

const runOf =
  (kernel: ModuleKernel): Run =>
  (inputs, upstream, params) =>
    resultsOf(kernel, inputs, upstream, params);

/** y of a forward pass; dx, dw, db of a backward one. */
export function resultsOf(
  kernel: ModuleKernel,
  inputs: WireTensors,
  upstream: WireTensor | null,
  params: Params,
): Results {
  if (upstream === null) return { y: kernel.forward(inputs, params) };
  const { x, w, b } = kernel.backward(inputs, upstream, params);
  return { ...(x && { dx: x }), ...(w && { dw: w }), ...(b && { db: b }) };
}
