/** Names of all cells of a network and of the derivatives by them. */
import { ravel } from '../../tensor/index.js';
import {
  type CellName,
  cellNames,
  derivative,
  derivativeLatex,
  type IndexStyle,
  latexName,
} from '../names.js';
import { cotangentOf } from './graph.js';
import { type Network, type NetworkTensor, shownShape } from './network.js';
import { phraseWriter, type Writer } from './phrases.js';

export interface NetworkNames {
  readonly cells: (tensor: string) => readonly CellName[];
  /** dL/d(cell). */
  readonly gradients: (tensor: string) => readonly CellName[];
  readonly text: Writer;
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
  const write = phraseWriter(({ tensor, index }, syntax) => {
    const { plain, latex } = known.get(tensor)![ravel(shapes.get(tensor)!, index)]!;
    return syntax === 'latex' ? latex : plain;
  }, LONGEST);
  return {
    cells: tensor => cells.get(tensor)!,
    gradients: tensor => gradients.get(tensor)!,
    text: write,
  };
}
