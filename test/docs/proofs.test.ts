/** The steps on the pages of proofs/ are those of the proof that is found, and their links lead somewhere. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/proof/explain/explain.js';
import { judge } from '../../src/proof/judge.js';
import { type ShippedPage, shippedPages } from '../proof/pages/shipped.js';

const SECTION = /(<!-- steps( as text)?: ([^;]+); generated; [^>]* -->\n)(.*?)(<!-- end -->)/gs;

/** As Markdown below a heading of the page, or as text: `check` takes every formula of a page for a claim. */
function steps({ theorems, name }: ShippedPage, id: string, isText: boolean): string {
  const theorem = theorems.find(one => one.id === id);
  if (!theorem) throw new Error(`${name} has no theorem ${id}`);
  const { proof } = judge(theorem);
  if (!proof) throw new Error(`${id} is not proved`);
  if (isText) return `\`\`\`text\n${explain(theorem, proof, 'plain').trimEnd()}\n\`\`\`\n`;
  return `\n${explain(theorem, proof, 'markdown').replace(/^#/gm, '##').trimEnd()}\n\n`;
}

describe.each(shippedPages)('$name', page => {
  const sections = [...page.text.matchAll(SECTION)];

  test('shows the steps of one of its proofs', () => {
    expect(sections.length).toBe(1);
    for (const [, , asText, id, body] of sections) {
      if (process.env.UPDATE_DOCS) {
        const write = (_: string, head: string, __: string, ___: string, ____: string, end: string) =>
          `${head}${steps(page, id!, asText !== undefined)}${end}`;
        writeFileSync(page.path, page.text.replace(SECTION, write));
      } else expect(body).toBe(steps(page, id!, asText !== undefined));
    }
  });

  test('links to pages that are there', () => {
    const links = [...page.text.matchAll(/\]\(([^)#:]+)\)/g)].map(match => match[1]!);
    expect(links.filter(link => !existsSync(join(dirname(page.path), link)))).toEqual([]);
  });
});
