/** Whether a call lies where the gradient is a policy: equal maxima, or a kink. */
import { children, evaluateAll, float64, postOrder } from '../../expr/index.js';
import { selectionAt, type Ties } from '../../ops/index.js';
import type { Declares } from '../subject/declares.js';
import { reader } from '../vectors/expressions.js';
import { isRational } from '../vectors/precision.js';
import type { Recomputation } from '../vectors/reference.js';
import { floatTensor } from '../vectors/values.js';

/** Why a gradient cannot be held against the definition's; null where it can. */
export function bendOf(work: Recomputation, { ties, kink }: Declares): string | null {
  const own = (work.call.params.ties ?? 'first') as Ties;
  if (work.selection) {
    if (ties === own || !hasTies(work)) return null;
    return `maxima are equal here, and the kernel declares ties: ${ties}`;
  }
  if (kink === 0 || !isAtKink(work)) return null;
  return `the function has a kink here, and the kernel declares kink: ${kink}`;
}

function valuesOf({ given, dtype }: Recomputation) {
  const tensors = Object.entries(given).map(([name, tensor]) => {
    const values = [...floatTensor(tensor, dtype).data];
    return [name, { shape: tensor.shape, values }] as const;
  });
  return new Map(tensors);
}

/** The first and the last of the largest cells are not everywhere the same. */
function hasTies(work: Recomputation): boolean {
  const [first, last] = (['first', 'last'] as const).map(ties =>
    selectionAt(work.operator, work.call, valuesOf(work), ties),
  );
  return first!.values.some((value, k) => value !== last!.values[k]);
}

/** A choice of the definition stands at its border. Functions that are not rational have none of their own. */
function isAtKink(work: Recomputation): boolean {
  const output = work.expressed?.output ?? [];
  if (!isRational(output)) return false;
  const choices = postOrder(output).filter(node => node.kind === 'call');
  const value = reader(valuesOf(work));
  const sides = evaluateAll(
    choices.flatMap(node => children(node).slice(0, 2)),
    float64,
    ({ tensor, index }) => value(tensor, index),
  );
  return choices.some(({ fn }, k) => sides[2 * k] === (fn === 'max' ? sides[2 * k + 1] : 0));
}
