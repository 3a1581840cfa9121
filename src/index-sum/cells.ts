/**
 * Every cell of a tensor as a sum of products of other tensors' cells, in columns of integers:
 * compact enough for millions of products, and closed under composition and differentiation.
 */
import type { Integer } from '../exact/index.js';
import { integer } from '../exact/index.js';
import { type Shape, size } from '../tensor/index.js';
import { parameterPolynomial, type Values } from './affine.js';
import type { SumStage } from './program.js';
import type { Term } from './term.js';
import { walkTerm } from './walk.js';

/** Products with the same coefficient and the same tensors; those of cell c are rows starts[c] to starts[c + 1]. */
export interface Block {
  readonly coefficient: Integer;
  readonly tensors: readonly string[];
  readonly starts: Int32Array;
  /** columns[k][row] is the flat cell of tensors[k]. */
  readonly columns: readonly Int32Array[];
}

export interface Cells {
  readonly shape: Shape;
  readonly blocks: readonly Block[];
}

/** A tensor whose cells are variables. */
export function variableCells(tensor: string, shape: Shape): Cells {
  const starts = Int32Array.from({ length: size(shape) + 1 }, (_, cell) => cell);
  const columns = [starts.subarray(0, size(shape))];
  return { shape, blocks: [{ coefficient: 1, tensors: [tensor], starts, columns }] };
}

/**
 * The cells of a sum stage whose tensors are themselves given as cells.
 * @throws RangeError for more than `most` products.
 */
export function compose(
  stage: SumStage,
  parameters: Values,
  inputs: ReadonlyMap<string, Cells>,
  most = Number.POSITIVE_INFINITY,
): Cells {
  const shape = stage.free.map(range => Math.max(0, parameterPolynomial(range.extent, parameters)));
  const blocks = stage.terms.flatMap(term =>
    // A term that reads an absent input has no blocks to choose from: it vanishes.
    choices(term.atoms.map(atom => inputs.get(atom.tensor)?.blocks ?? [])).map(chosen =>
      composeBlock(stage, term, chosen, parameters, inputs, size(shape), most),
    ),
  );
  return { shape, blocks: blocks.filter(block => block.starts.at(-1)! > 0) };
}

/** Every way to take one element of each list. */
function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((taken, list) => taken.flatMap(head => list.map(one => [...head, one])), [[]]);
}

function composeBlock(
  stage: SumStage,
  term: Term,
  chosen: readonly Block[],
  parameters: Values,
  inputs: ReadonlyMap<string, Cells>,
  cellCount: number,
  most: number,
): Block {
  const counts = new Int32Array(cellCount + 1);
  let products = 0;
  const sources = chosen.flatMap((block, atom) => block.columns.map(column => ({ column, atom })));
  const columns = sources.map(() => new Column());
  const rows = new Int32Array(chosen.length);
  const shapeOf = (tensor: string) => inputs.get(tensor)!.shape;
  walkTerm(term, stage.free, parameters, shapeOf, (output, atoms) => {
    for (let k = 0; k < chosen.length; k++) {
      rows[k] = chosen[k]!.starts[atoms[k]!]!;
      if (rows[k]! >= chosen[k]!.starts[atoms[k]! + 1]!) return;
    }
    // Every combination of one row per atom; the last atom runs fastest.
    for (let k = 0; k >= 0; ) {
      counts[output + 1]!++;
      if (++products > most) throw new RangeError(`more than ${most} products`);
      for (let s = 0; s < sources.length; s++) columns[s]!.push(sources[s]!.column[rows[sources[s]!.atom]!]!);
      for (k = chosen.length - 1; k >= 0; k--) {
        rows[k]!++;
        if (rows[k]! < chosen[k]!.starts[atoms[k]! + 1]!) break;
        rows[k] = chosen[k]!.starts[atoms[k]!]!;
      }
    }
  });
  return {
    coefficient: chosen.reduce(
      (product, block) => integer.multiply(product, block.coefficient),
      term.coefficient,
    ),
    tensors: chosen.flatMap(block => block.tensors),
    starts: prefixSums(counts),
    columns: columns.map(column => column.values()),
  };
}

/**
 * The gradient with respect to `tensor` of the sum over all cells of upstream[cell] * cell (Leibniz's rule):
 * each product moves to the cell of `tensor` that it mentions, with the upstream factor in front,
 * in the order of the output cells.
 */
export function gradientCells(cells: Cells, tensor: string, shape: Shape, upstream: string): Cells {
  const blocks = cells.blocks.flatMap(block =>
    block.tensors.flatMap((name, k) =>
      name === tensor ? [moveToColumn(block, k, size(shape), upstream)] : [],
    ),
  );
  return { shape, blocks };
}

function moveToColumn(block: Block, target: number, cellCount: number, upstream: string): Block {
  const counts = new Int32Array(cellCount + 1);
  const to = block.columns[target]!;
  for (let row = 0; row < to.length; row++) counts[to[row]! + 1]!++;
  const starts = prefixSums(counts);
  const next = starts.slice();
  const kept = block.columns.filter((_, k) => k !== target);
  const columns = [new Int32Array(to.length), ...kept.map(() => new Int32Array(to.length))];
  for (let cell = 0; cell + 1 < block.starts.length; cell++) {
    for (let row = block.starts[cell]!; row < block.starts[cell + 1]!; row++) {
      const place = next[to[row]!]!++;
      columns[0]![place] = cell;
      for (let k = 0; k < kept.length; k++) columns[k + 1]![place] = kept[k]![row]!;
    }
  }
  const tensors = [upstream, ...block.tensors.filter((_, k) => k !== target)];
  return { coefficient: block.coefficient, tensors, starts, columns };
}

/** How many products all cells have together. */
export function productCount(cells: Cells): number {
  return cells.blocks.reduce((count, block) => count + block.starts.at(-1)!, 0);
}

function prefixSums(counts: Int32Array): Int32Array {
  for (let k = 1; k < counts.length; k++) counts[k]! += counts[k - 1]!;
  return counts;
}

/** A growing column of integers. */
class Column {
  #data = new Int32Array(64);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length++] = value;
  }

  values(): Int32Array {
    return this.#data.subarray(0, this.#length);
  }
}
