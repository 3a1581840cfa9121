/** The cells of each part of a table, from the cells and gradients of the definition. */
import { rational } from '../exact/index.js';
import { COTANGENT, OUTPUT, unlike } from '../ops/index.js';
import {
  type CellFormula,
  type CellTerm,
  cellTerms,
  type Symbolic,
  type SymbolicTensor,
} from '../proof/index.js';
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
  readonly style: IndexStyle;
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
    style,
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

function products(named: Named, tensor: SymbolicTensor, terms: readonly CellTerm[]): Product[] {
  const isAlone = terms.length === 1 && terms[0]!.factors.length === 1;
  return terms.map(({ coefficient, factors }) => ({
    coefficient,
    factors: factors
      .filter(one => !isOne(tensor.formulas[one.tensor]?.[one.cell]))
      .map(one => factorAt(named, tensor, one, isAlone)),
  }));
}

const isOne = (formula: CellFormula | undefined): boolean =>
  formula?.kind === 'expression' &&
  formula.of.kind === 'constant' &&
  rational.equal(formula.of.value, rational.ONE);

/** A cell of a named tensor, a formula, or a cell of a stage of the definition, by the stage's name. */
function factorAt(
  { factors, table, style }: Named,
  { formulas, shapeOf }: SymbolicTensor,
  { tensor, cell }: CellTerm['factors'][number],
  isAlone: boolean,
): Factor {
  const known = factors[tensor]?.[cell];
  if (known) return known;
  const formula = formulas[tensor]?.[cell];
  if (formula) return formulaFactor(formula, { factors, call: table.call, isAlone });
  const taken = new Set([...table.parts, ...table.others.values(), table.output].map(({ name }) => name));
  return cellNames({ name: unlike(tensor, taken), shown: shapeOf(tensor) }, style)[cell]!;
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
