import { displayed, escapeText, formula } from '../../render/md.js';
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

export function networkMarkdown(table: NetworkTable): string {
  const has = new Set(table.sections);
  const layers = [
    '## Layers',
    markdownTable(
      layerHead,
      layerRows(table).map(row => row.map(escapeText)),
    ),
  ];
  const forms = [
    '## Closed forms, last layer first',
    ...table.closedForms.map(({ latex }) => displayed(latex)),
  ];
  const parts = networkParts(table).flatMap(({ title, groups }) => [
    `## ${escapeText(title)}`,
    ...groups.flatMap(group => [
      `### ${escapeText(group.title)}`,
      markdownTable(
        ['cell', 'value'],
        group.cells.map(({ leftLatex, latex }) => [formula(leftLatex), formula(latex)]),
      ),
    ]),
  ]);
  const blocks = [
    `# ${escapeText(networkTitle(table))}`,
    escapeText(networkSummary(table)),
    ...(has.has('layers') ? layers : []),
    ...(has.has('closed-forms') ? forms : []),
    ...(has.has('check') ? ['## Check', ...checkLines(table).map(escapeText)] : []),
    ...parts,
    ...networkNotes(table).map(escapeText),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `${cells.map(cell => `| ${cell}`).join(' ')} |`;
  const rule = head.map(name => (['count', 'multiply-adds'].includes(name) ? '---:' : '---'));
  return [head, rule, ...rows].map(line).join('\n');
}
