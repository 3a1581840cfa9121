/** Markdown with formulas between dollar signs, as GitHub, Jupyter and most editors show them. */
import type { GradientTable } from '../gradient-table.js';
import { closedFormList, tableParts, tableSummary, tableTitle } from './reading.js';

export function renderMarkdown(table: GradientTable): string {
  const parts = tableParts(table).flatMap(({ title, equations }) => [
    `## ${escapeText(title)}`,
    [
      '| cell | value |',
      '| --- | --- |',
      ...equations.map(({ left, cell }) => `| ${formula(left.latex)} | ${formula(cell.latex)} |`),
    ].join('\n'),
  ]);
  const forms = closedFormList(table).map(form => displayed(form.latex));
  const blocks = [
    `# ${escapeText(tableTitle(table))}`,
    escapeText(tableSummary(table)),
    ...parts,
    '## Closed forms',
    ...forms,
  ];
  return `${blocks.join('\n\n')}\n`;
}

// Signs that Markdown may read inside $...$: emphasis, escapes, table bars, tags, code.
const readByMarkdown = /[*|<>~`]|\\[^A-Za-z]|(?<![A-Za-z0-9])_/u;

export function formula(latex: string): string {
  const text = portable(latex);
  return readByMarkdown.test(text) ? `$\`${text.replaceAll('|', '\\vert ')}\`$` : `$${text}$`;
}

export function displayed(latex: string): string {
  const text = portable(latex);
  return readByMarkdown.test(text) ? `\`\`\`math\n${text}\n\`\`\`` : `$$${text}$$`;
}

/** GitHub refuses \operatorname. */
const portable = (latex: string): string => latex.replaceAll('\\operatorname{', '\\text{');

export const escapeText = (text: string): string => text.replace(/[\\`*_{}[\]<>|#~$]/gu, '\\$&');
