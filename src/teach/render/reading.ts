/** A table as its readers see it: headed parts, and equations with both sides. */
import type { ClosedForm, GradientTable, Section, TableCell } from '../gradient-table.js';
import { sections } from '../gradient-table.js';
import { derivative, derivativeLatex, latexName } from '../names.js';

export interface Side {
  readonly plain: string;
  readonly latex: string;
}

export interface Equation {
  readonly left: Side;
  readonly cell: TableCell;
}

export interface TablePart {
  readonly of: Section;
  readonly title: string;
  readonly equations: readonly Equation[];
}

/** How the tensors of a table are called; the table holds them in its closed forms. */
interface TableNames {
  readonly loss: string;
  readonly input: string;
  readonly kernel: string | undefined;
  readonly bias: string | undefined;
}

export function tableNames({ closedForms }: GradientTable): TableNames {
  const read = (text = '') => /^d([^/]+)\/d([^\s:]+)/u.exec(text) ?? [];
  const [, loss = 'L', input = 'input'] = read(closedForms.input.text);
  return { loss, input, kernel: read(closedForms.kernel?.text)[2], bias: read(closedForms.bias?.text)[2] };
}

/** The parts that have cells, in the order of the table. */
export function tableParts(table: GradientTable): TablePart[] {
  const names = tableNames(table);
  return sections.flatMap(of => {
    const cells = table.cells.filter(cell => cell.of === of);
    const equations = cells.map(cell => ({ left: leftSide(cell, names.loss), cell }));
    return cells.length === 0 ? [] : [{ of, title: partTitle(of, names), equations }];
  });
}

function partTitle(of: Section, names: TableNames): string {
  switch (of) {
    case 'forward':
      return 'Forward pass';
    case 'local':
      return 'Local gradients';
    case 'chain':
      return 'Chain rule';
    default:
      return `Gradient with respect to the ${of} ${names[of]}`;
  }
}

/** O_{11}, dO_{11}/dF_{12}, or the derivative of the loss. */
function leftSide({ of, cell }: TableCell, loss: string): Side {
  if (of === 'forward') return { plain: cell, latex: latexCell(cell) };
  const local = /^d(.+)\/d(.+)$/u.exec(cell);
  const [above, below] = of === 'local' && local ? [local[1]!, local[2]!] : [loss, cell];
  return {
    plain: derivative(above, below),
    latex: derivativeLatex(latexCell(above), latexCell(below)),
  };
}

function latexCell(cell: string): string {
  const [, name = cell, mark = ''] = /^(.*?)(_\{[\d,]*\})?$/su.exec(cell) ?? [];
  return latexName(name) + mark;
}

/** "Gradients of conv2d" */
export const tableTitle = (table: GradientTable): string => `Gradients of ${table.op}`;

/** "Input X 3x3, kernel F 2x2, output 2x2; stride 1, padding 0, ..." */
export function tableSummary(table: GradientTable): string {
  const { input, kernel } = tableNames(table);
  const { shapes, params } = table;
  const extents = (shape: readonly number[]) => shape.join('x') || 'of one cell';
  const tensors = [
    `Input ${input} ${extents(shapes.input)}`,
    ...(shapes.kernel ? [`kernel ${kernel} ${extents(shapes.kernel)}`] : []),
    `output ${extents(shapes.output)}`,
  ];
  const settings = Object.entries(params).map(([name, value]) => `${name} ${settingText(value)}`);
  return `${[tensors, settings]
    .filter(list => list.length > 0)
    .map(list => list.join(', '))
    .join('; ')}.`;
}

/** One number where all axes and both sides agree. */
export function settingText(value: GradientTable['params'][string]): string {
  if (typeof value !== 'object') return String(value);
  const all = value.flat();
  if (all.length > 0 && all.every(one => one === all[0])) return String(all[0]);
  return value.map(one => (typeof one === 'number' ? String(one) : `[${one.join(',')}]`)).join(',');
}

/** The claimed gradients, input first; the bias where the table speaks of one. */
export function closedFormList({ cells, closedForms: { input, kernel, bias } }: GradientTable): ClosedForm[] {
  const shown = [input, kernel, cells.some(cell => cell.of === 'bias') ? bias : undefined];
  return shown.filter(form => form !== undefined);
}
