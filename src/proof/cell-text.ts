/** Cells as formulas and as term lists. */
import { type Integer, integer } from '../exact/index.js';
import type { Cells } from '../index-sum/index.js';
import { type Shape, size, unravel } from '../tensor/index.js';

/** The name of each cell of a tensor, in C order. */
export type CellNames = (tensor: string, shape: Shape) => readonly string[];

export interface CellTerm {
  readonly coefficient: Integer;
  readonly factors: readonly { readonly tensor: string; readonly cell: number }[];
}

/** "x[0,1]" for each cell, zero-based; a scalar is "x". */
export const bracketNames: CellNames = (tensor, shape) =>
  shape.length === 0
    ? [tensor]
    : Array.from({ length: size(shape) }, (_, cell) => `${tensor}[${unravel(shape, cell).join(',')}]`);

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
  const texts = new Array<string>(size(cells.shape)).fill('');
  for (const { coefficient, tensors, starts, columns } of cells.blocks) {
    const magnitude = integer.absolute(coefficient);
    const prefix =
      magnitude === 1 && tensors.length > 0 ? '' : `${magnitude}${tensors.length > 0 ? '*' : ''}`;
    const [plus, minus] = [` + ${prefix}`, ` - ${prefix}`];
    const [join, first] = coefficient < 0 ? [minus, `-${prefix}`] : [plus, prefix];
    const factorNames = tensors.map(namesOf);
    for (let cell = 0; cell < texts.length; cell++) {
      let text = texts[cell]!;
      for (let row = starts[cell]!; row < starts[cell + 1]!; row++) {
        text += text === '' ? first : join;
        for (let k = 0; k < columns.length; k++) {
          text += k === 0 ? factorNames[k]![columns[k]![row]!]! : `*${factorNames[k]![columns[k]![row]!]!}`;
        }
      }
      texts[cell] = text;
    }
  }
  return texts.map(text => text || '0');
}
