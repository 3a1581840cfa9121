/** A network as expressions: each layer over the cells it reads, and all layers put into each other. */
import { vjp } from '../../autodiff/index.js';
import { constant, type Expr, variable, variableInterner } from '../../expr/index.js';
import { type Algebra, expressionAlgebra, type Valued } from '../../index-sum/index.js';
import { forwardValues, realParameters } from '../../ops/index.js';
import { size, unravel } from '../../tensor/index.js';
import { endsInLoss, type Layer, type Network, type NetworkTensor, outputOf } from './network.js';

export type CellsByTensor = ReadonlyMap<string, Valued<Expr>>;

/** Variables that stand for dL/dA1 are cells of a tensor of this name; no tensor of a network is called so. */
export const cotangentOf = (tensor: string): string => `d ${tensor}`;

/** The cells of a tensor as variables of its name. */
export function variablesOf(tensor: NetworkTensor, cell = variable): Valued<Expr> {
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
  const { operator, call, reads } = layer;
  const inputs = Object.entries(reads).map(([slot, tensor]): [string, Valued<Expr>] => [
    slot,
    { shape: call.inputs[slot]!, values: cells.get(tensor)!.values },
  ]);
  const given = new Map([...inputs, ...(options.named ? realVariables(layer) : [])]);
  return forwardValues(operator, call, given, options.algebra ?? expressionAlgebra);
}

/** The real parameters of a layer as variables, by the operator's own names. */
export function realVariables({ name, operator, call }: Layer): [string, Valued<Expr>][] {
  const reals = realParameters(operator, call.params, call.rank);
  return reals.map(parameter => [parameter, { shape: [], values: [variable(realOf(name, parameter))] }]);
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

/** A tensor from its cells, in C order. */
export function eachCell({ shape }: NetworkTensor, cell: (index: readonly number[]) => Expr): Valued<Expr> {
  return { shape, values: Array.from({ length: size(shape) }, (_, flat) => cell(unravel(shape, flat))) };
}
