import { escapeText, mathML, page, type ToMathML, tableHtml } from '../../render/html.js';
import type { NetworkTable } from '../network-table.js';
import {
  checkLines,
  layerHead,
  layerRows,
  type NetworkPart,
  networkNotes,
  networkParts,
  networkSummary,
  networkTitle,
} from './reading.js';

export async function networkHtml(table: NetworkTable): Promise<string> {
  const { inline, display } = await mathML();
  const has = new Set(table.sections);
  const layers = tableHtml(
    layerHead,
    layerRows(table).map(row => row.map(escapeText)),
  );
  const forms = table.closedForms.map(({ latex }) => `<div>${display(latex)}</div>`).join('\n');
  const body = [
    `<p>${escapeText(networkSummary(table))}</p>`,
    ...(has.has('layers') ? [section('layers', 'Layers', layers)] : []),
    ...(has.has('closed-forms') ? [section('closed-forms', 'Closed forms, last layer first', forms)] : []),
    ...(has.has('check')
      ? [
          section(
            'check',
            'Check',
            checkLines(table)
              .map(line => `<p>${escapeText(line)}</p>`)
              .join('\n'),
          ),
        ]
      : []),
    ...networkParts(table).map(part => section(part.of, part.title, groupsHtml(part, inline))),
    ...networkNotes(table).map(note => `<p>${escapeText(note)}</p>`),
  ];
  return page(networkTitle(table), body.join('\n'));
}

const section = (id: string, title: string, body: string): string =>
  `<section id="${id}">\n<h2>${escapeText(title)}</h2>\n${body}\n</section>`;

function groupsHtml({ groups }: NetworkPart, inline: ToMathML): string {
  return groups
    .map(({ title, cells }) => {
      const rows = cells.map(({ leftLatex, latex }) => [inline(leftLatex), inline(latex)]);
      return `<h3>${escapeText(title)}</h3>\n${tableHtml(['cell', 'value'], rows)}`;
    })
    .join('\n');
}
