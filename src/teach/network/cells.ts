/** The equations of a network, cell by cell. */
import { type Expr, simplifyAll } from '../../expr/index.js';
import type { CellName } from '../names.js';
import type { NetworkNames } from './cell-names.js';
import { type Choice, choosingAlgebra, chosenAmong } from './choice.js';
import { stepwiseCells, wholeCells, wholeGradients } from './graph.js';
import { type Network, outputOf } from './network.js';
import type { NetworkCell } from './network-table.js';
import type { Writer } from './phrases.js';
import { outputNodes, termsInOrder, withOutputs } from './reading-order.js';
import { stepwiseGradients } from './stepwise.js';

type Of = NetworkCell['of'];

/** Each layer's output in terms of the tensors that it reads. */
export function forwardCells(network: Network, names: NetworkNames): NetworkCell[] {
  const cells = stepwiseCells(network, { named: true });
  const write = names.writer();
  return network.layers.flatMap(({ name }) =>
    equations('forward', name, names.cells(name), simplifyAll(cells.get(name)!.values), write),
  );
}

/** Each gradient in terms of the gradients of the layers that read the tensor: the last layer's tensors first. */
export function gradientCells(network: Network, names: NetworkNames): NetworkCell[] {
  const choices: Choice[] = [];
  const forward = stepwiseCells(network, { algebra: choosingAlgebra(choices), named: true });
  const gradients = stepwiseGradients(network, forward, true);
  const outputs = outputNodes(network, forward);
  const write = names.writer(choices.map(one => [chosenAmong(one, outputs), one.taken]));
  return backwards(network).flatMap(name => {
    const simple = simplifyAll(withOutputs(gradients.get(name)!.values, outputs));
    return equations('gradients', name, names.gradients(name), termsInOrder(simple, network), write);
  });
}

/** The output and the gradients of everything that no layer makes, with all layers put into each other. */
export function substitutedCells(network: Network, names: NetworkNames): NetworkCell[] {
  const cells = wholeCells(network, { named: true });
  const write = names.writer();
  const gradients = wholeGradients(network, cells);
  const output = outputOf(network);
  const made = new Set(network.layers.map(layer => layer.name));
  const leaves = backwards(network).filter(name => !made.has(name));
  return [
    ...equations('substituted', output, names.cells(output), simplifyAll(cells.get(output)!.values), write),
    ...leaves.flatMap(name => {
      const values = termsInOrder(simplifyAll(gradients.get(name)!.values), network);
      return equations('substituted', name, names.gradients(name), values, write);
    }),
  ];
}

/** Tensors that a layer reads, from the last layer to the first: what it passes on, then what it brought. */
export function backwards({ layers }: Network): string[] {
  return [...new Set(layers.toReversed().flatMap(({ reads }) => Object.values(reads)))];
}

function equations(
  of: Of,
  tensor: string,
  left: readonly CellName[],
  right: readonly Expr[],
  write: Writer,
): NetworkCell[] {
  return right.map((value, cell) => {
    const { index, plain, latex } = left[cell]!;
    const [text, formula] = [write(value, 'plain'), write(value, 'latex')];
    return { of, tensor, index, left: plain, plain: text, leftLatex: latex, latex: formula };
  });
}
