/** Gradients in the order and in the words of a derivation. */
import { children, type Expr, rebuildAll, sum, variable } from '../../expr/index.js';
import { size, unravel } from '../../tensor/index.js';
import { type CellsByTensor, cotangentOf } from './graph.js';
import type { Network } from './network.js';

/** Nodes that are cells of a layer's output, by the variable that names the cell. */
export function outputNodes({ tensors }: Network, cells: CellsByTensor): ReadonlyMap<Expr, Expr> {
  const nodes = [...cells].flatMap(([name, { values }]) => {
    const { shape } = tensors.get(name)!;
    // A cell that is another tensor's cell, or a number, keeps that name.
    const isNamed = (node: Expr) => node.kind !== 'variable' && node.kind !== 'constant';
    return values.flatMap((node, flat) =>
      isNamed(node) ? [[node, variable(name, unravel(shape, flat))] as const] : [],
    );
  });
  return new Map(nodes);
}

/** What a layer has already computed is called by its name: A2*(1 - A2), not sigmoid(A1)*(1 - sigmoid(A1)). */
export function withOutputs(gradients: readonly Expr[], outputs: ReadonlyMap<Expr, Expr>): Expr[] {
  return rebuildAll(gradients, (node, original) => outputs.get(original) ?? node);
}

/** Sums that reverse mode leaves from the last output to the first, from the first to the last. */
export function termsInOrder(gradients: readonly Expr[], { layers, tensors }: Network): Expr[] {
  const starts = new Map<string, number>();
  let next = 0;
  for (const { name } of layers) {
    starts.set(cotangentOf(name), next);
    next += size(tensors.get(name)!.shape);
  }
  const shapes = new Map(layers.map(({ name }) => [cotangentOf(name), tensors.get(name)!.shape]));
  const first = new Map<Expr, number>();
  const place = (node: Expr): number => {
    if (node.kind !== 'variable')
      return Math.min(...children(node).map(child => first.get(child)!), Infinity);
    const start = starts.get(node.tensor);
    if (start === undefined) return Infinity;
    return node.index.reduce((flat, at, axis) => flat * shapes.get(node.tensor)![axis]! + at, 0) + start;
  };
  return rebuildAll(gradients, node => {
    first.set(node, place(node));
    if (node.kind !== 'sum' || first.get(node) === Infinity) return node;
    const terms = node.terms.toSorted((a, b) => compare(first.get(a)!, first.get(b)!));
    const ordered = sum(terms);
    first.set(ordered, first.get(node)!);
    return ordered;
  });
}

/** Infinity minus itself is no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
