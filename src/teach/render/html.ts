/** A page of its own: MathML, headings, tables; light and dark; nothing is loaded from elsewhere. */
import type { GradientTable } from '../gradient-table.js';
import { closedFormList, type TablePart, tableParts, tableSummary, tableTitle } from './reading.js';

export type ToMathML = (latex: string) => string;

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: start; padding: 0.4rem 0.8rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
tbody th { font-weight: normal; }
section, div { overflow-x: auto; }
`;

export async function renderHtml(table: GradientTable): Promise<string> {
  const { inline, display } = await mathML();
  const forms = closedFormList(table).map(form => `<div>${display(form.latex)}</div>`);
  return page(
    tableTitle(table),
    `<p>${escapeText(tableSummary(table))}</p>
${tableParts(table)
  .map(part => partHtml(part, inline))
  .join('\n')}
<section id="closed-forms">
<h2>Closed forms</h2>
${forms.join('\n')}
</section>`,
  );
}

/** Formulas within a line, and on one of their own. */
export async function mathML(): Promise<{ readonly inline: ToMathML; readonly display: ToMathML }> {
  // Loaded when asked for: the other formats do without it.
  const { default: temml } = await import('temml');
  return {
    inline: latex => temml.renderToString(latex, { throwOnError: false }),
    display: latex => temml.renderToString(latex, { displayMode: true, throwOnError: false }),
  };
}

/** @param body HTML below the heading */
export function page(heading: string, body: string): string {
  const title = escapeText(heading);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

function partHtml({ of, title, equations }: TablePart, inline: ToMathML): string {
  const rows = equations.map(({ left, cell }) => [inline(left.latex), inline(cell.latex)]);
  return `<section id="${of}">
<h2>${escapeText(title)}</h2>
${tableHtml(['cell', 'value'], rows)}
</section>`;
}

/** @param rows HTML; the first cell of a row heads it */
export function tableHtml(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map(name => `<th scope="col">${escapeText(name)}</th>`).join('');
  const lines = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${first}</th>${others.map(one => `<td>${one}</td>`).join('')}</tr>`,
  );
  return `<table>
<thead><tr>${columns}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`;
}

export function escapeText(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/gu, sign => entities[sign]!);
}
