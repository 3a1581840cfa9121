/** Gradients layer by layer: the chain rule through named intermediates. */
import { vjp } from '../../autodiff/index.js';
import { BackproofError } from '../../error.js';
import { type Expr, sum } from '../../expr/index.js';
import { expressionAlgebra, type Valued } from '../../index-sum/index.js';
import { COTANGENT, claimValues, definitionOf, OUTPUT } from '../../ops/index.js';
import { prove } from '../../proof/index.js';
import {
  type CellsByTensor,
  cotangentOf,
  eachCell,
  realVariables,
  seed,
  stepwiseCells,
  variablesOf,
} from './graph.js';
import { type Layer, type Network, outputOf } from './network.js';

/** What each tensor that a layer reads gets from it, in C order. */
type Parts = readonly (readonly [tensor: string, values: readonly Expr[]])[];

/**
 * dL/d(every tensor but the output), over the tensors that the layers reading it read, over their outputs, and over the
 * variables dL/d(output) of those layers.
 * @param cells of the definitions, which are differentiated
 * @param inWords where a definition has steps of its own, the claims instead, once they are proved at these shapes
 */
export function stepwiseGradients(
  network: Network,
  cells: CellsByTensor = stepwiseCells(network),
  inWords = false,
): CellsByTensor {
  const parts = new Map<string, (readonly Expr[])[]>();
  for (const layer of network.layers) {
    const own = (inWords && claimedParts(network, layer)) || derivedParts(network, layer, cells);
    for (const [name, values] of own) parts.set(name, [...(parts.get(name) ?? []), values]);
  }
  const total = (lists: readonly (readonly Expr[])[], flat: number) =>
    lists.length === 1 ? lists[0]![flat]! : sum(lists.map(list => list[flat]!));
  return new Map(
    [...parts].map(([name, lists]) => {
      const { shape } = network.tensors.get(name)!;
      return [name, { shape, values: lists[0]!.map((_, flat) => total(lists, flat)) }];
    }),
  );
}

function derivedParts(network: Network, layer: Layer, cells: CellsByTensor): Parts {
  const { at } = vjp(cells.get(layer.name)!.values, upstreamOf(network, layer).values);
  return [...new Set(Object.values(layer.reads))].map(name => [
    name,
    eachCell(network.tensors.get(name)!, index => at(name, index)).values,
  ]);
}

/**
 * The claims of a layer whose definition has several steps, none of them a maximum: null where there is one step, which
 * reads well as it is, or where a claim is missing or not proved.
 */
function claimedParts(network: Network, layer: Layer): Parts | null {
  const { name, operator, call, reads } = layer;
  const { stages } = definitionOf(operator, call.params, call.rank);
  if (stages.length === 1 || stages.some(stage => stage.kind === 'max')) return null;
  if (!isProved(layer)) return null;
  const variables = (tensor: string) => variablesOf(network.tensors.get(tensor)!);
  const inputs = Object.entries(reads).map(([slot, tensor]): [string, Valued<Expr>] => [
    slot,
    { shape: call.inputs[slot]!, values: variables(tensor).values },
  ]);
  const given = new Map([
    ...inputs,
    ...realVariables(layer),
    [COTANGENT, upstreamOf(network, layer)] as const,
    [OUTPUT, variables(name)] as const,
  ]);
  const claims = operator.claims(call.params, call.rank);
  return Object.entries(reads).map(([slot, tensor]) => {
    const claim = claims[slot]!;
    if (claim.kind === 'hole') throw new TypeError('a hole is not proved');
    return [tensor, claimValues(claim, operator, call, given, expressionAlgebra).values];
  });
}

/** Whether the claims for all inputs hold for all values at these shapes; what no proof can be tried of is not proved. */
function isProved({ operator, call }: Layer): boolean {
  try {
    return prove(operator, call.inputs, call.params).every(({ verdict }) => verdict === 'PROVED');
  } catch (error) {
    if (error instanceof BackproofError) return false;
    throw error;
  }
}

function upstreamOf(network: Network, { name }: Layer): Valued<Expr> {
  if (name === outputOf(network)) return seed(network);
  return variablesOf({ ...network.tensors.get(name)!, name: cotangentOf(name) });
}
