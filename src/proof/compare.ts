/** Equality of two tensors of polynomials, cell by cell, by normal form. */
import { type Integer, MonomialTable, polynomial, UNIT } from '../exact/index.js';
import type { Block, Cells } from '../index-sum/index.js';
import { type Shape, sameShape, size } from '../tensor/index.js';

/** The first cell that differs, with the first monomial whose coefficients differ. */
export interface Difference {
  readonly cell: number;
  readonly monomial: readonly { readonly tensor: string; readonly cell: number }[];
  readonly left: Integer;
  readonly right: Integer;
}

/**
 * The first difference of two tensors of the same shape, or null if every cell is the same polynomial.
 * `shapeOf` tells the extents of the tensors that they mention. `watch` hears how many cells are done.
 * @param from the first cell to be compared
 */
export function firstDifference(
  left: Cells,
  right: Cells,
  shapeOf: (tensor: string) => Shape,
  watch: (cells: number) => void = () => {},
  from = 0,
): Difference | null {
  if (!sameShape(left.shape, right.shape)) throw new RangeError('the shapes differ');
  const base = variableNumbers([...left.blocks, ...right.blocks], shapeOf);
  const cellCount = size(left.shape);
  for (let cell = from; cell < cellCount; cell++) {
    if (cell % 1024 === 0) watch(cell);
    if (sameProducts(left, right, cell, base)) continue;
    // One table a cell: memory stays that of the largest cell.
    const table = new MonomialTable();
    const sides = [left, right].map(side => normalForm(side.blocks, cell, table, base));
    const [a, b] = [sides[0]!, sides[1]!];
    if (polynomial.equal(a, b)) continue;
    const monomial = [...a.keys(), ...b.keys()].find(key => a.get(key) !== b.get(key))!;
    const factors = table.factors(monomial).map(variable => ownerOf(variable, base));
    return { cell, monomial: factors, left: a.get(monomial) ?? 0, right: b.get(monomial) ?? 0 };
  }
  watch(cellCount);
  return null;
}

function normalForm(
  blocks: readonly Block[],
  cell: number,
  table: MonomialTable,
  base: ReadonlyMap<string, number>,
): Map<number, Integer> {
  const sum = new Map<number, Integer>();
  for (const { coefficient, tensors, starts, columns } of blocks) {
    const bases = tensors.map(tensor => base.get(tensor)!);
    for (let row = starts[cell]!; row < starts[cell + 1]!; row++) {
      let monomial = UNIT;
      for (let k = 0; k < columns.length; k++) {
        monomial = table.product(monomial, table.variable(bases[k]! + columns[k]![row]!));
      }
      polynomial.accumulate(sum, monomial, coefficient);
    }
  }
  return sum;
}

/**
 * Quick test that decides almost every true claim: both cells are the same products in another order.
 * False says nothing: like terms may still have to be gathered.
 */
function sameProducts(left: Cells, right: Cells, cell: number, base: ReadonlyMap<string, number>): boolean {
  const [a, b] = [left.blocks[0], right.blocks[0]];
  if (left.blocks.length !== 1 || right.blocks.length !== 1 || a!.coefficient !== b!.coefficient)
    return false;
  const [first, second] = [productKeys(a!, cell, base), productKeys(b!, cell, base)];
  return (
    first !== null &&
    second !== null &&
    first.length === second.length &&
    first.every((k, i) => k === second[i])
  );
}

/** One number per product, ascending: its variables as digits; null where they do not fit into 2^53. */
function productKeys({ tensors, starts, columns }: Block, cell: number, base: ReadonlyMap<string, number>) {
  const radix = base.get(END)!;
  if (radix ** tensors.length > Number.MAX_SAFE_INTEGER) return null;
  const bases = tensors.map(tensor => base.get(tensor)!);
  const from = starts[cell]!;
  const keys = new Float64Array(starts[cell + 1]! - from);
  const digits = new Array<number>(tensors.length);
  for (let row = 0; row < keys.length; row++) {
    for (let k = 0; k < digits.length; k++) digits[k] = bases[k]! + columns[k]![from + row]!;
    if (digits.length > 1) digits.sort((u, v) => u - v);
    let key = 0;
    for (let k = 0; k < digits.length; k++) key = key * radix + digits[k]!;
    keys[row] = key;
  }
  return keys.sort();
}

/** No tensor has this name: it stands for the number after the last variable. */
const END = '';

/** Numbers the cells of all tensors one after the other. */
function variableNumbers(blocks: readonly Block[], shapeOf: (tensor: string) => Shape): Map<string, number> {
  const base = new Map<string, number>();
  let next = 0;
  for (const tensor of new Set(blocks.flatMap(block => block.tensors))) {
    base.set(tensor, next);
    next += size(shapeOf(tensor));
  }
  base.set(END, next);
  return base;
}

function ownerOf(variable: number, base: ReadonlyMap<string, number>): { tensor: string; cell: number } {
  const [tensor, first] = [...base].findLast(([, start]) => start <= variable)!;
  return { tensor, cell: variable - first };
}
