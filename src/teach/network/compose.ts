/** The closed forms of the layers put together, last layer first: the gradients of the network without differentiating. */
import { rational } from '../../exact/index.js';
import type { Algebra, Valued } from '../../index-sum/index.js';
import { COTANGENT, claimValues, SELECTION } from '../../ops/index.js';
import { size } from '../../tensor/index.js';
import { type Layer, type Network, outputOf } from './network.js';

/** What a layer with a maximum chose, as a one-hot tensor; null for any other layer. */
export type Selections<T> = (layer: Layer) => Valued<T> | null;

/**
 * dL/d(every tensor), from dL/d(output) and the values of all tensors; null where a closed form is missing on the way.
 * @throws what the claims' operators and the algebra throw.
 */
export function composedGradients<T>(
  network: Network,
  values: ReadonlyMap<string, Valued<T>>,
  seed: Valued<T>,
  algebra: Algebra<T>,
  selections: Selections<T> = () => null,
): ReadonlyMap<string, Valued<T> | null> {
  const gradients = new Map<string, Valued<T> | null>([[outputOf(network), seed]]);
  for (const layer of network.layers.toReversed()) {
    const yBar = gradients.get(layer.name);
    // What the loss does not depend on has gradient 0, and passes nothing on.
    if (yBar === undefined) continue;
    for (const [slot, tensor] of Object.entries(layer.reads)) {
      const part = yBar && claimed(layer, slot, values, yBar, algebra, selections);
      const known = gradients.get(tensor);
      const { shape } = network.tensors.get(tensor)!;
      const added = (value: T, cell: number) => (known ? algebra.sum([known.values[cell]!, value]) : value);
      gradients.set(tensor, part && known !== null ? { shape, values: part.map(added) } : null);
    }
  }
  const zero = algebra.constant(rational.ZERO);
  for (const { name, shape } of network.tensors.values()) {
    if (!gradients.has(name)) gradients.set(name, { shape, values: new Array<T>(size(shape)).fill(zero) });
  }
  return gradients;
}

/** The gradient that one input of a layer gets from it; null for a hole. */
function claimed<T>(
  layer: Layer,
  slot: string,
  values: ReadonlyMap<string, Valued<T>>,
  yBar: Valued<T>,
  algebra: Algebra<T>,
  selections: Selections<T>,
): readonly T[] | null {
  const { operator, call, reads } = layer;
  const claim = operator.claims(call.params, call.rank)[slot]!;
  if (claim.kind === 'hole') return null;
  const given = new Map(
    Object.entries(reads).map(([own, tensor]): [string, Valued<T>] => [
      own,
      { shape: call.inputs[own]!, values: values.get(tensor)!.values },
    ]),
  );
  const selection = selections(layer);
  if (selection) given.set(SELECTION, selection);
  return claimValues(claim, operator, call, given.set(COTANGENT, yBar), algebra).values;
}
