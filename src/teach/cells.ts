/** The cells of each part of a table, from the cells and gradients of the definition. */
import { COTANGENT, OUTPUT } from '../ops/index.js';
import { type CellTerm, cellTerms, type Symbolic, type SymbolicTensor } from '../proof/index.js';
import type { Part, TableCall } from './call.js';
import { formulaFactor } from './formula-factor.js';
import type { Section, TableCell } from './gradient-table.js';
import {
  type CellName,
  cellNames,
  derivative,
  derivativeLatex,
  type IndexStyle,
  latexName,
} from './names.js';
import { type Factor, gathered, latexSum, type Product, plainSum, tableTerms } from './terms.js';

/** A call with the names of all its cells. */
interface Named {
  readonly table: TableCall;
  readonly symbolic: Symbolic;
  readonly output: readonly CellName[];
  /** By the operator's tensors, and of the cotangent: dL/dO_{11}. */
  readonly factors: Readonly<Record<string, readonly Factor[]>>;
  readonly cells: Readonly<Record<string, readonly CellName[]>>;
}

/** The cells of the chosen parts, part after part. */
export function tableCells(
  table: TableCall,
  symbolic: Symbolic,
  style: IndexStyle,
  of: readonly Section[],
): TableCell[] {
  const output = cellNames(table.output, style);
  const cells = Object.fromEntries([
    ...table.parts.map(part => [part.tensor, cellNames(part, style)] as const),
    ...[...table.others].map(([tensor, other]) => [tensor, cellNames(other, style)] as const),
  ]);
  const loss = { plain: table.loss, latex: latexName(table.loss) };
  const upstream = output.map(cell => ratio(loss, cell));
  const named = {
    table,
    symbolic,
    output,
    cells,
    factors: { ...cells, [OUTPUT]: output, [COTANGENT]: upstream },
  };
  return of.flatMap(section => makers[section](named));
}

const makers: Readonly<Record<Section, (named: Named) => TableCell[]>> = {
  forward: forwardRows,
  local: named => mentioned(named).flatMap(part => localRows(named, part)),
  chain: named => mentioned(named).flatMap(part => chainRows(named, part)),
  input: gradientRows('input'),
  kernel: gradientRows('kernel'),
  bias: gradientRows('bias'),
};

const mentioned = ({ table }: Named): readonly Part[] => table.parts.filter(part => part.named);

function forwardRows(named: Named): TableCell[] {
  const { symbolic, output, table } = named;
  const silent = new Set(table.parts.filter(part => !part.named).map(part => part.tensor));
  const isMentioned = (term: CellTerm) => !term.factors.some(({ tensor }) => silent.has(tensor));
  return output.map((cell, at) => {
    const terms = gathered(cellTerms(symbolic.output.cells, at).filter(isMentioned));
    return row('forward', cell.plain, cell.index, products(named, symbolic.output, terms));
  });
}

function gradientRows(role: Part['role']): (named: Named) => TableCell[] {
  return named => {
    const part = named.table.parts.find(one => one.role === role)!;
    return named.cells[part.tensor]!.map((cell, at) =>
      row(
        role,
        cell.plain,
        cell.index,
        products(named, gradientOf(named, part), gradientTerms(named, part, at)),
      ),
    );
  };
}

/** dL/dX as the sum over the output cells that depend on X, before anything is put in. */
function chainRows(named: Named, part: Part): TableCell[] {
  return named.cells[part.tensor]!.map((cell, at) => {
    const outputs = new Set(gradientTerms(named, part, at).map(upstreamCell));
    const chain = [...outputs].map(out => ({
      coefficient: 1,
      factors: [named.factors[COTANGENT]![out]!, ratio(named.output[out]!, cell)],
    }));
    return row('chain', cell.plain, cell.index, chain);
  });
}

/** Every output cell by every cell of one tensor: what the gradient multiplies the upstream gradient by. */
function localRows(named: Named, part: Part): TableCell[] {
  const cells = named.cells[part.tensor]!;
  const byOutput = cells.map((_, at) => {
    const partials = new Map<number, CellTerm[]>();
    for (const term of gradientTerms(named, part, at)) {
      const known = partials.get(upstreamCell(term)) ?? [];
      partials.set(upstreamCell(term), [...known, { ...term, factors: term.factors.slice(1) }]);
    }
    return partials;
  });
  return named.output.flatMap((out, to) =>
    cells.map((cell, at) => {
      const name = derivative(out.plain, cell.plain);
      const sum = products(named, gradientOf(named, part), byOutput[at]!.get(to) ?? []);
      return row('local', name, [...out.index, ...cell.index], sum);
    }),
  );
}

const gradientOf = ({ symbolic }: Named, part: Part) => symbolic.gradients[part.tensor]!;

/** The terms of one gradient cell, in the order of the output cells, with the upstream gradient in front. */
function gradientTerms(named: Named, part: Part, at: number): CellTerm[] {
  const terms = gathered(cellTerms(gradientOf(named, part).cells, at).map(upstreamFirst));
  return terms.sort((a, b) => upstreamCell(a) - upstreamCell(b));
}

const upstreamFirst = ({ coefficient, factors }: CellTerm): CellTerm => {
  const [upstream, others] = [true, false].map(is =>
    factors.filter(({ tensor }) => (tensor === COTANGENT) === is),
  );
  return { coefficient, factors: [...upstream!, ...others!] };
};

const upstreamCell = (term: CellTerm): number => term.factors[0]!.cell;

function products(
  { factors, table }: Named,
  { formulas }: SymbolicTensor,
  terms: readonly CellTerm[],
): Product[] {
  const factorOf = (tensor: string, cell: number): Factor =>
    factors[tensor]?.[cell] ?? formulaFactor(formulas[tensor]?.[cell], { tensor, factors, call: table.call });
  return terms.map(term => ({
    coefficient: term.coefficient,
    factors: term.factors.map(({ tensor, cell }) => factorOf(tensor, cell)),
  }));
}

function ratio(above: Factor, below: Factor): Factor {
  return {
    plain: derivative(above.plain, below.plain),
    latex: derivativeLatex(above.latex, below.latex),
  };
}

function row(of: Section, cell: string, index: readonly number[], sum: readonly Product[]): TableCell {
  return { of, cell, index, plain: plainSum(sum), latex: latexSum(sum), terms: tableTerms(sum) };
}
