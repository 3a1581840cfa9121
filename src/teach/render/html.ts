/** A page of its own: MathML, headings, tables; light and dark; nothing is loaded from elsewhere. */
import type { GradientTable } from '../gradient-table.js';
import { closedFormList, type TablePart, tableParts, tableSummary, tableTitle } from './reading.js';

type ToMathML = (latex: string) => string;

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: start; padding: 0.4rem 0.8rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
tbody th { font-weight: normal; }
section, div { overflow-x: auto; }
`;

export async function renderHtml(table: GradientTable): Promise<string> {
  // Loaded when asked for: the other formats do without it.
  const { default: temml } = await import('temml');
  const inline: ToMathML = latex => temml.renderToString(latex, { throwOnError: false });
  const display: ToMathML = latex => temml.renderToString(latex, { displayMode: true, throwOnError: false });
  const title = escapeText(tableTitle(table));
  const forms = closedFormList(table).map(form => `<div>${display(form.latex)}</div>`);
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
<p>${escapeText(tableSummary(table))}</p>
${tableParts(table)
  .map(part => partHtml(part, inline))
  .join('\n')}
<section id="closed-forms">
<h2>Closed forms</h2>
${forms.join('\n')}
</section>
</main>
</body>
</html>
`;
}

function partHtml({ of, title, equations }: TablePart, inline: ToMathML): string {
  const rows = equations.map(
    ({ left, cell }) => `<tr><th scope="row">${inline(left.latex)}</th><td>${inline(cell.latex)}</td></tr>`,
  );
  return `<section id="${of}">
<h2>${escapeText(title)}</h2>
<table>
<thead><tr><th scope="col">cell</th><th scope="col">value</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`;
}

function escapeText(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/gu, sign => entities[sign]!);
}
