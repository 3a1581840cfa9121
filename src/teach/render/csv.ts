/** RFC 4180: one row per cell, CRLF after each; indices are separated by blanks. */
import type { GradientTable } from '../gradient-table.js';

export function renderCsv(table: GradientTable): string {
  const rows = table.cells.map(({ of, cell, index, plain, latex }) => [
    of,
    cell,
    index.join(' '),
    plain,
    latex,
  ]);
  return csv([['of', 'cell', 'index', 'plain', 'latex'], ...rows]);
}

/** One line per row. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map(row => `${row.map(field).join(',')}\r\n`).join('');
}

const field = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
