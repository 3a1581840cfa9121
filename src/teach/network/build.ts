/** From layers as they are asked for to a network whose layers fit each other. */
import { BackproofError } from '../../error.js';
import { type Operator, operatorFrom, type Params, resolve } from '../../ops/index.js';
import { type Shape, size } from '../../tensor/index.js';
import { givenInputs } from './given-inputs.js';
import { checkRecords, inLayer, noLayer } from './layer-error.js';
import { type LayerNames, layerNames } from './layer-names.js';
import type { Layer, Network, NetworkLayer, NetworkTensor } from './network.js';
import { type Given, inputAxes, layerRank, outputAxes, placeLayer } from './place.js';

/**
 * A chain of layers on one input, with the shapes of everything in it. A layer reads the one before it, and may read
 * any earlier tensor by its name (a shortcut, a shared kernel).
 * @param input name and extents, batch and channels included unless they are to be left out everywhere
 * @param loss name of the loss, by default L
 * @throws BackproofError `no-layer`, `bad-call`, `unknown-operator`, `bad-name`, `duplicate-name`, `missing-input`, `missing-shape`,
 *   `unknown-input`, `unknown-tensor`, `rank-mismatch`, and what `resolve` refuses; `data.layer` counts from 1.
 * @example network([{ operator: 'linear', inputs: { w: { shape: [4, 3] } } }], { name: 'X', shape: [2, 3] })
 */
export function network(
  layers: readonly NetworkLayer[],
  input: { readonly name: string; readonly shape: Shape },
  loss = 'L',
): Network {
  if (!Array.isArray(layers) || layers.length === 0) throw noLayer();
  checkRecords(layers, input);
  size(input.shape, input.name);
  const names = layerNames(layers, input.name, loss);
  const shownAxes = input.shape.map((_, axis) => axis);
  let before: NetworkTensor = { name: input.name, kind: 'data', shape: input.shape, shownAxes };
  const tensors = new Map([[before.name, before]]);
  const built = layers.map((asked, k): Layer => {
    const { layer, brought, output } = nextLayer(asked, k, {
      before,
      tensors,
      names,
      last: layers.length - 1,
    });
    for (const tensor of [...brought, output]) tensors.set(tensor.name, tensor);
    before = output;
    return layer;
  });
  const isLoss = before.shape.length === 0;
  return { input: input.name, layers: built, tensors, loss: isLoss ? before.name : loss };
}

interface SoFar {
  readonly before: NetworkTensor;
  readonly tensors: ReadonlyMap<string, NetworkTensor>;
  readonly names: LayerNames;
  readonly last: number;
}

interface Made {
  readonly layer: Layer;
  readonly brought: readonly NetworkTensor[];
  readonly output: NetworkTensor;
}

function nextLayer(asked: NetworkLayer, k: number, soFar: SoFar): Made {
  try {
    const operator = operatorFrom(asked.operator);
    const { first, given } = givenInputs(operator, asked, k, soFar);
    return madeLayer(operator, asked.params ?? {}, first, given, call =>
      soFar.names.output(k, k === soFar.last && call.output.length === 0),
    );
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    throw inLayer(error, k + 1, labelOf(asked.operator), soFar.before);
  }
}

/** Callers without types may pass anything. */
function labelOf(operator: unknown): string {
  const isRecord = typeof operator === 'object' && operator !== null && 'name' in operator;
  return String(isRecord ? operator.name : operator);
}

function madeLayer(
  operator: Operator,
  params: Params,
  first: NetworkTensor,
  given: ReadonlyMap<string, Given>,
  nameOutput: (call: Layer['call']) => string,
): Made {
  const rank = layerRank(operator, params, first);
  const placed = placeLayer(operator, given, params, rank);
  const shapes = [...given.keys()].map(slot => [slot, placed.get(slot)!.full] as const);
  const call = resolve(operator, Object.fromEntries(shapes), params);
  const reads = Object.fromEntries([...given].map(([slot, { name }]) => [slot, name]));
  const brought = [...given].flatMap(([slot, one]): NetworkTensor[] => {
    if ('kind' in one) return [];
    const kind = slot === 'target' ? 'data' : 'parameter';
    const shownAxes = inputAxes(operator, slot, rank, one, first, placed.get(slot)!);
    return [{ name: one.name, kind, shape: placed.get(slot)!.full, shownAxes }];
  });
  const name = nameOutput(call);
  const shownAxes = outputAxes(operator, call, first, placed);
  const output: NetworkTensor = { name, kind: 'layer', shape: call.output, shownAxes };
  return { layer: { name, operator, call, given: Object.keys(params), reads }, brought, output };
}
