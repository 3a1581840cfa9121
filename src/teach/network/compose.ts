/** The closed forms of the layers put together, last layer first: the gradients of the network without differentiating. */
import { BackproofError } from '../../error.js';
import { rational } from '../../exact/index.js';
import type { Algebra, Valued } from '../../index-sum/index.js';
import { COTANGENT, claimValues, SELECTION } from '../../ops/index.js';
import { size } from '../../tensor/index.js';
import { type Layer, type Network, outputOf } from './network.js';

/** What a layer with a maximum chose, as a one-hot tensor; null for any other layer. */
export type Selections<T> = (layer: Layer) => Valued<T> | null;

/**
 * dL/d(every tensor), from dL/d(output) and the values of all tensors.
 * @throws BackproofError `no-closed-form` where a record has none.
 */
export function composedGradients<T>(
  network: Network,
  values: ReadonlyMap<string, Valued<T>>,
  seed: Valued<T>,
  algebra: Algebra<T>,
  selections: Selections<T> = () => null,
): Map<string, Valued<T>> {
  const gradients = new Map([[outputOf(network), seed]]);
  for (const layer of network.layers.toReversed()) {
    const { name, operator, call, reads } = layer;
    const yBar = gradients.get(name);
    // What the loss does not depend on has gradient 0, and passes nothing on.
    if (yBar === undefined) continue;
    const own = Object.entries(reads).map(
      ([slot, tensor]) => [slot, { shape: call.inputs[slot]!, values: values.get(tensor)!.values }] as const,
    );
    const tensors = new Map([...own, [COTANGENT, yBar] as const]);
    const selection = selections(layer);
    if (selection) tensors.set(SELECTION, selection);
    const claims = operator.claims(call.params, call.rank);
    for (const [slot, tensor] of Object.entries(reads)) {
      const claim = claims[slot]!;
      if (claim.kind === 'hole') throw noClosedForm(operator.name, slot, claim.reason);
      const part = claimValues(claim, operator, call, tensors, algebra).values;
      const { shape } = network.tensors.get(tensor)!;
      const known = gradients.get(tensor)?.values;
      const total = known ? part.map((value, cell) => algebra.sum([known[cell]!, value])) : part;
      gradients.set(tensor, { shape, values: total });
    }
  }
  const zero = algebra.constant(rational.ZERO);
  for (const { name, shape } of network.tensors.values()) {
    if (!gradients.has(name)) gradients.set(name, { shape, values: new Array<T>(size(shape)).fill(zero) });
  }
  return gradients;
}

function noClosedForm(operator: string, input: string, reason: string): BackproofError {
  return new BackproofError({
    code: 'no-closed-form',
    where: operator,
    what: `no closed form is claimed for the gradient with respect to ${input}`,
    expected: 'a claim for every input',
    got: reason,
    fix: 'Use the derivative of the definition instead.',
    data: { operator, input },
  });
}
