/** Names and indices as LaTeX. */

import { GREEK, SYMBOLS } from './symbols.js';
import type { Formula, Index, Name, Superscript } from './tree.js';
import { isIndexWord } from './words.js';

/** Prints a part; the printers of parts get it from their caller. */
export type Print = (formula: Formula) => string;

/** The name with all that hangs on it; `mark` is put behind its superscript, for a transpose. */
export function nameLatex(name: Name, print: Print, mark = ''): string {
  const accented = name.accents.reduceRight((text, accent) => `\\${accent}{${text}}`, baseLatex(name));
  const base = name.primes > 0 ? accented + "'".repeat(name.primes) : accented;
  const sub = name.sub === null ? '' : indexLatex(name.sub, print);
  const above = (name.star ? '*' : '') + superscript(name.sup, print) + mark;
  return base + sub + (above === '' ? '' : `^{${above}}`);
}

/** Names whose LaTeX command is not a backslash and themselves. */
function baseLatex({ base, font }: Name): string {
  const bare = bareLatex(base, font);
  const styled = font !== null && font !== 'text' && bare !== '';
  return styled ? `\\${font}{${bare}}` : bare;
}

function bareLatex(base: string, font: string | null): string {
  if (GREEK.has(base) || SYMBOLS.get(`\\${base}`)?.kind === 'name') return `\\${base}`;
  if (/^[A-Za-z\d]$/.test(base)) return base;
  const words = escaped(base);
  return font === 'text' || /\s/.test(base) ? `\\text{${words}}` : `\\mathrm{${words}}`;
}

/** Words as they stand in \text{...}. */
export function escaped(words: string): string {
  return words.replace(/[_$%&#]/g, '\\$&');
}

export function indexLatex(index: Index, print: Print): string {
  const items = index.items.map(item => itemLatex(item, print)).join(index.style === 'glued' ? ' ' : ',');
  const glued = index.style === 'glued' ? items.replace(/ (?=[A-Za-z0-9\\])/g, '') : items;
  return index.place === 'brackets' ? `[${glued}]` : `_{${glued}}`;
}

function itemLatex(item: Formula, print: Print): string {
  const word = item.kind === 'name' && item.base.length > 1 && isIndexWord(item.base);
  return word && item.sub === null && item.font === null ? item.base : print(item);
}

function superscript(sup: Superscript | null, print: Print): string {
  if (sup === null) return '';
  const text = itemLatex(sup.of, print);
  if (sup.bracket === 'none') return text;
  return sup.bracket === 'square' ? `[${text}]` : `(${text})`;
}
