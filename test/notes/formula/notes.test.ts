/** Two real derivations: every equation is read, in order, and its place gives back its text. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineIndex, positionAt } from '../../../src/notes/document/position.js';
import { readDocument } from '../../../src/notes/document/read.js';
import { readEquations } from '../../../src/notes/formula/equations.js';

interface Listed {
  readonly n: number;
  readonly block: number;
  readonly form: string;
  readonly latex: string;
}

const data = (name: string) => readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');

/** Alignment marks and line breaks stand between the halves of an equation and are no part of it. */
const bare = (latex: string) => latex.replaceAll('&', '').replace(/\s+/g, ' ').trim();

describe.each([
  { name: 'notes-a', count: 43, regions: 34 },
  { name: 'notes-b', count: 24, regions: 16 },
])('$name', ({ name, count, regions }) => {
  const text = data(`${name}.md`);
  const listed: readonly Listed[] = JSON.parse(data(`${name}.json`));
  const document = readDocument(text, 'markdown');
  const equations = readEquations(document);

  test('every equation is there, in order, and read', () => {
    expect(document.regions).toHaveLength(regions);
    expect(listed).toHaveLength(count);
    expect(equations.map(e => e.n)).toEqual(listed.map(e => e.n));
    expect(equations.filter(e => e.kind === 'unread')).toEqual([]);
  });

  test('the source at the place is the equation', () => {
    const sources = equations.map(e => bare(text.slice(e.span.start, e.span.end)));
    expect(sources).toEqual(listed.map(e => bare(e.latex)));
  });

  test('equations of one block share a region, and blocks do not', () => {
    const blocks = new Map<number, Set<number>>();
    for (const [k, { block, form }] of listed.entries()) {
      if (form === 'inline') continue; // a line of inline formulas is one block and several regions
      blocks.set(block, (blocks.get(block) ?? new Set()).add(equations[k]?.region ?? -1));
    }
    expect([...blocks.values()].every(found => found.size === 1)).toBe(true);
    expect(new Set([...blocks.values()].flatMap(found => [...found])).size).toBe(blocks.size);
  });

  test('lines and columns lead to the text', () => {
    const index = lineIndex(text);
    const lines = text.split('\n');
    for (const { span } of equations) {
      const { line, column } = positionAt(index, span.start);
      const rest = text.slice(span.start, span.end).split('\n')[0] ?? '';
      expect(lines[line - 1]?.slice(column - 1, column - 1 + rest.length)).toBe(rest);
    }
  });
});
