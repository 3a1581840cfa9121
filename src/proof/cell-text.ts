/** Cells as formulas and as term lists. */
import type { Integer } from '../exact/index.js';
import type { Block, Cells } from '../index-sum/index.js';
import { type Shape, size, unravel } from '../tensor/index.js';

/** The name of each cell of a tensor, in C order. */
export type CellNames = (tensor: string, shape: Shape) => readonly string[];

export interface CellTerm {
  readonly coefficient: Integer;
  readonly factors: readonly { readonly tensor: string; readonly cell: number }[];
}

/** "x[0,1]" for each cell, zero-based; a scalar is "x". */
export const bracketNames: CellNames = (tensor, shape) => {
  if (shape.length === 0) return [tensor];
  const [outer, last] = [shape.slice(0, -1), shape.at(-1)!];
  const names: string[] = [];
  for (let row = 0; row < size(outer); row++) {
    const head = `${tensor}[${[...unravel(outer, row), ''].join(',')}`;
    for (let k = 0; k < last; k++) names.push(`${head}${k}]`);
  }
  return names;
};

/** The products of one cell, in the order of the definition. */
export function cellTerms(cells: Cells, cell: number): CellTerm[] {
  return cells.blocks.flatMap(({ coefficient, tensors, starts, columns }) =>
    Array.from({ length: starts[cell + 1]! - starts[cell]! }, (_, k) => ({
      coefficient,
      factors: tensors.map((tensor, j) => ({ tensor, cell: columns[j]![starts[cell]! + k]! })),
    })),
  );
}

/** One formula per cell: products joined by " + " and " - ", factors by "*"; "0" where there is none. */
export function cellTexts(
  cells: Cells,
  shapeOf: (tensor: string) => Shape,
  nameOf: CellNames = bracketNames,
): string[] {
  const names = new Map<string, readonly string[]>();
  const namesOf = (tensor: string) => {
    const known = names.get(tensor) ?? nameOf(tensor, shapeOf(tensor));
    names.set(tensor, known);
    return known;
  };
  const printed = cells.blocks.map(block => printedBlock(block, namesOf));
  const minus = cells.blocks.some(block => block.coefficient < 0);
  // One cell after the other, each joined to a flat string at once: what is thrown away dies young.
  return Array.from({ length: size(cells.shape) }, (_, cell) => {
    const products: string[] = [];
    for (const block of printed) appendProducts(block, cell, products);
    const text = products.join(' + ') || '0';
    return minus ? text.replaceAll('+ -', '- ') : text;
  });
}

/** A block with the names of its factors; every name but the last ends with "*". */
interface PrintedBlock {
  readonly block: Block;
  /** "", "-", "2*" before factors; "-3" alone. */
  readonly scale: string;
  readonly names: readonly (readonly string[])[];
}

function printedBlock(block: Block, namesOf: (tensor: string) => readonly string[]): PrintedBlock {
  const { coefficient, tensors } = block;
  const scale = tensors.length === 0 ? String(coefficient) : { '1': '', '-1': '-' }[String(coefficient)];
  const last = tensors.length - 1;
  const names = tensors.map((tensor, k) =>
    k === last ? namesOf(tensor) : namesOf(tensor).map(name => `${name}*`),
  );
  return { block, scale: scale ?? `${coefficient}*`, names };
}

function appendProducts({ block, scale, names }: PrintedBlock, cell: number, products: string[]): void {
  const { starts, columns } = block;
  for (let row = starts[cell]!; row < starts[cell + 1]!; row++) {
    let product = scale;
    for (let k = 0; k < columns.length; k++) product += names[k]![columns[k]![row]!]!;
    products.push(product);
  }
}
