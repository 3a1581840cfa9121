import { alignedLines, underlined } from '../../render/txt.js';
import type { NetworkTable } from '../network-table.js';
import {
  checkLines,
  layerHead,
  layerRows,
  networkNotes,
  networkParts,
  networkSummary,
  networkTitle,
} from './reading.js';

export function networkText(table: NetworkTable): string {
  const has = new Set(table.sections);
  const forms = table.closedForms.map(({ text }) => text).join('\n');
  const parts = networkParts(table).flatMap(({ title, groups }) => [
    underlined(title, '-'),
    ...groups.map(group => {
      const lines = alignedLines(group.cells.map(({ left, plain }) => [left, plain]));
      return [group.title, ...lines.map(line => `  ${line.replaceAll('\n', '\n  ')}`)].join('\n');
    }),
  ]);
  const blocks = [
    underlined(networkTitle(table), '='),
    networkSummary(table),
    ...(has.has('layers') ? [underlined('Layers', '-'), columns([layerHead, ...layerRows(table)])] : []),
    ...(has.has('closed-forms') ? [underlined('Closed forms, last layer first', '-'), forms] : []),
    ...(has.has('check') ? [underlined('Check', '-'), checkLines(table).join('\n')] : []),
    ...parts,
    ...networkNotes(table),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The counts, which come last, stand on the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map(row => row[k]!.length)));
  const padded = (text: string, k: number) =>
    k < widths.length - 2 ? text.padEnd(widths[k]!) : text.padStart(widths[k]!);
  return rows.map(row => row.map(padded).join('  ').trimEnd()).join('\n');
}
