/** The pages of proofs/. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Page, pageTheorems } from '../../../src/proof/statement/page.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import type { Theorem } from '../../../src/proof/statement/theorem.js';

const FOLDER = fileURLToPath(new URL('../../../proofs/', import.meta.url));

export interface ShippedPage extends Page {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

export const shippedPages: readonly ShippedPage[] = readdirSync(FOLDER)
  .filter(name => name.endsWith('.md'))
  .sort()
  .map(name => {
    const path = `${FOLDER}${name}`;
    const text = readFileSync(path, 'utf8');
    return { name, path, text, ...pageTheorems(text, name) };
  });

/**
 * The theorems of one name on a page after a change of its text, which must occur in it.
 * @param ranks in the place of the page's own
 */
export function changedTheorems(
  page: string,
  name: string,
  [from, to]: readonly [string, string],
  ranks: string,
): Theorem[] {
  const { text } = shippedPages.find(one => one.name === page)!;
  const found = new RegExp(`^theorem ${name}\\b.*?(?=^theorem |^\`\`\`)`, 'ms').exec(text)?.[0];
  if (!found?.includes(from)) throw new Error(`${page}: ${name} does not say ${from}`);
  return parseTheorems(found.replace(from, to).replace(/^rank .*$/m, `rank ${ranks}`), page);
}
