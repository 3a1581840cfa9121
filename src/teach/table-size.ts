/** How large a table becomes, and the refusal of one that nobody could read. */
import { BackproofError } from '../error.js';
import { productCount, termsOf, walkTerm } from '../index-sum/index.js';
import { definitionOf } from '../ops/index.js';
import type { Symbolic } from '../proof/index.js';
import { size } from '../tensor/index.js';
import type { TableCall } from './call.js';
import { type Section, sections } from './gradient-table.js';

const CELL_CAP = 50_000;
const FACTOR_CAP = 200_000;

/** Cells of a tensor and products of the forward pass that are expanded to find out; beyond it no part is small. */
const EXPANSION_CAP = 2_000_000;

interface Size {
  readonly cells: number;
  readonly factors: number;
}

/** Counts cells and products of the forward pass without keeping them. @throws BackproofError `table-too-large`. */
export function refuseHopeless({ operator, call }: TableCall): void {
  const largest = Math.max(...[...Object.values(call.inputs), call.output].map(shape => size(shape)));
  if (largest > EXPANSION_CAP) throw tooLarge(operator.name, `a tensor of ${largest} cells`, []);
  let products = 0;
  for (const stage of definitionOf(operator, call.params, call.rank).stages) {
    if (stage.kind !== 'sum') return;
    for (const term of termsOf(stage)) {
      if (term.atoms.some(atom => call.inputs[atom.tensor] === undefined)) continue;
      walkTerm(
        term,
        stage.free,
        call.sizes,
        tensor => call.inputs[tensor]!,
        () => {
          if (++products > EXPANSION_CAP) throw tooLarge(operator.name, `over ${EXPANSION_CAP} products`, []);
        },
      );
    }
  }
}

/** @throws BackproofError `table-too-large`, which says which parts would do. */
export function refuseTooLarge(table: TableCall, symbolic: Symbolic, of: readonly Section[]): void {
  const sizes = of.map(section => ({ section, ...sectionSize(table, symbolic, section) }));
  const { cells, factors } = total(sizes);
  if (cells <= CELL_CAP && factors <= FACTOR_CAP) return;
  // The smaller parts first, so that as many as possible stay.
  const kept: (typeof sizes)[number][] = [];
  for (const one of sizes.toSorted((a, b) => a.cells + a.factors - b.cells - b.factors)) {
    const sum = total([...kept, one]);
    if (sum.cells <= CELL_CAP && sum.factors <= FACTOR_CAP) kept.push(one);
  }
  const fits = sections.filter(section => kept.some(one => one.section === section));
  throw tooLarge(table.operator.name, `${cells} cells with ${factors} factors`, fits);
}

function total(sizes: readonly Size[]): Size {
  const add = (a: Size, b: Size) => ({ cells: a.cells + b.cells, factors: a.factors + b.factors });
  return sizes.reduce(add, { cells: 0, factors: 0 });
}

function sectionSize(table: TableCall, symbolic: Symbolic, section: Section): Size {
  const outputs = size(table.output.shown);
  const gradientSize = ({ tensor }: { readonly tensor: string }): Size => {
    const { cells, shape } = symbolic.gradients[tensor]!;
    return { cells: size(shape), factors: 2 * productCount(cells) };
  };
  if (section === 'forward') {
    return { cells: outputs, factors: 2 * productCount(symbolic.output.cells) };
  }
  if (section === 'local' || section === 'chain') {
    const { cells, factors } = total(table.parts.filter(part => part.named).map(gradientSize));
    return section === 'chain' ? { cells, factors } : { cells: outputs * cells, factors: factors / 2 };
  }
  return gradientSize(table.parts.find(part => part.role === section)!);
}

function tooLarge(operator: string, got: string, fits: readonly Section[]): BackproofError {
  return new BackproofError({
    code: 'table-too-large',
    where: operator,
    what: 'the table is too large to be read',
    expected: `at most ${CELL_CAP} cells and ${FACTOR_CAP} factors`,
    got,
    fix: fits.length > 0 ? `Pass --of ${fits.join(',')}, or smaller extents.` : 'Use smaller extents.',
    data: { fits },
  });
}
