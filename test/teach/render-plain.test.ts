import { describe, expect, test } from 'vitest';
import { renderTable } from '../../src/teach/index.js';
import { classic, odd, tables } from './tables.js';

describe('csv', () => {
  /** RFC 4180, written apart from the renderer. */
  function parse(text: string): string[][] {
    const rows: string[][] = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu)) {
      rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
      if (end === '\r\n') rows.push([]);
    }
    return rows.slice(0, -1);
  }

  test.each(tables)('%s, read back', async (_, table) => {
    const text = await renderTable(table, 'csv');
    const [header, ...rows] = parse(text);
    expect(header).toEqual(['of', 'cell', 'index', 'plain', 'latex']);
    expect(rows).toEqual(
      table.cells.map(({ of, cell, index, plain, latex }) => [of, cell, index.join(' '), plain, latex]),
    );
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  });

  test('quotes and line breaks of a table from elsewhere', async () => {
    const cell = { ...classic.cells[0]!, plain: 'a "b",\r\nc' };
    const text = await renderTable({ ...classic, cells: [cell] }, 'csv');
    expect(text).toContain(',1 1,"a ""b"",\r\nc",');
  });

  test('names with commas are quoted', async () => {
    expect(await renderTable(odd, 'csv')).toContain('input,"W_1\'_{1,1}",1 1,dE/dO_out_{111}*F_{112} +');
  });
});

describe('txt', () => {
  test('the classic, as it reads', async () => {
    const text = await renderTable(classic, 'txt');
    expect(text).toContain(
      [
        'Gradient with respect to the input X',
        '------------------------------------',
        '',
        'dL/dX_{11} = dL/dO_{11}*F_{11}',
        'dL/dX_{12} = dL/dO_{11}*F_{12} + dL/dO_{12}*F_{11}',
      ].join('\n'),
    );
    expect(text).toContain(
      'dO_{12}/dX =\n  0       F_{11}  F_{12}\n  0       F_{21}  F_{22}\n  0       0       0\n',
    );
    expect(text).toContain('dL/dF = correlate(X, dL/dO)\n');
    expect(text).toMatch(
      /^Gradients of conv2d\n={19}\n\nInput X 3x3, kernel F 2x2, output 2x2; stride 1, padding 0, /u,
    );
  });

  test.each(tables)('%s: fits a terminal, signs aligned, no blanks at ends of lines', async (_, table) => {
    const text = await renderTable(table, 'txt');
    const lines = text.split('\n');
    expect(lines.filter(line => line.endsWith(' '))).toEqual([]);
    const equations = lines.filter(line => /^(?:O|dL\/dX)\S* +=/u.test(line));
    for (const line of equations) expect(line.length).toBeLessThanOrEqual(100);
    const gradients = lines.filter(line => /^d[LE]\/d(?:X|W_1')_\S+ += .*dL?/u.test(line));
    expect(new Set(gradients.map(line => line.indexOf(' = '))).size).toBeLessThanOrEqual(2);
  });

  test('a bias of several channels: one matrix row', async () => {
    expect(await renderTable(odd, 'txt')).toContain('dO_out_{111}/db_0 =\n  1  0\n');
  });
});
