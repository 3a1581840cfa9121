/** A network as expressions: each layer over the cells it reads, and all layers put into each other. */
import { vjp } from '../../autodiff/index.js';
import { constant, type Expr, sum, variable, variableInterner } from '../../expr/index.js';
import { type Algebra, expressionAlgebra, type Valued } from '../../index-sum/index.js';
import { forwardValues, realParameters } from '../../ops/index.js';
import { size, unravel } from '../../tensor/index.js';
import { endsInLoss, type Layer, type Network, type NetworkTensor, outputOf } from './network.js';

export type CellsByTensor = ReadonlyMap<string, Valued<Expr>>;

/** Variables that stand for dL/dA1 are cells of a tensor of this name; no tensor of a network is called so. */
export const cotangentOf = (tensor: string): string => `d ${tensor}`;

/** The cells of a tensor as variables of its name. */
function variablesOf(tensor: NetworkTensor, cell = variable): Valued<Expr> {
  return eachCell(tensor, index => cell(tensor.name, index));
}

/** How a graph is built. */
export interface GraphOptions {
  readonly algebra?: Algebra<Expr>;
  /** Real parameters as variables, to be printed by their names; else as numbers. */
  readonly named?: boolean;
}

/** A real parameter of a layer is a cell of a tensor of this name; no tensor of a network is called so. */
export const realOf = (layer: string, parameter: string): string => `${parameter} of ${layer}`;

/** The output cells of a layer over the cells that it reads. */
function layerCells(layer: Layer, cells: CellsByTensor, options: GraphOptions): Valued<Expr> {
  const { name, operator, call, reads } = layer;
  const inputs = Object.entries(reads).map(([slot, tensor]): [string, Valued<Expr>] => [
    slot,
    { shape: call.inputs[slot]!, values: cells.get(tensor)!.values },
  ]);
  const reals = options.named ? realParameters(operator, call.params, call.rank) : [];
  const known = reals.map((parameter): [string, Valued<Expr>] => [
    parameter,
    { shape: [], values: [variable(realOf(name, parameter))] },
  ]);
  const given = new Map([...inputs, ...known]);
  return forwardValues(operator, call, given, options.algebra ?? expressionAlgebra);
}

/** Every layer's output over the tensors that it reads, by the names of the network. */
export function stepwiseCells({ layers, tensors }: Network, options: GraphOptions = {}): CellsByTensor {
  const cell = variableInterner();
  const variables = new Map([...tensors].map(([name, tensor]) => [name, variablesOf(tensor, cell)]));
  return new Map(layers.map(layer => [layer.name, layerCells(layer, variables, options)]));
}

/** Every layer's output over the input, the parameters and the data alone, as one graph. */
export function wholeCells({ layers, tensors }: Network, options: GraphOptions = {}): CellsByTensor {
  const cell = variableInterner();
  const cells = new Map<string, Valued<Expr>>();
  for (const tensor of tensors.values())
    if (tensor.kind !== 'layer') cells.set(tensor.name, variablesOf(tensor, cell));
  for (const layer of layers) cells.set(layer.name, layerCells(layer, cells, options));
  return cells;
}

/** dL/d(output): 1 where the output is the loss, else variables. */
export function seed(network: Network): Valued<Expr> {
  const { shape } = network.tensors.get(outputOf(network))!;
  if (endsInLoss(network)) return { shape, values: [constant(1)] };
  return variablesOf({ ...network.tensors.get(outputOf(network))!, name: cotangentOf(outputOf(network)) });
}

/** dL/d(everything that no layer makes) by reverse mode over the one graph. */
export function wholeGradients(network: Network, cells: CellsByTensor = wholeCells(network)): CellsByTensor {
  const { at } = vjp(cells.get(outputOf(network))!.values, seed(network).values);
  const leaves = [...network.tensors.values()].filter(({ kind }) => kind !== 'layer');
  return new Map(leaves.map(tensor => [tensor.name, eachCell(tensor, index => at(tensor.name, index))]));
}

/**
 * dL/d(every tensor but the output), layer by layer: over the tensors that the layers reading it read, over their
 * outputs, and over the variables dL/d(output) of those layers.
 */
export function stepwiseGradients(
  network: Network,
  cells: CellsByTensor = stepwiseCells(network),
): CellsByTensor {
  const parts = new Map<string, (readonly Expr[])[]>();
  for (const layer of network.layers) {
    const output = network.tensors.get(layer.name)!;
    const upstream =
      layer.name === outputOf(network)
        ? seed(network)
        : variablesOf({ ...output, name: cotangentOf(layer.name) });
    const { at } = vjp(cells.get(layer.name)!.values, upstream.values);
    for (const name of new Set(Object.values(layer.reads))) {
      const { values } = eachCell(network.tensors.get(name)!, index => at(name, index));
      parts.set(name, [...(parts.get(name) ?? []), values]);
    }
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

function eachCell({ shape }: NetworkTensor, cell: (index: readonly number[]) => Expr): Valued<Expr> {
  return { shape, values: Array.from({ length: size(shape) }, (_, flat) => cell(unravel(shape, flat))) };
}
