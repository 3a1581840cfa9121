/** One network, six formats. */
import { type TableFormat, unknownFormat } from '../../render/render.js';
import type { NetworkTable } from '../network-table.js';
import { networkCsv } from './csv.js';
import { networkHtml } from './html.js';
import { networkMarkdown } from './md.js';
import { networkTex } from './tex.js';
import { networkText } from './txt.js';

const renderers: Readonly<Record<TableFormat, (table: NetworkTable) => string | Promise<string>>> = {
  md: networkMarkdown,
  tex: networkTex,
  html: networkHtml,
  csv: networkCsv,
  json: table => `${JSON.stringify(table, null, 2)}\n`,
  txt: networkText,
};

/**
 * The table as text that ends with a line break; a table read back from its JSON renders as it did before.
 * @throws BackproofError `unknown-format`.
 */
export async function renderNetwork(table: NetworkTable, format: TableFormat): Promise<string> {
  if (Object.hasOwn(renderers, format)) return renderers[format](table);
  throw unknownFormat(format);
}
