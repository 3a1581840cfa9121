import temml from 'temml';
import { describe, expect, test } from 'vitest';
import { renderTable, type TableFormat, tableFormats } from '../../src/teach/index.js';
import { classic, conv2d, odd, tables } from './tables.js';

test('one text for a table and for the table read back from its JSON, in every format', async () => {
  for (const [, table] of tables) {
    const again = JSON.parse(await renderTable(table, 'json'));
    expect(again).toEqual(table);
    for (const format of tableFormats) {
      expect(await renderTable(again, format)).toBe(await renderTable(table, format));
    }
  }
  expect(tableFormats).toEqual(['md', 'tex', 'html', 'csv', 'json', 'txt']);
});

test('an unknown format is refused', async () => {
  const refused = renderTable(classic, 'xml' as TableFormat);
  await expect(refused).rejects.toMatchObject({ code: 'unknown-format' });
  await expect(renderTable(classic, 'toString' as TableFormat)).rejects.toMatchObject({
    code: 'unknown-format',
  });
});

describe('md', () => {
  test.each(tables)('%s: one table a part, two columns everywhere', async (_, table) => {
    const text = await renderTable(table, 'md');
    const lines = text.split('\n');
    const rows = lines.filter(line => line.startsWith('|'));
    const parts = new Set(table.cells.map(cell => cell.of)).size;
    expect(rows).toHaveLength(table.cells.length + 2 * parts);
    for (const row of rows) expect(row.split('|')).toHaveLength(4);
    expect(lines.filter(line => line.startsWith('## '))).toHaveLength(parts + 1);
    expect(lines.filter(line => line === '| --- | --- |')).toHaveLength(parts);
  });

  test.each(tables)('%s: nothing between dollars that Markdown reads', async (_, table) => {
    const text = await renderTable(table, 'md');
    expect(text).not.toContain('operatorname');
    // Code spans win over every other sign of Markdown.
    const outsideCode = text.replaceAll(/\$`[^`\n]*`\$|```math\n[^`]*\n```/gu, '');
    for (const [, math] of outsideCode.matchAll(/\${1,2}([^$\n]+)\${1,2}/gu)) {
      expect(math).not.toMatch(/[*|<>~`]|\\[^A-Za-z]|(?:^|[^A-Za-z0-9])_/u);
      expect(math).toBe(math!.trim());
    }
    const outsideMath = outsideCode.replaceAll(/\${1,2}[^$\n]+\${1,2}/gu, '').replaceAll(/\\./gu, '');
    expect(outsideMath).not.toMatch(/[*_$`<]/u);
  });

  test('the classic, as it reads', async () => {
    const text = await renderTable(classic, 'md');
    expect(text).toContain('## Gradient with respect to the input X\n\n| cell | value |\n| --- | --- |\n');
    expect(text).toContain(
      '| $\\frac{\\partial L}{\\partial X_{13}}$ | $\\frac{\\partial L}{\\partial O_{12}} F_{12}$ |',
    );
    expect(text).toContain('| $\\frac{\\partial O_{22}}{\\partial X_{11}}$ | $0$ |');
    expect(text).toContain(
      '$$\\frac{\\partial L}{\\partial F} = X \\star \\frac{\\partial L}{\\partial O}$$',
    );
    expect(text).not.toContain('\\partial b');
  });
});

describe('tex', () => {
  /** Every environment and group that opens is closed, in order. */
  function nesting(text: string): string[] {
    const open: string[] = [];
    const source = text.replaceAll(/%.*$/gmu, '').replaceAll(/\\[\\{}_%&$#]/gu, '');
    for (const [token, begin, end] of source.matchAll(
      /\\begin\{([a-z*]+)\}|\\end\{([a-z*]+)\}|[{}]|\\(?:begin|end)group|\\left\(|\\right\)/gu,
    )) {
      const pairs: Record<string, string> = { '}': '{', '\\endgroup': '\\begingroup', '\\right)': '\\left(' };
      const opener = end ?? pairs[token];
      if (opener === undefined) open.push(begin ?? token);
      else if (open.pop() !== opener) return [`unexpected ${token}`];
    }
    return open;
  }

  test.each(tables)('%s: braces and environments balance', async (_, table) => {
    const text = await renderTable(table, 'tex');
    expect(nesting(text)).toEqual([]);
    expect(nesting(text.replace('\\end{align*}', ''))).not.toEqual([]);
    expect(text).toMatch(/^%[^\n]*amsmath[^\n]*\n%[^\n]*\n\\begingroup\n\\allowdisplaybreaks\n/u);
  });

  test.each(tables)('%s: a parser of LaTeX accepts every alignment', async (_, table) => {
    const text = await renderTable(table, 'tex');
    const blocks = text.match(/\\begin\{align\*\}.*?\\end\{align\*\}/gsu)!;
    for (const block of blocks) {
      expect(temml.renderToString(block, { throwOnError: true, displayMode: true })).toContain('<mtable');
      // One alignment mark a row, and no break after the last.
      const rows = block.split('\n').slice(1, -1);
      for (const [k, row] of rows.entries()) {
        expect(row.split('&')).toHaveLength(2);
        expect(row.endsWith(' \\\\')).toBe(k < rows.length - 1);
      }
    }
    expect(text.match(/ &[=:]/gu)).toHaveLength(
      table.cells.length + (table.closedForms.kernel && table === odd ? 3 : 2),
    );
  });

  test('long sums and long parts are broken', async () => {
    const text = await renderTable(conv2d('X=5x5', 'F=3x3', { of: ['forward', 'input'] }), 'tex');
    expect(text).toContain('X_{21} F_{21} \\\\\n  &\\quad {} + X_{22} F_{22}');
    const long = await renderTable(conv2d('X=30x8', 'F=1x1', { of: ['input'] }), 'tex');
    expect(long.match(/\\begin\{align\*\}/gu)).toHaveLength(3 + 1);
  });

  test('text outside formulas is escaped', async () => {
    const text = await renderTable(odd, 'tex');
    expect(text).toContain("\\subsection*{Gradient with respect to the input W\\_1'}");
  });
});

describe('html', () => {
  /** Every element closes, in order; attributes are quoted. */
  function wellFormed(text: string): string[] {
    const open: string[] = [];
    for (const [token, end, name, attributes, selfClosed] of text
      .replace(/^<!DOCTYPE html>\n/u, '')
      .replace(/<style>[^<]*<\/style>/u, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<]*")*)\s*(\/?)>|<|&(?!(?:amp|lt|gt|quot|#39);)/gu)) {
      if (name === undefined) return [`stray ${token}`];
      if (selfClosed || name === 'meta') continue;
      if (!end) open.push(name);
      else if (open.pop() !== name || attributes) return [`unexpected ${token}`];
    }
    return open;
  }

  test.each(tables)('%s: a whole page, well-formed, that loads nothing', async (_, table) => {
    const text = await renderTable(table, 'html');
    expect(wellFormed(text)).toEqual([]);
    expect(wellFormed(text.replace('</table>', ''))).not.toEqual([]);
    expect(text).toMatch(/^<!DOCTYPE html>\n<html lang="en">/u);
    expect(text).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/u);
    expect(text).toContain('color-scheme: light dark');
    expect(text).not.toMatch(/merror|temml-error|#b22222/u);
    expect(text.match(/<h1>/gu)).toHaveLength(1);
    expect(text.match(/<th scope="row"><math/gu)).toHaveLength(table.cells.length);
  });

  test('the formulas as text', async () => {
    const text = await renderTable(classic, 'html');
    const words = text.replaceAll(/<style>.*?<\/style>/gsu, '').replaceAll(/<[^>]+>/gu, '');
    expect(words).toContain('∂L∂X12∂L∂O11F12+∂L∂O12F11');
    expect(words).toContain('∂L∂X=∂L∂O⋆full');
  });

  test('what comes from outside is escaped', async () => {
    const text = await renderTable({ ...classic, op: '<b>&"\'' }, 'html');
    expect(text).toContain('<h1>Gradients of &lt;b&gt;&amp;&quot;&#39;</h1>');
    expect(text).not.toContain('<b>');
    const [first, ...rest] = classic.cells;
    const hostile = {
      ...classic,
      cells: [{ ...first!, cell: '<i>', latex: '<script>alert(1)</script>' }, ...rest],
    };
    const page = await renderTable(hostile, 'html');
    expect(page).not.toMatch(/<script|<i>/u);
    expect(wellFormed(page)).toEqual([]);
  });
});
