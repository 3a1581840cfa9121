/** One table, six formats. */
import { BackproofError } from '../../error.js';
import type { GradientTable } from '../gradient-table.js';
import { renderCsv } from './csv.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderMarkdown } from './md.js';
import { renderTex } from './tex.js';
import { renderText } from './txt.js';

const renderers = {
  md: renderMarkdown,
  tex: renderTex,
  html: renderHtml,
  csv: renderCsv,
  json: renderJson,
  txt: renderText,
} as const;

export type TableFormat = keyof typeof renderers;
export const tableFormats = Object.keys(renderers) as readonly TableFormat[];

/**
 * The table as text that ends with a line break; a table read back from its JSON renders as it did before.
 * @throws BackproofError `unknown-format`.
 */
export async function renderTable(table: GradientTable, format: TableFormat): Promise<string> {
  if (Object.hasOwn(renderers, format)) return renderers[format](table);
  throw unknownFormat(format);
}

export function unknownFormat(format: unknown): BackproofError {
  return new BackproofError({
    code: 'unknown-format',
    where: 'format',
    what: 'tables are not printed in this format',
    expected: tableFormats.join(', '),
    got: String(format),
    fix: 'Use one of these.',
    data: { format },
  });
}
