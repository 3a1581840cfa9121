/** Names of all cells of a network and of the derivatives by them. */
import type { Expr } from '../../expr/index.js';
import { realParameters } from '../../ops/index.js';
import { ravel } from '../../tensor/index.js';
import {
  type CellName,
  cellNames,
  derivative,
  derivativeLatex,
  type IndexStyle,
  latexName,
} from '../names.js';
import { cotangentOf, realOf } from './graph.js';
import { type Network, type NetworkTensor, shownShape } from './network.js';
import { phraseWriter, type Writer } from './phrases.js';

export interface NetworkNames {
  readonly cells: (tensor: string) => readonly CellName[];
  /** dL/d(cell). */
  readonly gradients: (tensor: string) => readonly CellName[];
  /** @param equal what the choices of a maximum say */
  readonly writer: (equal?: readonly (readonly [Expr, Expr])[]) => Writer;
}

/** Characters of one right side; beyond it nobody reads it. */
const LONGEST = 200_000;

export function networkNames(network: Network, style: IndexStyle): NetworkNames {
  const loss = { plain: network.loss, latex: latexName(network.loss) };
  const cells = new Map<string, readonly CellName[]>();
  const gradients = new Map<string, readonly CellName[]>();
  const shapes = new Map<string, NetworkTensor['shape']>();
  const known = new Map<string, readonly CellName[]>();
  for (const tensor of network.tensors.values()) {
    const own = cellNames({ name: tensor.name, shown: shownShape(tensor) }, style);
    const by = own.map(cell => ({
      index: cell.index,
      plain: derivative(loss.plain, cell.plain),
      latex: derivativeLatex(loss.latex, cell.latex),
    }));
    cells.set(tensor.name, own);
    gradients.set(tensor.name, by);
    known.set(tensor.name, own).set(cotangentOf(tensor.name), by);
    shapes.set(tensor.name, tensor.shape).set(cotangentOf(tensor.name), tensor.shape);
  }
  for (const [tensor, name] of realNames(network)) {
    known.set(tensor, [{ index: [], plain: name, latex: latexName(name) }]);
    shapes.set(tensor, []);
  }
  const nameOf: Parameters<typeof phraseWriter>[0] = ({ tensor, index }, syntax) => {
    const { plain, latex } = known.get(tensor)![ravel(shapes.get(tensor)!, index)]!;
    return syntax === 'latex' ? latex : plain;
  };
  return {
    cells: tensor => cells.get(tensor)!,
    gradients: tensor => gradients.get(tensor)!,
    writer: (equal = []) => phraseWriter(nameOf, equal, LONGEST),
  };
}

/** Real parameters by their own names, with that of the layer where layers have different values. */
function realNames({ layers }: Network): [tensor: string, name: string][] {
  const all = layers.flatMap(({ name, operator, call }) =>
    realParameters(operator, call.params, call.rank).map(parameter => ({
      layer: name,
      parameter,
      value: call.params[parameter],
    })),
  );
  const values = (parameter: string) =>
    new Set(all.filter(one => one.parameter === parameter).map(one => one.value)).size;
  return all.map(({ layer, parameter }) => [
    realOf(layer, parameter),
    values(parameter) > 1 ? `${parameter}_${layer}` : parameter,
  ]);
}
