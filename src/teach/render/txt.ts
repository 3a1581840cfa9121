/** Plain text for a terminal: equations aligned at their signs, local gradients as matrices. */
import type { GradientTable } from '../gradient-table.js';
import {
  closedFormList,
  type Equation,
  type TablePart,
  tableNames,
  tableParts,
  tableSummary,
  tableTitle,
} from './reading.js';

const WIDTH = 100;

export function renderText(table: GradientTable): string {
  const parts = tableParts(table).flatMap(part => [underlined(part.title, '-'), body(table, part)]);
  const forms = closedFormList(table).map(form => form.text);
  const blocks = [
    underlined(tableTitle(table), '='),
    tableSummary(table),
    ...parts,
    underlined('Closed forms', '-'),
    forms.join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

export const underlined = (title: string, line: string): string => `${title}\n${line.repeat(title.length)}`;

function body(table: GradientTable, { of, equations }: TablePart): string {
  return of === 'local' ? matrices(table, equations).join('\n\n') : equationLines(equations).join('\n');
}

function equationLines(equations: readonly Equation[]): string[] {
  return alignedLines(equations.map(({ left, cell }) => [left.plain, cell.plain]));
}

/** left = first term + ...; what does not fit goes on below the first term. */
export function alignedLines(equations: readonly (readonly [string, string])[]): string[] {
  const width = equations.reduce((most, [left]) => Math.max(most, left.length), 0);
  return equations.map(([left, right]) => {
    const indent = ' '.repeat(width + 3);
    const lines: string[] = [];
    for (const term of right.split(/ (?=[+-] )/u)) {
      const last = lines.at(-1);
      const longer = `${last} ${term}`;
      if (last === undefined || indent.length + longer.length > WIDTH) lines.push(term);
      else lines[lines.length - 1] = longer;
    }
    return `${left.padEnd(width)} = ${lines.join(`\n${indent}`)}`;
  });
}

/** For each output cell and each tensor, the tensor's extents filled with the local gradients. */
function matrices(table: GradientTable, equations: readonly Equation[]): string[] {
  const names = tableNames(table);
  const rowLength = new Map([
    [names.input, table.shapes.input.at(-1) ?? 1],
    [names.kernel, table.shapes.kernel?.at(-1) ?? 1],
  ]);
  const groups = new Map<string, Equation[]>();
  for (const one of equations) {
    const group = one.left.plain.replace(/_\{[\d,]*\}$/u, '');
    const known = groups.get(group);
    if (known) known.push(one);
    else groups.set(group, [one]);
  }
  return [...groups].map(([group, cells]) => {
    const values = cells.map(({ cell }) => cell.plain);
    const columns = rowLength.get(group.slice(group.lastIndexOf('/d') + 2)) ?? values.length;
    return values.length === 1 ? `${group} = ${values[0]}` : `${group} =\n${matrix(values, columns)}`;
  });
}

function matrix(values: readonly string[], columns: number): string {
  const width = Math.max(...values.map(value => value.length));
  const rows = values.flatMap((_, k) => (k % columns === 0 ? [values.slice(k, k + columns)] : []));
  return rows.map(row => `  ${row.map(value => value.padEnd(width)).join('  ')}`.trimEnd()).join('\n');
}
