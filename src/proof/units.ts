/** Cells over reciprocals of counts, brought to a form in which equal cells are equal polynomials. */
import { type Integer, integer } from '../exact/index.js';
import type { Block, Cells } from '../index-sum/index.js';

/** Counts by the names of the tensors without axes that are their reciprocals. */
export type Units = ReadonlyMap<string, Integer>;

/** Both sides multiplied by the same product of counts, so that no reciprocal is left. */
export function withoutUnits(sides: readonly Cells[], units: Units): Cells[] {
  if (units.size === 0) return [...sides];
  const powers = [...units].map(([name, count]) => {
    const most = Math.max(0, ...sides.flatMap(side => side.blocks.map(block => timesIn(block, name))));
    return { name, count, most };
  });
  return sides.map(side => ({ ...side, blocks: side.blocks.map(block => cleared(block, powers)) }));
}

const timesIn = ({ tensors }: Block, name: string): number => tensors.filter(one => one === name).length;

interface Power {
  readonly name: string;
  readonly count: Integer;
  readonly most: number;
}

function cleared(block: Block, powers: readonly Power[]): Block {
  const coefficient = powers
    .flatMap(({ name, count, most }) => new Array<Integer>(most - timesIn(block, name)).fill(count))
    .reduce((product, count) => integer.multiply(product, count), block.coefficient);
  const names = new Set(powers.map(({ name }) => name));
  const kept = block.tensors.map((tensor, k) => ({ tensor, column: block.columns[k]! }));
  const others = kept.filter(({ tensor }) => !names.has(tensor));
  return {
    ...block,
    coefficient,
    tensors: others.map(({ tensor }) => tensor),
    columns: others.map(({ column }) => column),
  };
}
