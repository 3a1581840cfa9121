/** Which cell of each window a maximum takes: one-hot tensors, made at the edge so that definitions see no data. */
import { parameterPolynomial, type Valued, walkTerm } from '../index-sum/index.js';
import { size } from '../tensor/index.js';
import { definitionOf } from './definition.js';
import type { Operator, Resolved } from './operator.js';

/** Which of several equal cells counts: the first, the last, or each with its share. */
export type Ties = 'first' | 'last' | 'split';

/**
 * The selection of the definition's only maximum, over [cell, cell of its window]; null for an operator without one.
 * @param inputs the values of the input that the maximum reads
 */
export function selectionAt(
  operator: Operator,
  call: Resolved,
  inputs: ReadonlyMap<string, Valued<number>>,
  ties: Ties = 'first',
): Valued<number> | null {
  const [stage, ...others] = definitionOf(operator, call.params, call.rank).stages.filter(
    one => one.kind === 'max',
  );
  if (!stage || others.length > 0) return null;
  const ranges = [...stage.free, ...stage.term.bound];
  const shape = ranges.map(({ extent }) => Math.max(0, parameterPolynomial(extent, call.sizes)));
  const { shape: read, values } = inputs.get(stage.term.atoms[0]!.tensor)!;
  const window = size(shape.slice(stage.free.length));
  const windows = new Map<number, { readonly cell: number; readonly value: number }[]>();
  // All indices as free ones, so that the visited cell is the place in the selection.
  walkTerm(
    { ...stage.term, bound: [] },
    ranges,
    call.sizes,
    () => read,
    (cell, atoms) => {
      const known = windows.get(Math.floor(cell / window)) ?? [];
      known.push({ cell, value: values[atoms[0]!]! });
      windows.set(Math.floor(cell / window), known);
    },
  );
  const chosen = new Array<number>(size(shape)).fill(0);
  for (const cells of windows.values()) {
    const largest = cells.reduce(
      (most, { value }) => (value > most ? value : most),
      Number.NEGATIVE_INFINITY,
    );
    // NaN wins, as in the kernels: it must not be hidden.
    const unknown = cells.filter(({ value }) => Number.isNaN(value));
    const best = unknown.length > 0 ? unknown : cells.filter(({ value }) => value === largest);
    const taken = ties === 'split' ? best : [ties === 'first' ? best[0]! : best.at(-1)!];
    for (const { cell } of taken) chosen[cell] = 1 / taken.length;
  }
  return { shape, values: chosen };
}
